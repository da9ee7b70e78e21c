/// Bands of rows: two signatures are candidates if all rows of one band agree, which happens with probability
/// 1 − (1 − Jʳ)ᵇ (Broder 1997; Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3).
public struct Banding: Sendable, Equatable {
    public let bands, rows: Int

    public init(bands: Int, rows: Int) {
        precondition(
            bands >= 1 && rows >= 1 && bands * rows <= Signature.slotCount, "bands × rows exceed the signature")
        self.bands = bands
        self.rows = rows
    }

    /// The fewest candidates that still find a pair at the threshold itself 98 times in 100, and nearly every pair
    /// above: the longest rows, with as many bands as the signature holds. Threshold .7 gives 25 × 5.
    ///
    /// - Parameter threshold: Jaccard similarity, 0...1.
    public init(threshold: Double) {
        precondition((0...1).contains(threshold), "a threshold is at least 0 and at most 1")
        let choices = (1...Signature.slotCount).map { Banding(bands: Signature.slotCount / $0, rows: $0) }
        self = choices.last { $0.probability(at: threshold) >= 0.98 } ?? choices[0]
    }

    /// Probability that a pair of Jaccard similarity `j` becomes a candidate: the S-curve.
    public func probability(at j: Double) -> Double {
        var power = 1.0
        for _ in 0..<rows { power *= j }
        var missed = 1.0
        for _ in 0..<bands { missed *= 1 - power }
        return 1 - missed
    }

    /// One key for each band. Equal rows, equal keys; two different bands of rows share a key once in four billion.
    public func keys(of signature: Signature) -> [UInt32] {
        Array(unsafeUninitializedCapacity: bands) { keys, count in
            signature.slots.span.withUnsafeBufferPointer { writeKeys(of: $0.baseAddress!, to: keys.baseAddress!) }
            count = bands
        }
    }

    /// Writes the key of each band to `keys[band * stride]`.
    package func writeKeys(of slots: UnsafePointer<UInt32>, to keys: UnsafeMutablePointer<UInt32>, stride: Int = 1) {
        for band in 0..<bands {
            var key: UInt64 = 0x9e37_79b9_7f4a_7c15
            for row in 0..<rows {
                key = (key ^ UInt64(slots[band &* rows &+ row])) &* 0xd6e8_feb8_6659_fd93
                key ^= key >> 32
            }
            keys[band &* stride] = UInt32(truncatingIfNeeded: key)
        }
    }
}
