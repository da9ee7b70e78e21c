/// How much of a bucket is compared.
public struct BucketLimits: Sendable, Equatable {
    /// Representatives that a bucket may hold. A frame that thousands of different pages share fills buckets with
    /// representatives; past this many a bucket is closed, and pairs of later items must meet in another.
    public var representatives = 256
    /// Items of a bucket of which all pairs are compared where these are asked for.
    public var pairs = 1024

    public init(representatives: Int = 256, pairs: Int = 1024) {
        (self.representatives, self.pairs) = (representatives, pairs)
    }
}
