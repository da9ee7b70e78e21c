public import Shingle

/// Two items, `a < b`, and the exact overlap of their shingle sets.
public struct VerifiedPair: Hashable, Sendable {
    public var a, b: UInt32
    public var overlap: SetOverlap

    public init(a: UInt32, b: UInt32, overlap: SetOverlap) {
        self.a = a
        self.b = b
        self.overlap = overlap
    }
}
