import CDedupKernels

/// For each item, of the groups that it is in, the items before it.
///
/// Groups stand in the order of their first items: those that an item shares with one text, which is mostly the first
/// of all of them, lie together in memory and are read in a row.
struct PrecedingItems: Sendable {
    /// One group behind the other, after an empty one.
    private let items: [UInt32]
    /// By item, where it stands in `items`, ascending; not as the first of a group, where nothing is before it.
    private let places: [UInt32]
    private let starts: [UInt32]

    /// - Parameters:
    ///   - lists: calls its argument with lists of groups, as `ListMark` has them, each group of at least two items,
    ///     ascending; called twice, and no list is asked for again after the second time.
    /// - Complexity: O(items of all groups).
    init(itemCount: Int, lists: (_ isLastTime: Bool, _ body: ([UInt32]) -> Void) -> Void) {
        var ends = [UInt32](repeating: 0, count: itemCount + 1)
        var starts = ends, total = 1
        lists(false) { list in
            total += list.count
            Self.count(list, byFirst: &ends, byOther: &starts)
        }
        ends[0] = 1
        for item in 0..<itemCount {
            ends[item + 1] += ends[item]
            starts[item + 1] += starts[item]
        }
        items = Array(unsafeUninitializedCapacity: total) { items, count in
            items[0] = ListMark.last
            lists(true) { Self.write($0, to: items.baseAddress!, at: &ends) }
            count = total
        }
        places = Self.places(in: items, starts: starts)
        self.starts = starts
    }

    /// Adds to the number behind each item: of places in groups that it is the first of, and of groups that it is in
    /// behind others.
    private static func count(_ list: [UInt32], byFirst sizes: inout [UInt32], byOther followers: inout [UInt32]) {
        sizes.withUnsafeMutableBufferPointer { sizes in
            followers.withUnsafeMutableBufferPointer { followers in
                ListMark.forEachGroup(of: list) { group in
                    sizes[Int(group[0]) + 1] += UInt32(group.count)
                    for item in group.dropFirst() { followers[Int(item & ~ListMark.last) + 1] += 1 }
                }
            }
        }
    }

    /// - Parameter next: by first item, where its next group goes.
    private static func write(_ list: [UInt32], to items: UnsafeMutablePointer<UInt32>, at next: inout [UInt32]) {
        next.withUnsafeMutableBufferPointer { next in
            ListMark.forEachGroup(of: list) { group in
                let first = Int(group[0])
                (items + Int(next[first])).initialize(from: group.baseAddress!, count: group.count)
                next[first] += UInt32(group.count)
            }
        }
    }

    private static func places(in items: [UInt32], starts: [UInt32]) -> [UInt32] {
        let total = Int(starts.last!)
        var next = starts
        return Array(unsafeUninitializedCapacity: total) { places, count in
            next.withUnsafeMutableBufferPointer { next in
                items.withUnsafeBufferPointer { items in
                    for place in 1..<max(1, items.count) where items[place - 1] & ListMark.last == 0 {
                        let item = Int(items[place] & ~ListMark.last)
                        places[Int(next[item])] = UInt32(place)
                        next[item] += 1
                    }
                }
            }
            count = total
        }
    }

    /// Asks for the groups of an item that will be looked at soon.
    func prefetch(_ item: UInt32) {
        guard item + 1 < starts.count else { return }
        items.withUnsafeBufferPointer { items in
            for at in starts[Int(item)]..<starts[Int(item) + 1] {
                ddk_prefetch(items.baseAddress! + Int(places[Int(at)]) - 1)
            }
        }
    }

    /// Calls `body` for each group that holds the item behind others, with these, ascending.
    @inline(__always)
    func forEachList(of item: UInt32, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        items.withUnsafeBufferPointer { items in
            places.withUnsafeBufferPointer { places in
                let places = places[Int(starts[Int(item)])..<Int(starts[Int(item) + 1])]
                // All are asked for before the first is needed, so that memory is waited for once and not for each.
                var least = UInt32.max
                for place in places { least = min(least, items[Int(place) - 1]) }
                guard least < .max else { return }
                for place in places {
                    let end = Int(place)
                    var start = end
                    while items[start - 1] & ListMark.last == 0 { start -= 1 }
                    body(UnsafeBufferPointer(rebasing: items[start..<end]))
                }
            }
        }
    }
}

/// Groups of items one behind the other in a list, the last item of each marked.
enum ListMark {
    static let last: UInt32 = 1 << 31

    @inline(__always)
    static func forEachGroup(of list: [UInt32], _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        list.withUnsafeBufferPointer { list in
            var start = 0
            while start < list.count {
                var end = start
                while list[end] & last == 0 { end += 1 }
                body(UnsafeBufferPointer(rebasing: list[start...end]))
                start = end + 1
            }
        }
    }
}
