import Tables

/// One document's vector laid out to be multiplied with many others: a table from the upper bits of a key to the first
/// term that has them, small enough for the fastest cache and all but empty, so that terms not shared cost one look.
struct TermProbe: ~Copyable {
    private static let bits: UInt32 = 13
    /// Terms of the other document that are looked up before what was found is looked at.
    private static let block = 128
    /// Terms beyond do not count as parts of a phrase.
    private static let mostShared = 255

    /// The number of a term plus one; 0 for none.
    private let first = Scratch<UInt32>(capacity: 1 << bits)
    /// Of terms that may be shared: the number here above the number there.
    private let found = Scratch<UInt64>(capacity: block + 1)
    private let shared = Scratch<Shared>(capacity: mostShared + 1)
    /// By mark, the number of the shared term plus one; 0 for none.
    private let marks = Scratch<UInt8>(capacity: Term.Place.marks)
    private var terms = Scratch<Term>()
    private var count = 0

    /// A term that both have. Not private: the compiler breaks on a private type of a field in a debug build.
    struct Shared: BitwiseCopyable {
        var product: Float
        var mark: Int32
        /// The mark of the term before it; −1 where that is not the same in both.
        var previous: Int32
    }

    init() {
        first.base.initialize(repeating: 0, count: 1 << Self.bits)
        marks.base.initialize(repeating: 0, count: Term.Place.marks)
    }

    /// - Parameter terms: ascending by key.
    mutating func load(_ terms: UnsafeBufferPointer<Term>) {
        for term in self.terms(count) { first.base[Self.slot(term.key)] = 0 }
        _ = self.terms(terms.count).initialize(from: terms)
        count = terms.count
        for number in terms.indices.reversed() { first.base[Self.slot(terms[number].key)] = UInt32(number + 1) }
    }

    /// - Parameter least: of the cosine, below which the rest is left out.
    func likeness(to other: UnsafeBufferPointer<Term>, least: Double = 0) -> Likeness {
        let (first, found) = (first.base, found.base), terms = UnsafeBufferPointer(start: terms.base, count: count)
        let shared = shared.base
        var (sum, lead): (UInt64, UInt64) = (0, 0)
        var size = 0
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
                guard terms[number - 1].key == term.key else { continue }
                let product = terms[number - 1] * term
                let (here, there) = (terms[number - 1].place, term.place)
                sum += product
                lead += here.isInLead && there.isInLead ? product : 0
                shared[size] = Shared(
                    product: Float(product), mark: Int32(Term.Place.mark(term.key)),
                    previous: here.previous == there.previous ? Int32(here.previous) : -1)
                size = min(size + 1, Self.mostShared)
            }
        }
        let cosine = Double(sum) / TermVectors.unit
        guard cosine >= least else { return Likeness(cosine: cosine, lead: 0, phrases: 0) }
        return Likeness(cosine: cosine, lead: Double(lead) / TermVectors.unit, phrases: phrases(size))
    }

    /// What two terms in a row make up together, where they stand so in both: the geometric mean of their products.
    private func phrases(_ size: Int) -> Double {
        let (shared, marks) = (shared.base, marks.base)
        var sum: Float = 0
        for number in 0..<size { marks[Int(shared[number].mark)] = UInt8(number + 1) }
        for number in 0..<size where shared[number].previous >= 0 {
            let before = Int(marks[Int(shared[number].previous)]) - 1
            if before >= 0, before != number { sum += (shared[number].product * shared[before].product).squareRoot() }
        }
        for number in 0..<size { marks[Int(shared[number].mark)] = 0 }
        return Double(sum) / TermVectors.unit
    }

    private static func slot(_ key: UInt32) -> Int { Int(key >> (32 - bits)) }
}
