public import Shingle
public import Tables

/// Two things, `a < b`, and the exact overlap of their shingle sets.
public struct VerifiedPair<Kind>: Hashable, Sendable {
    public var a, b: Number<Kind>
    public var overlap: SetOverlap

    @inlinable
    public init(a: Number<Kind>, b: Number<Kind>, overlap: SetOverlap) {
        (self.a, self.b, self.overlap) = (a, b, overlap)
    }

    /// The same two as part of the whole that their kind is numbered in.
    @inlinable
    public func named<Whole>(by numbering: Numbering<Kind, Whole>) -> VerifiedPair<Whole> {
        VerifiedPair<Whole>(a: numbering[a], b: numbering[b], overlap: overlap)
    }
}
