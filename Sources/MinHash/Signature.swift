import CDedupKernels
import Glibc

/// A set of 64-bit hashes as 128 minima: two signatures agree in a slot with the probability that is the Jaccard
/// similarity of their sets.
///
///     Signature(of: a).similarity(to: Signature(of: b))  // within .04 of the truth, two times in three
///
/// Fast similarity sketching with one random round (Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching, FOCS
/// 2017), O(n + 128 · share of empty slots · n). Standard error at most √(J(1−J)/128).
public struct Signature: Sendable, Equatable {
    public static let slotCount = Int(DDK_SLOTS)

    /// `slotCount` values.
    public private(set) var slots: [UInt32]

    /// - Parameter hashes: well mixed, in any order, repeats allowed, at least one.
    public init(of hashes: [UInt64]) {
        slots = Array(unsafeUninitializedCapacity: Self.slotCount) { slots, count in
            hashes.withUnsafeBufferPointer { Self.write($0, to: slots.baseAddress!) }
            count = Self.slotCount
        }
    }

    /// Writes the signature of a non-empty set to `slotCount` values in place: nothing is allocated.
    public static func write(_ hashes: UnsafeBufferPointer<UInt64>, to slots: UnsafeMutablePointer<UInt32>) {
        precondition(!hashes.isEmpty, "an empty set has no signature")
        ddk_active().pointee.sketch(hashes.baseAddress!, hashes.count, slots)
    }

    /// Unbiased estimate of the Jaccard similarity, 0...1.
    public func similarity(to other: Signature) -> Double {
        Double(zip(slots, other.slots).count { $0 == $1 }) / Double(Self.slotCount)
    }
}

/// The lowest byte of every slot: an eighth of the comparison's memory traffic for 1/256 more agreement by chance
/// (Li, König: b-Bit Minwise Hashing, WWW 2010).
public enum ByteSignature {
    public static func write(_ slots: UnsafePointer<UInt32>, to bytes: UnsafeMutablePointer<UInt8>) {
        for i in 0..<Signature.slotCount { bytes[i] = UInt8(truncatingIfNeeded: slots[i]) }
    }

    /// Slots in which two byte signatures agree.
    public static func agreement(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>) -> Int {
        ddk_active().pointee.agree(a, b)
    }

    /// Passes over one in four thousand pairs at the threshold, where the bands of a signature pass over one in a hundred.
    public static let usualMargin = 3.5

    /// The least agreement at which a pair is worth comparing.
    ///
    /// - Parameter margin: standard errors below what is expected at the threshold.
    public static func leastAgreement(threshold: Double, margin: Double = usualMargin) -> Int {
        let n = Double(Signature.slotCount)
        let p = threshold + (1 - threshold) / 256
        return max(0, Int(n * p - margin * (n * p * (1 - p)).squareRoot()))
    }
}
