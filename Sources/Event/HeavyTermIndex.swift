import CDedupKernels
import Tables

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

    private struct Posting: BitwiseCopyable {
        let document: Int32
        /// The bits of the key that the bucket does not tell.
        let rest: UInt16
        let weight: UInt16
    }

    private let vectors: TermVectors
    private let window: Int
    private let asked: AskedTerms
    /// By bucket, within a bucket ascending by document. A bucket is a range of keys.
    private let postings: [Posting]
    private let buckets: GroupPlaces
    private let shift: UInt32
    /// By document and, within a document, by key: where its postings stand.
    private let places: [UInt32]
    private let firstPlaces: [UInt32]

    /// - Parameters:
    ///   - terms: indexed terms a document, at most.
    ///   - window: documents that a document meets for each of them, at most.
    ///   - asked: terms by which others will be looked for.
    ///   - isStopped: whether nobody will look for anything here.
    /// - Complexity: O(*n*) in the number of terms. 13 bytes an indexed term.
    init(
        _ vectors: TermVectors, terms: Int, window: Int, asked: AskedTerms = .all, isStopped: () -> Bool = { false }
    ) {
        let documents = isStopped() ? 0 : vectors.count
        self.vectors = vectors
        self.window = window
        self.asked = asked
        // A few postings a bucket; two bytes of the key remain.
        let shift = UInt32(32 - min(max(16, Int.bitWidth - (vectors.count * terms / 4).leadingZeroBitCount), 28))
        self.shift = shift
        var firstPlaces: [UInt32] = []
        firstPlaces.reserveCapacity(vectors.count)
        var size: UInt32 = 0
        var sizes = GroupSizes(count: 1 << (32 - Int(shift)))
        for document in 0..<documents {
            firstPlaces.append(size)
            vectors.forEachIndexed(document, asked) { term in
                sizes.add(1, to: Int(term.key >> shift))
                size += 1
            }
        }
        var buckets = sizes.places()
        self.firstPlaces = firstPlaces
        var places: [UInt32] = []
        places.reserveCapacity(buckets.total)
        postings = Array(unsafeUninitializedCapacity: buckets.total) { postings, count in
            for document in 0..<documents {
                vectors.forEachIndexed(document, asked) { term in
                    let place = buckets.next(of: Int(term.key >> shift))
                    postings[place] = Posting(
                        document: Int32(document), rest: UInt16(truncatingIfNeeded: term.key), weight: term.weight)
                    places.append(UInt32(place))
                }
            }
            count = buckets.total
        }
        self.places = places
        self.buckets = buckets
    }

    /// Finds the candidates of one document after the other: one for each worker.
    struct Search: ~Copyable {
        private let index: HeavyTermIndex
        /// By document: what the indexed terms shared with it make of the cosine, in 1/`unit`, below the number of the
        /// search that says so, so that nothing must be cleared.
        private var products: [UInt32]
        private var search: UInt32 = 0
        private var lists: [(postings: Range<Int>, key: UInt32, weight: UInt32)] = []
        private var met = Scratch<Int32>()
        private var ranks = Scratch<UInt64>()
        private var spare = Scratch<UInt64>()

        init(_ index: HeavyTermIndex) {
            self.index = index
            products = Array(repeating: 0, count: index.vectors.count)
        }

        /// The earlier documents whose indexed terms make up at least `least` of the cosine with this one: the `most`
        /// that share most, in ascending order. O(`terms` · `window`). Valid until the next call, while this lives.
        mutating func candidates(of document: Int, least: Double, most: Int) -> UnsafeMutableBufferPointer<Int32> {
            let met = meet(document, least: max(1, UInt32(least * HeavyTermIndex.unit)))
            var candidates = met.count > most ? heaviest(most, of: met) : met
            candidates.sort()
            return candidates
        }

        private typealias Met = UnsafeMutableBufferPointer<Int32>

        private mutating func heaviest(_ most: Int, of met: Met) -> Met {
            let (ranks, spare) = (ranks(met.count), spare(met.count))
            for (number, document) in met.enumerated() { ranks[number] = rank(document) }
            let last = nthLargest(ranks, most - 1, scratch: spare)
            var count = 0
            for document in met {
                met[count] = document
                count += rank(document) >= last ? 1 : 0
            }
            return Met(rebasing: met[..<count])
        }

        private func rank(_ document: Int32) -> UInt64 {
            UInt64(products[Int(document)]) << 32 | UInt64(~UInt32(document))
        }

        /// The documents whose product reaches `least`.
        private mutating func meet(_ document: Int, least: UInt32) -> Met {
            let met = met(findLists(of: document) + 1)
            search &+= 1 << 16
            if search == 0 {
                search = 1 << 16
                for document in products.indices { products[document] = 0 }
            }
            let (lists, search) = (lists, search)
            var count = 0
            products.withUnsafeMutableBufferPointer { products in
                index.postings.withUnsafeBufferPointer { postings in
                    for list in lists {
                        let rest = UInt16(truncatingIfNeeded: list.key)
                        for place in list.postings {
                            let posting = postings[place]
                            // Whether terms are the same and a document is met is random: sums rather than branches.
                            let isSame = UInt32(truncatingIfNeeded: (Int32(posting.rest ^ rest) &- 1) >> 31)
                            let product = (UInt32(posting.weight) &* list.weight) >> 20 & isSame
                            let known = products[Int(posting.document)]
                            let before = known >= search ? known : search
                            products[Int(posting.document)] = before &+ product
                            met[count] = posting.document
                            count &+= before < search &+ least && before &+ product >= search &+ least ? 1 : 0
                        }
                    }
                }
            }
            return Met(rebasing: met[..<count])
        }

        /// How many postings the lists have.
        private mutating func findLists(of document: Int) -> Int {
            lists.removeAll(keepingCapacity: true)
            var place = Int(index.firstPlaces[document])
            index.vectors.forEachIndexed(document, index.asked) { term in
                index.buckets.prefetch(Int(term.key >> index.shift))
                let end = Int(index.places[place])
                lists.append((end..<end, term.key, UInt32(term.weight)))
                place += 1
            }
            var size = 0
            index.postings.withUnsafeBufferPointer { postings in
                for list in lists.indices {
                    let end = lists[list].postings.upperBound
                    let bucket = index.buckets[Int(lists[list].key >> index.shift)]
                    let earlier = min(index.window, end - bucket.lowerBound)
                    lists[list].postings = end - earlier..<end
                    for place in stride(from: end - earlier, to: end, by: 8) {
                        ddk_prefetch(postings.baseAddress! + place)
                    }
                    size += earlier
                }
            }
            return size
        }
    }
}

extension GroupPlaces {
    fileprivate func prefetch(_ group: Int) { withAddress(of: group) { ddk_prefetch($0) } }
}

extension TermVectors {
    /// Calls `body` with each term that a document is found by, in ascending order of keys.
    @inline(__always)
    fileprivate func forEachIndexed(_ document: Int, _ asked: AskedTerms, _ body: (Term) -> Void) {
        withTerms(of: document) { for term in $0 where term.isIndexed && asked.contains(term.key) { body(term) } }
    }
}
