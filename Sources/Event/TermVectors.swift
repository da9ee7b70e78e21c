import Glibc
import Workers

/// The documents as unit vectors: a term weighs (1 + ln tf) · −ln p, where p is the chance that a text of the
/// document's language holds it.
///
/// Five documents cannot tell which words are rare and five million need not be told, so p blends general frequencies
/// with the dump's own: p = (B · background + df) / (B + N), with df and N counted within the language. A language
/// without a background has B = 0.
struct TermVectors: Sendable {
    struct Entry {
        var key: UInt32
        var weight: Float

        init(key: UInt32, weight: Float) {
            self.key = key
            self.weight = weight
        }

        /// The reverse of `weightRank`.
        init(rank: UInt64) {
            key = ~UInt32(truncatingIfNeeded: rank)
            weight = Float(bitPattern: UInt32(rank >> 32))
        }
    }

    private let ends: [Int]
    private let entries: [Entry]

    init(_ bags: [TermBag], frequencies: DocumentFrequencies, backgroundDocuments: Double, workers: Workers) {
        var total = 0
        ends = bags.map { bag in
            total += bag.terms.count
            return total
        }
        let ends = ends
        entries = Array(unsafeUninitializedCapacity: total) { buffer, count in
            nonisolated(unsafe) let buffer = buffer
            workers.forEach(bags.count) { document, _ in
                let bag = bags[document]
                let start = ends[document] - bag.terms.count
                weigh(
                    bag, frequencies, backgroundDocuments,
                    into: UnsafeMutableBufferPointer(
                        rebasing: buffer[start..<ends[document]]))
            }
            count = total
        }
    }

    var count: Int { ends.count }

    /// Ascending by key; the squares of the weights sum to 1, or all weights are 0.
    subscript(document: Int) -> ArraySlice<Entry> { entries[range(document)] }

    private func range(_ document: Int) -> Range<Int> { (document == 0 ? 0 : ends[document - 1])..<ends[document] }

    /// Calls `body` with each shared term and the product of its weights, in ascending order of keys.
    func forEachShared(_ first: Int, _ second: Int, _ body: (UInt32, Float) -> Void) {
        entries.withUnsafeBufferPointer { entries in
            let (a, b) = (range(first), range(second))
            var (i, j) = (a.lowerBound, b.lowerBound)
            while i < a.upperBound, j < b.upperBound {
                let (left, right) = (entries[i], entries[j])
                if left.key == right.key { body(left.key, left.weight * right.weight) }
                // Sums rather than branches, which nobody could predict.
                i += left.key <= right.key ? 1 : 0
                j += right.key <= left.key ? 1 : 0
            }
        }
    }

    func cosine(_ first: Int, _ second: Int) -> Float {
        var sum: Float = 0
        forEachShared(first, second) { sum += $1 }
        return sum
    }
}

private func weigh(
    _ bag: TermBag, _ frequencies: DocumentFrequencies, _ backgroundDocuments: Double,
    into entries: UnsafeMutableBufferPointer<TermVectors.Entry>
) {
    let background = bag.hasBackground ? backgroundDocuments : 0
    let documents = Double(frequencies.documents(bag.language))
    var squares = 0.0
    for (slot, term) in bag.terms.enumerated() {
        let general = exp(-Double(term.rarity) / TermBag.rarityUnit)
        let df = Double(frequencies[bag.language, term.key])
        let idf = max(0, -log((background * general + df) / (background + documents)))
        let weight = (1 + log(Double(term.count))) * idf
        squares += weight * weight
        entries.initializeElement(at: slot, to: TermVectors.Entry(key: term.key, weight: Float(weight)))
    }
    let scale = squares > 0 ? Float(1 / squares.squareRoot()) : 0
    for slot in entries.indices { entries[slot].weight *= scale }
}
