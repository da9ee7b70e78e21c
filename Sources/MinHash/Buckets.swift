public import Tables

/// Groups of items that have a key in common, each group with its items ascending.
///
/// Groups of one are not kept: most documents of a dump resemble no other.
public struct Buckets: Sendable {
    /// Items of all groups, one group behind the other.
    public private(set) var items: [ItemNumber] = []
    /// Where each group starts in `items`, and the end of the last.
    public private(set) var starts: [UInt32] = [0]

    public init() {}

    public var count: Int { starts.count - 1 }

    /// Positions in `items` of a group.
    public subscript(group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }

    /// Groups `0..<count` by their keys. O(count); 16 bytes an item on the way.
    public init(count: Int, key: (Int) -> UInt32) {
        self = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { memory in
            for i in 0..<count { memory[i] = UInt64(key(i)) << 32 | UInt64(UInt32(i)) }
            return Buckets(
                packed: UnsafeMutableBufferPointer(rebasing: memory[..<count]),
                scratch: UnsafeMutableBufferPointer(rebasing: memory[count...]))
        }
    }

    /// Groups items by keys that come in blocks.
    ///
    /// - Parameters:
    ///   - numbers: what each is called; `.none` leaves it out.
    ///   - forEachBlock: hands on all keys, the first of each block with the index of its item; called twice.
    /// - Complexity: O(items); 4 bytes an item on the way, and 16 for each whose key comes again.
    public init(
        numbers: [ItemNumber], forEachBlock: (_ body: (_ first: Int, UnsafeBufferPointer<UInt32>) -> Void) -> Void
    ) {
        var filter = RepeatFilter(count: numbers.count, placesPerKey: 8)
        self = numbers.withUnsafeBufferPointer { numbers in
            var repeats = 0
            forEachBlock { first, keys in
                for i in keys.indices where numbers[first + i] != .none {
                    repeats += filter.insert(keys[i])
                }
            }
            // Twice at most: each key that has come before, and the one that came first.
            return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 4 * repeats) { memory in
                var used = 0
                forEachBlock { first, keys in
                    for i in keys.indices where numbers[first + i] != .none {
                        guard filter.mayRepeat(keys[i]) != 0 else { continue }
                        memory[used] = UInt64(keys[i]) << 32 | UInt64(numbers[first + i].rawValue)
                        used += 1
                    }
                }
                return Buckets(
                    packed: UnsafeMutableBufferPointer(rebasing: memory[..<used]),
                    scratch: UnsafeMutableBufferPointer(rebasing: memory[used...]))
            }
        }
    }

    /// - Parameters:
    ///   - packed: `key << 32 | item`, in any order; left in disorder.
    ///   - scratch: as many more.
    init(packed: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>) {
        self.init()
        guard packed.count > 1 else { return }
        radixSortByKey(packed, scratch: scratch)
        var first = 0
        while first < packed.count {
            var end = first + 1
            while end < packed.count, packed[end] >> 32 == packed[first] >> 32 { end += 1 }
            if end - first > 1 {
                packed[first..<end].sort()
                for i in first..<end { items.append(ItemNumber(rawValue: UInt32(truncatingIfNeeded: packed[i]))) }
                starts.append(UInt32(items.count))
            }
            first = end
        }
    }

    /// Makes room for groups to come.
    public mutating func reserve(items: Int, groups: Int) {
        self.items.reserveCapacity(items)
        starts.reserveCapacity(groups + 1)
    }

    /// Renames the items.
    public mutating func rename(_ name: (ItemNumber) -> ItemNumber) {
        for at in items.indices { items[at] = name(items[at]) }
    }

    /// Appends the groups of another.
    public mutating func append(_ other: Buckets) {
        let base = UInt32(items.count)
        items += other.items
        starts += other.starts.dropFirst().map { $0 + base }
    }

    /// What is left of the groups where only the first so many items are looked at.
    public func first(_ count: Int) -> Buckets {
        var part = Buckets()
        for group in 0..<self.count {
            let few = items[self[group]].prefix { $0.index < count }
            guard few.count > 1 else { continue }
            part.items += few
            part.starts.append(UInt32(part.items.count))
        }
        return part
    }
}
