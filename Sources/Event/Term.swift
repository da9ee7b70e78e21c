/// A term of a document: with its count at first, then with its weight.
struct Term: BitwiseCopyable {
    /// The upper half of the term's hash. Two of a million terms share theirs in one case in four thousand, which adds a
    /// little noise to two documents in the dump.
    let key: UInt32
    private let first: UInt16
    private var second: UInt16

    /// - Parameter centibels: how common it is in general texts; see `FrequencyTable`.
    init(key: UInt32, count: UInt16, centibels: UInt16) { (self.key, first, second) = (key, count, centibels) }

    init(key: UInt32, weight: Double, isIndexed: Bool) {
        (self.key, first, second) = (key, UInt16((weight * Self.unit).rounded()), 0)
        self.isIndexed = isIndexed && self.weight > 0
    }

    /// Before the term is weighed.
    var count: UInt16 { first }
    var centibels: UInt16 { second }

    /// Weights are integers, so that no order of summation shows in a product of vectors.
    static let unit = 65_535.0
    /// After, 0–1 in units of 1/`unit`.
    var weight: UInt16 { first }
    /// Whether the document is found by it, so that others of its language have it too.
    var isIndexed: Bool {
        get { second != 0 }
        set { second = newValue ? 1 : 0 }
    }
    /// Ascends with the weight, then descends with the key.
    var rank: UInt64 { UInt64(weight) << 32 | UInt64(~key) }
}

func * (left: Term, right: Term) -> UInt64 { UInt64(left.weight) * UInt64(right.weight) }
