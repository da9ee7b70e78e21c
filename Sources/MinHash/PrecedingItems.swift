/// For each item, of the groups that it is in, the items before it.
///
/// Groups stand in the order of their first items: those that an item shares with one text, which is mostly the first
/// of all of them, lie together in memory and are read in a row.
struct PrecedingItems: Sendable {
    /// The last item of a group is marked: it comes before no other.
    private static let lastMark: UInt32 = 1 << 31

    /// One group behind the other, after an empty one.
    private var items: [UInt32]
    /// By item, where it stands in `items`, ascending; not as the first of a group, where nothing is before it.
    private var places: [UInt32]
    private var starts: [UInt32]

    /// O(items of all groups).
    init(_ groups: Buckets, itemCount: Int) {
        var next = [UInt32](repeating: 0, count: itemCount + 1)
        starts = next
        for group in 0..<groups.count {
            let range = groups[group]
            next[Int(groups.items[range.lowerBound]) + 1] += UInt32(range.count)
            for at in range.dropFirst() { starts[Int(groups.items[at]) + 1] += 1 }
        }
        next[0] = 1
        for item in 0..<itemCount {
            next[item + 1] += next[item]
            starts[item + 1] += starts[item]
        }
        items = Array(repeating: Self.lastMark, count: groups.items.count + 1)
        for group in 0..<groups.count {
            let range = groups[group]
            let first = Int(groups.items[range.lowerBound])
            var place = Int(next[first])
            next[first] += UInt32(range.count)
            for at in range.dropLast() {
                items[place] = groups.items[at]
                place += 1
            }
            items[place] = groups.items[range.upperBound - 1] | Self.lastMark
        }
        places = Array(repeating: 0, count: groups.items.count - groups.count)
        next = starts
        for place in items.indices.dropFirst() where items[place - 1] & Self.lastMark == 0 {
            let item = Int(items[place] & ~Self.lastMark)
            places[Int(next[item])] = UInt32(place)
            next[item] += 1
        }
    }

    /// Calls `body` for each group that holds the item behind others, with these, ascending.
    @inline(__always)
    func forEachList(of item: UInt32, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        items.withUnsafeBufferPointer { items in
            let places = places[Int(starts[Int(item)])..<Int(starts[Int(item) + 1])]
            // All are asked for before the first is needed, so that memory is waited for once and not for each.
            var least = UInt32.max
            for place in places { least = min(least, items[Int(place) - 1]) }
            guard least < .max else { return }
            for place in places {
                let end = Int(place)
                var start = end
                while items[start - 1] & Self.lastMark == 0 { start -= 1 }
                body(UnsafeBufferPointer(rebasing: items[start..<end]))
            }
        }
    }
}
