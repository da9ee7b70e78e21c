/// One document's vector laid out to be multiplied with many others: a table from the upper bits of a key to the first
/// term that has them, small enough for the fastest cache and all but empty, so that terms not shared cost one look.
struct TermProbe {
    private static let bits: UInt32 = 13
    /// The number of a term plus one; 0 for none.
    private var first = Array(repeating: UInt32(0), count: 1 << bits)
    private var terms = UnsafeBufferPointer<TermStore.Term>(start: nil, count: 0)

    /// - Parameter terms: ascending by key; they must outlive their use here.
    mutating func load(_ terms: UnsafeBufferPointer<TermStore.Term>) {
        for term in self.terms { first[Self.slot(term.key)] = 0 }
        self.terms = terms
        for number in terms.indices.reversed() { first[Self.slot(terms[number].key)] = UInt32(number + 1) }
    }

    func cosine(with other: UnsafeBufferPointer<TermStore.Term>) -> Double {
        first.withUnsafeBufferPointer { first in
            var sum: UInt64 = 0
            for term in other {
                var number = Int(first[Self.slot(term.key)])
                guard number > 0 else { continue }
                while number < terms.count, terms[number - 1].key < term.key { number += 1 }
                if terms[number - 1].key == term.key { sum += terms[number - 1] * term }
            }
            return Double(sum) / TermVectors.unit
        }
    }

    private static func slot(_ key: UInt32) -> Int { Int(key >> (32 - bits)) }
}
