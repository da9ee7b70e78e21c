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

    /// - Parameter store: weighed in place. Terms that no other document of the language has are dropped once they
    ///   have made their part of the length: nothing can match them.
    init(_ store: TermStore, frequencies: DocumentFrequencies, backgroundDocuments: Double, workers: Workers) {
        self.store = store
        workers.forEach(store.slabCount) { slab, _ in
            store.rewrite(slab) { header, terms, place in
                weigh(header, terms, frequencies, backgroundDocuments, into: place)
            }
        }
    }

    var count: Int { store.count }

    /// Ascending by key; the squares of the weights sum to 1 with those of the terms dropped, or all weights are 0.
    subscript(document: Int) -> UnsafeBufferPointer<TermStore.Term> { store[document] }

    /// When the document was published, in days since any fixed day.
    func day(_ document: Int) -> Double? { store.header(document).day }

    /// Calls `body` with each shared term and the product of its weights, in ascending order of keys.
    func forEachShared(_ first: Int, _ second: Int, _ body: (UInt32, Float) -> Void) {
        let (a, b) = (store[first], store[second])
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let (left, right) = (a[i], b[j])
            if left.key == right.key { body(left.key, left.weight * right.weight) }
            // Sums rather than branches, which nobody could predict.
            i += left.key <= right.key ? 1 : 0
            j += right.key <= left.key ? 1 : 0
        }
    }

    func cosine(_ first: Int, _ second: Int) -> Float {
        var sum: Float = 0
        forEachShared(first, second) { sum += $1 }
        return sum
    }
}

private func weigh(
    _ header: TermStore.Header, _ terms: UnsafeBufferPointer<TermStore.Term>, _ frequencies: DocumentFrequencies,
    _ backgroundDocuments: Double, into place: UnsafeMutablePointer<TermStore.Term>
) -> Int {
    let background = header.hasBackground ? backgroundDocuments : 0
    let documents = Double(frequencies.documents(header.language))
    var squares = 0.0
    var kept = 0
    for term in terms {
        let general = exp(-Double(term.rarity) / TermBag.rarityUnit)
        let df = frequencies[header.language, term.key]
        let idf = max(0, -log((background * general + Double(df)) / (background + documents)))
        let weight = (1 + log(Double(term.count))) * idf
        squares += weight * weight
        if df > 1, weight > 0 {
            place[kept] = TermStore.Term(key: term.key, weight: Float(weight))
            kept += 1
        }
    }
    let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
    for slot in 0..<kept { place[slot] = TermStore.Term(key: place[slot].key, weight: place[slot].weight * scale) }
    return kept
}
