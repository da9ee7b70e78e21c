import Workers

/// An inverted index over each document's heaviest terms: which pairs of documents are worth a full comparison.
///
/// Two reports of one event share several of their rarest words; a word that very many documents have tells a topic.
/// So a document meets, for each of its terms, only the documents next before it that have the term among their
/// heaviest too. Documents come in the order of preference, by date where there are dates: those next before are the
/// nearest in time.
struct HeavyTermIndex: Sendable {
    /// Products in the index are coarse: they choose what to compare, and do not show in a score. Those of two unit
    /// vectors sum to no more than this, give or take the rounding.
    static let unit = 4096.0

    private struct Posting {
        let document: Int32
        /// The bits of the key that the bucket does not tell.
        let rest: UInt16
        let weight: UInt16
    }

    private let vectors: TermVectors
    /// By document: the rank of the lightest of its indexed terms.
    private let lightest: [UInt64]
    /// By bucket, within a bucket ascending by document. A bucket is a range of keys.
    private let postings: [Posting]
    private let starts: [UInt32]
    private let shift: Int
    private let window: Int

    /// - Parameters:
    ///   - terms: indexed terms a document, at most.
    ///   - window: documents that a document meets for each of them, at most.
    /// - Complexity: O(*n*) in the number of terms. 8 bytes an indexed term, 8 a document.
    init(_ vectors: TermVectors, terms: Int, window: Int, workers: Workers) {
        self.vectors = vectors
        self.window = window
        let lightest = Array<UInt64>(unsafeUninitializedCapacity: vectors.count) { buffer, count in
            nonisolated(unsafe) let buffer = buffer
            workers.forEach(vectors.count) { document, _ in
                let ranks = vectors[document].filter { $0.isShared && $0.weight > 0 }.map(\.rank)
                let least = ranks.count <= terms ? ranks.min() ?? .max : nthLargest(ranks, terms - 1)
                buffer.initializeElement(at: document, to: least)
            }
            count = vectors.count
        }
        self.lightest = lightest

        // A few postings a bucket; two bytes of the key remain.
        let size = vectors.count * terms
        let shift = 32 - min(max(16, Int.bitWidth - (size / 4).leadingZeroBitCount), 28)
        self.shift = shift
        var starts = Array(repeating: UInt32(0), count: 1 << (32 - shift) + 1)
        for document in 0..<vectors.count {
            for term in vectors[document] where term.isShared && term.rank >= lightest[document] {
                starts[Int(term.key >> UInt32(shift)) + 1] += 1
            }
        }
        for bucket in starts.indices.dropFirst() { starts[bucket] += starts[bucket - 1] }
        var next = starts
        postings = Array(unsafeUninitializedCapacity: Int(starts.last!)) { buffer, count in
            for document in 0..<vectors.count {
                for term in vectors[document] where term.isShared && term.rank >= lightest[document] {
                    let bucket = Int(term.key >> UInt32(shift))
                    buffer.initializeElement(
                        at: Int(next[bucket]),
                        to: Posting(
                            document: Int32(document), rest: UInt16(truncatingIfNeeded: term.key),
                            weight: term.weight))
                    next[bucket] += 1
                }
            }
            count = Int(starts.last!)
        }
        self.starts = starts
    }

    /// What one worker needs to find candidates.
    struct Scratch {
        /// By document: what the indexed terms shared with it make of the cosine, in 1/`unit`; else 0.
        fileprivate var products: [UInt16]
        fileprivate var lists: [(postings: Range<Int>, rest: UInt16, weight: UInt32)] = []
        fileprivate var met: [UInt64] = []

        init(documents: Int) { products = Array(repeating: 0, count: documents) }
    }

    /// The earlier documents whose indexed terms make up at least `least` of the cosine with this one: the `most` that
    /// share most, in ascending order. O(`terms` · `window`).
    func candidates(of document: Int, least: Double, most: Int, _ scratch: inout Scratch) -> [Int] {
        let least = max(1, UInt16(least * Self.unit))
        findLists(of: document, &scratch.lists)
        scratch.met.removeAll(keepingCapacity: true)
        // Twice over the lists, for sums without branches.
        postings.withUnsafeBufferPointer { postings in
            scratch.products.withUnsafeMutableBufferPointer { products in
                for list in scratch.lists {
                    for place in list.postings where postings[place].rest == list.rest {
                        let product = (UInt32(postings[place].weight) * list.weight) >> 20
                        products[Int(postings[place].document)] += UInt16(truncatingIfNeeded: product)
                    }
                }
                for list in scratch.lists {
                    for place in list.postings {
                        let other = postings[place].document
                        let product = products[Int(other)]
                        if product >= least { scratch.met.append(UInt64(product) << 32 | UInt64(~UInt32(other))) }
                        products[Int(other)] = 0
                    }
                }
            }
        }
        let last = scratch.met.count > most ? nthLargest(scratch.met, most - 1) : 0
        return scratch.met.filter { $0 >= last }.map { Int(~UInt32(truncatingIfNeeded: $0)) }.sorted()
    }

    private func findLists(
        of document: Int, _ lists: inout [(postings: Range<Int>, rest: UInt16, weight: UInt32)]
    ) {
        lists.removeAll(keepingCapacity: true)
        for term in vectors[document] where term.isShared && term.rank >= lightest[document] {
            let bucket = Int(term.key >> UInt32(shift))
            let first = Int(starts[bucket])
            var (low, high) = (first, Int(starts[bucket + 1]))
            while low < high {
                let middle = (low + high) / 2
                if postings[middle].document < document { low = middle + 1 } else { high = middle }
            }
            let earlier = max(first, low - min(window, low))..<low
            lists.append((earlier, UInt16(truncatingIfNeeded: term.key), UInt32(term.weight)))
        }
    }
}
