public import Tables

/// Buckets from both sides: the items of a bucket, and the buckets of an item.
public struct BucketIndex: Sendable {
    public let buckets: Buckets
    private let memberships: Groups<BucketNumber>

    /// O(items of all buckets).
    public init(_ buckets: Buckets, itemCount: Int) {
        self.buckets = buckets
        memberships = Groups(count: itemCount) { place in
            for bucket in 0..<buckets.count {
                for at in buckets[bucket] { place(buckets.items[at].index, BucketNumber(bucket)) }
            }
        }
    }

    /// The same of its first items alone. O(items of all buckets).
    public func first(_ count: Int) -> BucketIndex { BucketIndex(buckets.first(count), itemCount: count) }

    public var itemCount: Int { memberships.count }

    /// The buckets that hold an item, ascending.
    public func buckets(of item: ItemNumber) -> ArraySlice<BucketNumber> { memberships[item.index] }
}
