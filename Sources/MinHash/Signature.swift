import CDedupKernels

/// A set of 64-bit hashes as 128 minima: two signatures agree in a slot with the probability that is the Jaccard
/// similarity of their sets.
///
///     func signature(_ words: String) -> Signature {
///         Signature(of: words.split(separator: " ").map { UInt64(truncatingIfNeeded: $0.hashValue) })
///     }
///     let similarity = signature("eins zwei drei vier").similarity(to: signature("eins zwei drei fünf"))
///     print(similarity)  // .6, give or take .04 two times in three
///
/// Fast similarity sketching with one random round (Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching, FOCS
/// 2017), O(n + 128 · share of empty slots · n). Standard error at most √(J(1−J)/128).
public struct Signature: Sendable {
    public typealias Slots = InlineArray<128, UInt32>
    public static var slotCount: Int { Slots.count }

    public private(set) var slots: Slots

    /// - Parameter hashes: well mixed, in any order, repeats allowed, at least one.
    public init(of hashes: Span<UInt64>) {
        slots = Slots(repeating: 0)
        hashes.withUnsafeBufferPointer { hashes in
            var slots = slots.mutableSpan
            slots.withUnsafeMutableBufferPointer { Self.write(hashes, to: $0.baseAddress!) }
        }
    }

    /// - Parameter hashes: well mixed, in any order, repeats allowed, at least one.
    public init(of hashes: [UInt64]) { self.init(of: hashes.span) }

    /// Writes the signature of a non-empty set to `slotCount` values in place.
    package static func write(_ hashes: UnsafeBufferPointer<UInt64>, to slots: UnsafeMutablePointer<UInt32>) {
        precondition(!hashes.isEmpty, "an empty set has no signature")
        assert(slotCount == DDK_SLOTS)
        ddk_active().pointee.sketch(hashes.baseAddress!, hashes.count, slots)
    }

    /// Unbiased estimate of the Jaccard similarity, 0...1.
    public func similarity(to other: Signature) -> Double {
        Double(slots.indices.count { slots[$0] == other.slots[$0] }) / Double(Self.slotCount)
    }
}

extension Signature: Equatable {
    public static func == (a: Signature, b: Signature) -> Bool {
        a.slots.indices.allSatisfy { a.slots[$0] == b.slots[$0] }
    }
}

/// The lowest byte of every slot: an eighth of the comparison's memory traffic for 1/256 more agreement by chance
/// (Li, König: b-Bit Minwise Hashing, WWW 2010).
public enum ByteSignature {
    package static func write(_ slots: UnsafePointer<UInt32>, to bytes: UnsafeMutablePointer<UInt8>) {
        for i in 0..<Signature.slotCount { bytes[i] = UInt8(truncatingIfNeeded: slots[i]) }
    }

    /// Slots in which two byte signatures agree.
    package static func agreement(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>) -> Int {
        ddk_active().pointee.agree(a, b)
    }

    /// Passes over one in four thousand pairs at the threshold, where the bands of a signature pass over one in a hundred.
    public static let usualMargin = 3.5

    /// The least agreement at which a pair is worth comparing.
    ///
    /// - Parameters:
    ///   - threshold: Jaccard similarity, 0...1.
    ///   - margin: standard errors below what is expected at the threshold.
    public static func leastAgreement(threshold: Double, margin: Double = usualMargin) -> Int {
        precondition((0...1).contains(threshold), "a threshold is at least 0 and at most 1")
        let n = Double(Signature.slotCount)
        let p = threshold + (1 - threshold) / 256
        return max(0, Int(n * p - margin * (n * p * (1 - p)).squareRoot()))
    }
}
