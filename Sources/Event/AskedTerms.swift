/// The terms of the documents that are asked for, or a few more: of others nothing needs to be counted or found.
struct AskedTerms: Sendable {
    /// By the upper bits of a key whether it may be one; empty where all are.
    private var words: [UInt64]

    private static let bits: UInt32 = 20

    /// Every term there is.
    static let all = AskedTerms(words: [])

    private init(words: [UInt64]) { self.words = words }

    /// None yet.
    init() { self.init(words: Array(repeating: 0, count: 1 << Int(Self.bits - 6))) }

    mutating func insert(_ terms: UnsafeBufferPointer<Term>) {
        for term in terms { words[Self.word(term.key)] |= Self.bit(term.key) }
    }

    /// What is to be known of the terms of a document, in one go: whether they ascend by key, whether some may be asked
    /// for, and whether it is found by one of these.
    func look(through terms: UnsafeBufferPointer<Term>) -> (isAscending: Bool, isAsked: Bool, isFound: Bool) {
        words.withUnsafeBufferPointer { words in
            // Sums rather than branches, which nobody could predict.
            var (asked, found, fallen, last): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
            for term in terms {
                let bit = words[Self.word(term.key)] >> UInt64(Self.place(term.key)) & 1
                asked |= bit
                found |= term.isIndexed ? bit : 0
                fallen |= UInt64(term.key) < last ? 1 : 0
                last = UInt64(term.key) + 1
            }
            return (fallen == 0, asked != 0, found != 0)
        }
    }

    @inline(__always)
    func contains(_ key: UInt32) -> Bool { words.isEmpty || words[Self.word(key)] & Self.bit(key) != 0 }

    @inline(__always)
    private static func word(_ key: UInt32) -> Int { Int(key >> (32 - bits + 6)) }
    @inline(__always)
    private static func place(_ key: UInt32) -> UInt32 { key >> (32 - bits) & 63 }
    @inline(__always)
    private static func bit(_ key: UInt32) -> UInt64 { 1 << UInt64(place(key)) }
}
