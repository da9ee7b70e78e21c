import CDedupKernels
import Glibc
import Tables
import Workers

/// The documents as unit vectors: a term weighs (1 + ln tf) · −ln p, where p is the chance that a text of the
/// document's language holds it.
///
/// Five documents cannot tell which words are rare and five million need not be told, so p blends general frequencies
/// with the dump's own: p = (B · background + df) / (B + N), with df and N counted within the language. A language
/// without a background has B = 0.
struct TermVectors: Sendable {
    private var headers: [TermStore.Header]
    private let slabs: [[Term]]
    /// As in `TermStore`.
    private let ends: [UInt32]
    /// Of the terms of each slab: to be asked for before they are read, which takes no owner.
    private let addresses: [UInt]

    /// - Parameters:
    ///   - store: weighed in place.
    ///   - indexed: how many terms of a document, at most, it is found by: the heaviest that it shares with others.
    ///   - first: the first document that has no weights yet.
    init(
        _ store: consuming TermStore, frequencies: DocumentFrequencies, backgroundDocuments: Double, indexed: Int,
        from first: Int = 0, workers: Workers
    ) {
        let (headers, ends) = (store.headers, store.ends), ranges = TermSlab.ranges(of: headers.count)
        let norms = workers.map(elementsOf: &store.slabs) { slab, terms in
            if ranges[slab].upperBound <= first { return ranges[slab].map { Norms(headers[$0]) } }
            return terms.withUnsafeMutableBufferPointer { terms in
                var start = 0
                if workers.isStopped() { return ranges[slab].map { _ in Norms() } }
                return ranges[slab].map { document in
                    let header = headers[document], end = Int(ends[document + 1])
                    defer { start = end }
                    if document < first { return Norms(header) }
                    return weigh(
                        UnsafeMutableBufferPointer(rebasing: terms[start..<end]), frequencies[header.language],
                        header.hasBackground ? backgroundDocuments : 0, header.isForm ? 0 : indexed)
                }
            }
        }
        self.init(weighed: store)
        for (document, norms) in norms.joined().enumerated() {
            (self.headers[document].norm, self.headers[document].leadNorm) = (norms.whole, norms.lead)
        }
    }

    /// - Parameter store: with weights already.
    init(weighed store: consuming TermStore) {
        (headers, slabs, ends) = (store.headers, store.slabs, store.ends)
        addresses = slabs.map { $0.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
        for document in headers.indices { headers[document].logLength = log1p(Double(headers[document].length)) }
    }

    var count: Int { headers.count }

    func header(_ document: Int) -> TermStore.Header { headers[document] }

    /// Lends the terms of a document, ascending by key; the squares of their weights sum to 1, or all weights are 0.
    @inline(__always)
    func withTerms<Result>(of document: Int, _ body: (UnsafeBufferPointer<Term>) -> Result) -> Result {
        slabs.withTerms(of: document, ends, body)
    }

    /// Asks for the terms of a document that will be read soon, and for its header.
    func prefetch(_ document: Int) {
        headers.withUnsafeBufferPointer {
            let header = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[document...document]))
            ddk_prefetch(header.baseAddress!)
            ddk_prefetch(header.baseAddress! + header.count - 1)
        }
        let start = document % TermSlab.size == 0 ? 0 : Int(ends[document]), size = MemoryLayout<Term>.stride
        guard let slab = UnsafeRawPointer(bitPattern: addresses[document / TermSlab.size]) else { return }
        for offset in stride(from: start * size, to: Int(ends[document + 1]) * size, by: 64) {
            ddk_prefetch(slab + offset)
        }
    }

    /// Calls `body` with each shared term and the product of its weights, in ascending order of keys.
    func forEachShared(_ first: Int, _ second: Int, _ body: (UInt32, Float) -> Void) {
        withTerms(of: first) { a in
            withTerms(of: second) { b in
                var (i, j) = (0, 0)
                while i < a.count, j < b.count {
                    let (left, right) = (a[i], b[j])
                    if left.key == right.key { body(left.key, Float(left * right) / Float(TermVectors.unit)) }
                    // Sums rather than branches, which nobody could predict.
                    i += left.key <= right.key ? 1 : 0
                    j += right.key <= left.key ? 1 : 0
                }
            }
        }
    }

    func cosine(_ first: Int, _ second: Int) -> Double { likeness(first, second).cosine }

    func likeness(_ first: Int, _ second: Int) -> Likeness {
        var probe = TermProbe()
        withTerms(of: first) { probe.load($0) }
        return withTerms(of: second) { probe.likeness(to: $0) }
    }

    /// Of products of weights.
    static let unit = Term.unit * Term.unit
}

/// Of a vector before it was made 1, and of its lead's part after.
private struct Norms {
    var whole: Float = 0, lead: Float = 0
}

extension Norms {
    init(_ header: TermStore.Header) { (whole, lead) = (header.norm, header.leadNorm) }
}

/// Returns the norm that the vector had.
private func weigh(
    _ terms: UnsafeMutableBufferPointer<Term>, _ frequencies: DocumentFrequencies.Counts,
    _ background: Double, _ indexed: Int
) -> Norms {
    let documents = background + Double(frequencies.documents)
    return withUnsafeTemporaryAllocation(of: (weight: Double, isShared: Bool).self, capacity: terms.count) { weights in
        var squares = 0.0
        frequencies.forEach(of: terms) { number, df in
            let term = terms[number]
            let idf = max(0, -log((background * shares[Int(term.centibels)] + Double(df)) / documents))
            let tf = term.count < logarithms.count ? logarithms[Int(term.count)] : log(Double(term.count))
            let weight = (1 + tf) * idf
            squares += weight * weight
            weights.initializeElement(at: number, to: (weight, df > 1))
        }
        var lead = 0.0
        let scale = squares > 0 ? 1 / squares.squareRoot() : 0
        for number in terms.indices {
            let (weight, isShared) = weights[number]
            let term = terms[number]
            if term.place.isInLead { lead += weight * weight }
            terms[number] = Term(
                key: term.key, weight: weight * scale, isIndexed: isShared && indexed > 0,
                recurs: term.isCountedAgain, place: term.place)
        }
        keepHeaviest(indexed, of: terms)
        return Norms(whole: Float(squares.squareRoot()), lead: Float(lead.squareRoot() * scale))
    }
}

/// Leaves only so many terms indexed.
private func keepHeaviest(_ most: Int, of terms: UnsafeMutableBufferPointer<Term>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * terms.count + 1) { scratch in
        var count = 0
        for term in terms {
            scratch[count] = term.rank
            count += term.isIndexed ? 1 : 0
        }
        guard count > most else { return }
        let least = nthLargest(
            UnsafeMutableBufferPointer(rebasing: scratch[..<count]), most - 1,
            scratch: UnsafeMutableBufferPointer(rebasing: scratch[count..<2 * count]))
        for number in terms.indices { terms[number].isIndexed = terms[number].isIndexed && terms[number].rank >= least }
    }
}

/// By centibels: the share of general texts that hold such a term.
private let shares = TermBag.rarities.map { exp(-Double($0) / TermBag.rarityUnit) }
private let logarithms = (0..<64).map { log(Double($0)) }
