import Tables

/// Buckets from both sides: the items of a bucket, and the buckets of an item.
public struct BucketIndex: Sendable {
    public let buckets: Buckets
    private let memberships: Groups<UInt32>

    /// O(items of all buckets).
    public init(_ buckets: Buckets, itemCount: Int) {
        self.buckets = buckets
        memberships = Groups(count: itemCount) { place in
            for bucket in 0..<buckets.count {
                for at in buckets[bucket] { place(Int(buckets.items[at]), UInt32(bucket)) }
            }
        }
    }

    public var itemCount: Int { memberships.count }

    /// The buckets that hold an item, ascending.
    public func buckets(of item: UInt32) -> ArraySlice<UInt32> { memberships[Int(item)] }
}
