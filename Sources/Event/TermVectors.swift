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

    /// - Parameters:
    ///   - store: weighed in place.
    ///   - indexed: how many terms of a document, at most, it is found by: the heaviest that it shares with others.
    init(
        _ store: TermStore, frequencies: DocumentFrequencies, backgroundDocuments: Double, indexed: Int,
        workers: Workers
    ) {
        self.store = store
        workers.forEach(store.slabCount) { slab, _ in
            store.weigh(slab) { document, terms in
                let header = store.header(document)
                return weigh(
                    terms, frequencies[header.language], header.hasBackground ? backgroundDocuments : 0, indexed)
            }
        }
    }

    /// - Parameter store: with weights already.
    init(weighed store: TermStore) { self.store = store }

    var count: Int { store.count }

    /// Ascending by key; the squares of the weights sum to 1, or all weights are 0.
    subscript(document: Int) -> UnsafeBufferPointer<TermStore.Term> { store[document] }

    func prefetch(_ document: Int) { store.prefetch(document) }

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
        let probe = TermProbe()
        probe.load(store[first])
        return probe.cosine(with: store[second])
    }

    /// Of products of weights.
    static let unit = TermStore.Term.unit * TermStore.Term.unit
}

func * (left: TermStore.Term, right: TermStore.Term) -> UInt64 { UInt64(left.weight) * UInt64(right.weight) }

/// Returns the norm that the vector had.
private func weigh(
    _ terms: UnsafeMutableBufferPointer<TermStore.Term>, _ frequencies: DocumentFrequencies.Counts,
    _ background: Double, _ indexed: Int
) -> Float {
    let documents = background + Double(frequencies.documents)
    return withUnsafeTemporaryAllocation(of: (weight: Double, isShared: Bool).self, capacity: terms.count) { weights in
        var squares = 0.0
        for term in terms { frequencies.prefetch(term.key) }
        for (number, term) in terms.enumerated() {
            let df = frequencies[term.key]
            let idf = max(0, -log((background * shares[Int(term.centibels)] + Double(df)) / documents))
            let tf = term.count < logarithms.count ? logarithms[Int(term.count)] : log(Double(term.count))
            let weight = (1 + tf) * idf
            squares += weight * weight
            weights.initializeElement(at: number, to: (weight, df > 1))
        }
        let scale = squares > 0 ? 1 / squares.squareRoot() : 0
        for number in terms.indices {
            let (weight, isShared) = weights[number]
            terms[number] = TermStore.Term(key: terms[number].key, weight: weight * scale, isIndexed: isShared)
        }
        keepHeaviest(indexed, of: terms)
        return Float(squares.squareRoot())
    }
}

/// Leaves only so many terms indexed.
private func keepHeaviest(_ most: Int, of terms: UnsafeMutableBufferPointer<TermStore.Term>) {
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
