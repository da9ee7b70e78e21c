/// Two items that share a bucket and have not been compared yet, `a < b`.
public struct CandidatePair: Hashable, Sendable {
    public var a, b: UInt32

    @inlinable
    public init(_ a: UInt32, _ b: UInt32) {
        self.a = a
        self.b = b
    }
}
