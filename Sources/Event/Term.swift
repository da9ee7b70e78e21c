/// A term of a document: with its count at first, then with its weight.
struct Term: BitwiseCopyable {
    /// The upper half of the term's hash. Two of a million terms share theirs in one case in four thousand, which adds a
    /// little noise to two documents in the dump.
    let key: UInt32
    /// From the top: 6 bits of the count and 12 of how common it is, or 16 of the weight and the two marks; then the place.
    private var bits: UInt32

    /// As it is kept: the key in the lower half.
    var word: UInt64 { UInt64(bits) << 32 | UInt64(key) }

    private static let mostCounted: UInt32 = 63

    /// - Parameter centibels: how common it is in general texts; see `FrequencyTable`.
    init(key: UInt32, count: UInt32, centibels: UInt16, place: Place = Place()) {
        self.key = key
        bits = min(count, Self.mostCounted) << 26 | UInt32(centibels) << 14 | UInt32(place.bits)
    }

    init(key: UInt32, weight: Double, isIndexed: Bool, recurs: Bool = false, place: Place = Place()) {
        self.key = key
        bits = UInt32((weight * Self.unit).rounded()) << 16 | (recurs ? Self.again : 0) | UInt32(place.bits)
        self.isIndexed = isIndexed && self.weight > 0
    }

    /// Before the term is weighed.
    var count: UInt16 { UInt16(bits >> 26) }
    var centibels: UInt16 { UInt16(bits >> 14 & 0xFFF) }
    /// Whether it stands in the text more than once: what does so in the lead counts twice.
    var isCountedAgain: Bool { count > (place.isInLead ? 2 : 1) }

    var place: Place { Place(bits: UInt16(bits & 0x3FFF)) }

    /// Weights are integers, so that no order of summation shows in a product of vectors.
    static let unit = 65_535.0
    /// After, 0–1 in units of 1/`unit`.
    var weight: UInt16 { UInt16(bits >> 16) }
    /// Whether the document is found by it, so that others of its language have it too.
    var isIndexed: Bool {
        get { bits & Self.indexed != 0 }
        set { bits = newValue ? bits | Self.indexed : bits & ~Self.indexed }
    }
    private static let indexed: UInt32 = 1 << 14
    /// Whether it stands in its text more than once.
    var recurs: Bool { bits & Self.again != 0 }
    private static let again: UInt32 = 1 << 15
    /// Ascends with the weight, then descends with the key.
    var rank: UInt64 { UInt64(weight) << 32 | UInt64(~key) }
}

func * (left: Term, right: Term) -> UInt64 { UInt64(left.weight) * UInt64(right.weight) }

extension Term {
    /// Where a term first stands in its text.
    struct Place: BitwiseCopyable {
        /// How many different marks there are.
        static let marks = 1 << 13
        private static let lead: UInt16 = 1 << 13
        fileprivate let bits: UInt16

        fileprivate init(bits: UInt16) { self.bits = bits }

        init() { bits = 0 }

        /// - Parameter previous: the key of the term before it.
        init(after previous: UInt32, inLead: Bool) { bits = UInt16(Self.mark(previous)) | (inLead ? Self.lead : 0) }

        var isInLead: Bool { bits & Self.lead != 0 }

        /// The mark of the term before it.
        var previous: Int { Int(bits & (Self.lead - 1)) }

        /// What those that follow a term remember of its key.
        static func mark(_ key: UInt32) -> Int { Int(key >> 19) }
    }
}
