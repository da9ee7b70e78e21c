/// A fixed share of all shingles there are, the same for every document: what two documents share of the sample tells
/// how much of either is contained in the other, whatever their lengths (FracMinHash; Irber, Brooks, Reiter et al.:
/// Lightweight compositional analysis of metagenomes with FracMinHash and minimum metagenome covers, 2022).
public enum ShingleSample {
    /// One shingle in this many is in the sample: some forty of a news story.
    @inlinable
    public static var rate: Int { 1 << rateBits }
    @usableFromInline static var rateBits: Int { 3 }

    /// - Parameter hash: well mixed; its upper bits decide, its lower half is the key.
    @inlinable
    public static func contains(_ hash: UInt64) -> Bool { hash < bound }
    /// Hashes below it are in the sample.
    @inlinable
    public static var bound: UInt64 { 1 << UInt64(64 - rateBits) }
    @inlinable
    public static func key(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) }
}
