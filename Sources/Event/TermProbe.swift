import Tables

/// One document's vector laid out to be multiplied with many others: a table from the upper bits of a key to the first
/// term that has them, small enough for the fastest cache and all but empty, so that terms not shared cost one look.
struct TermProbe: ~Copyable {
    private static let bits: UInt32 = 13
    /// Terms of the other document that are looked up before what was found is looked at.
    private static let block = 128

    /// The number of a term plus one; 0 for none.
    private let first = Scratch<UInt32>(capacity: 1 << bits)
    /// Of terms that may be shared: the number here above the number there.
    private let found = Scratch<UInt64>(capacity: block + 1)
    private var terms = Scratch<Term>()
    private var count = 0

    init() { first.base.initialize(repeating: 0, count: 1 << Self.bits) }

    /// - Parameter terms: ascending by key.
    mutating func load(_ terms: UnsafeBufferPointer<Term>) {
        for term in self.terms(count) { first.base[Self.slot(term.key)] = 0 }
        _ = self.terms(terms.count).initialize(from: terms)
        count = terms.count
        for number in terms.indices.reversed() { first.base[Self.slot(terms[number].key)] = UInt32(number + 1) }
    }

    func cosine(with other: UnsafeBufferPointer<Term>) -> Double {
        let (first, found) = (first.base, found.base), terms = UnsafeBufferPointer(start: terms.base, count: count)
        var sum: UInt64 = 0
        for start in stride(from: 0, to: other.count, by: Self.block) {
            // Which terms are shared nobody can predict, so all are looked up without a branch.
            var count = 0
            for number in start..<min(start + Self.block, other.count) {
                let candidate = first[Self.slot(other[number].key)]
                found[count] = UInt64(candidate) << 32 | UInt64(number)
                count += candidate != 0 ? 1 : 0
            }
            for pair in UnsafeBufferPointer(start: found, count: count) {
                let term = other[Int(pair & 0xFFFF_FFFF)]
                var number = Int(pair >> 32)
                while number < terms.count, terms[number - 1].key < term.key { number += 1 }
                sum += terms[number - 1].key == term.key ? terms[number - 1] * term : 0
            }
        }
        return Double(sum) / TermVectors.unit
    }

    private static func slot(_ key: UInt32) -> Int { Int(key >> (32 - bits)) }
}
