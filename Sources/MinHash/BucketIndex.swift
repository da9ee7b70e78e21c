/// Buckets from both sides: the items of a bucket, and the buckets of an item.
public struct BucketIndex: Sendable {
    public let buckets: Buckets
    public let itemCount: Int
    private var memberships: [UInt32]
    private var starts: [UInt32]

    /// O(items of all buckets).
    public init(_ buckets: Buckets, itemCount: Int) {
        self.buckets = buckets
        self.itemCount = itemCount
        starts = Array(repeating: 0, count: itemCount + 1)
        for item in buckets.items { starts[Int(item) + 1] += 1 }
        for item in 0..<itemCount { starts[item + 1] += starts[item] }
        var next = starts
        memberships = Array(repeating: 0, count: buckets.items.count)
        for bucket in 0..<buckets.count {
            for at in buckets[bucket] {
                let item = Int(buckets.items[at])
                memberships[Int(next[item])] = UInt32(bucket)
                next[item] += 1
            }
        }
    }

    /// The buckets that hold an item, ascending.
    public func buckets(of item: UInt32) -> ArraySlice<UInt32> {
        memberships[Int(starts[Int(item)])..<Int(starts[Int(item) + 1])]
    }
}
