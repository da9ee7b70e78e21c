/// Groups of items that have a key in common, each group with its items ascending.
///
/// Groups of one are not kept: most documents of a dump resemble no other.
public struct Buckets: Sendable {
    /// Items of all groups, one group behind the other.
    public private(set) var items: [UInt32] = []
    /// Where each group starts in `items`, and the end of the last.
    public private(set) var starts: [UInt32] = [0]

    public init() {}

    public var count: Int { starts.count - 1 }

    /// Positions in `items` of a group.
    public subscript(group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

    /// Groups `0..<count` by their keys. O(count); 16 bytes an item on the way.
    public init(count: Int, key: (Int) -> UInt32) {
        self.init()
        guard count > 1 else { return }
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { memory in
            let sorted = UnsafeMutableBufferPointer(rebasing: memory[..<count])
            for i in 0..<count { sorted[i] = UInt64(key(i)) << 32 | UInt64(UInt32(i)) }
            radixSortByKey(sorted, scratch: UnsafeMutableBufferPointer(rebasing: memory[count...]))
            var first = 0
            while first < count {
                var end = first + 1
                while end < count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
                if end - first > 1 {
                    for i in first..<end { items.append(UInt32(truncatingIfNeeded: sorted[i])) }
                    starts.append(UInt32(items.count))
                }
                first = end
            }
        }
    }

    /// Appends the groups of another.
    public mutating func append(_ other: Buckets) {
        let base = UInt32(items.count)
        items += other.items
        starts += other.starts.dropFirst().map { $0 + base }
    }
}
