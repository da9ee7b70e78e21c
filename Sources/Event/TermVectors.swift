import Glibc
import Workers

/// The documents as unit vectors: a term weighs (1 + ln tf) · −ln p, where p is the chance that a text of the
/// document's language holds it.
///
/// Five documents cannot tell which words are rare and five million need not be told, so p blends general frequencies
/// with the dump's own: p = (B · background + df) / (B + N), with df and N counted within the language. A language
/// without a background has B = 0.
struct TermVectors: Sendable {
    private let store: TermStore

    /// - Parameter store: weighed in place.
    init(_ store: TermStore, frequencies: DocumentFrequencies, backgroundDocuments: Double, workers: Workers) {
        self.store = store
        workers.forEach(store.slabCount) { slab, _ in
            store.weigh(slab) { weigh($1, store.header($0), frequencies, backgroundDocuments) }
        }
    }

    /// - Parameter store: with weights already.
    init(weighed store: TermStore) { self.store = store }

    var count: Int { store.count }

    /// Ascending by key; the squares of the weights sum to 1, or all weights are 0.
    subscript(document: Int) -> UnsafeBufferPointer<TermStore.Term> { store[document] }

    func header(_ document: Int) -> TermStore.Header { store.header(document) }

    /// Calls `body` with each shared term and the product of its weights, in ascending order of keys.
    func forEachShared(_ first: Int, _ second: Int, _ body: (UInt32, Float) -> Void) {
        let (a, b) = (store[first], store[second])
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let (left, right) = (a[i], b[j])
            if left.key == right.key { body(left.key, Float(left * right) / Float(TermVectors.unit)) }
            // Sums rather than branches, which nobody could predict.
            i += left.key <= right.key ? 1 : 0
            j += right.key <= left.key ? 1 : 0
        }
    }

    func cosine(_ first: Int, _ second: Int) -> Double {
        var probe = TermProbe()
        probe.load(store[first])
        return probe.cosine(with: store[second])
    }

    /// Of products of weights.
    static let unit = TermStore.Term.unit * TermStore.Term.unit
}

func * (left: TermStore.Term, right: TermStore.Term) -> UInt64 { UInt64(left.weight) * UInt64(right.weight) }

/// Returns the norm that the vector had.
private func weigh(
    _ terms: UnsafeMutableBufferPointer<TermStore.Term>, _ header: TermStore.Header,
    _ frequencies: DocumentFrequencies, _ backgroundDocuments: Double
) -> Float {
    let background = header.hasBackground ? backgroundDocuments : 0
    let documents = Double(frequencies.documents(header.language))
    return withUnsafeTemporaryAllocation(of: (weight: Double, isShared: Bool).self, capacity: terms.count) { weights in
        var squares = 0.0
        for (number, term) in terms.enumerated() {
            let general = exp(-Double(TermBag.rarities[Int(term.centibels)]) / TermBag.rarityUnit)
            let df = frequencies[header.language, term.key]
            let idf = max(0, -log((background * general + Double(df)) / (background + documents)))
            let weight = (1 + log(Double(term.count))) * idf
            squares += weight * weight
            weights.initializeElement(at: number, to: (weight, df > 1))
        }
        let scale = squares > 0 ? 1 / squares.squareRoot() : 0
        for number in terms.indices {
            let (weight, isShared) = weights[number]
            terms[number] = TermStore.Term(key: terms[number].key, weight: weight * scale, isShared: isShared)
        }
        return Float(squares.squareRoot())
    }
}
