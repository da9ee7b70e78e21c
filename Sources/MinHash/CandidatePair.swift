public import Tables

/// Two things that share a bucket and have not been compared yet, `a < b`.
@frozen
public struct CandidatePair<Kind>: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var a, b: Number<Kind>

    @inlinable
    public init(_ a: Number<Kind>, _ b: Number<Kind>) { (self.a, self.b) = (a, b) }

    /// By `a`, then by `b`.
    @inlinable
    public static func < (x: Self, y: Self) -> Bool { x.packed < y.packed }

    @inlinable
    public static func == (x: Self, y: Self) -> Bool { x.packed == y.packed }

    @inlinable
    public func hash(into hasher: inout Hasher) { hasher.combine(packed) }

    /// The same two as part of the whole that their kind is numbered in.
    @inlinable
    public func named<Whole>(by numbering: Numbering<Kind, Whole>) -> CandidatePair<Whole> {
        CandidatePair<Whole>(numbering[a], numbering[b])
    }

    @inlinable var packed: UInt64 { UInt64(a.rawValue) << 32 | UInt64(b.rawValue) }
}
