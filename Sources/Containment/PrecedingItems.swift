import CDedupKernels
import Tables

/// For each item, of the groups that it is in, the items before it.
///
/// Groups stand in the order of their first items: those that an item shares with one text, which is mostly the first
/// of all of them, lie together in memory and are read in a row.
struct PrecedingItems: Sendable {
    /// One group behind the other, after an empty one.
    private let items: [UInt32]
    /// By item, where it stands in `items`, ascending; not as the first of a group, where nothing is before it.
    private let places: Groups<UInt32>

    /// - Parameters:
    ///   - lists: calls its argument with lists of groups, as `ListMark` has them, each group of at least two items,
    ///     ascending; called twice, and no list is asked for again after the second time.
    /// - Complexity: O(items of all groups).
    init(itemCount: Int, lists: (_ isLastTime: Bool, _ body: ([UInt32]) -> Void) -> Void) {
        // The empty group goes first.
        var sizes = GroupSizes(count: itemCount + 1)
        sizes.add(1, to: 0)
        lists(false) { ListMark.forEachGroup(of: $0) { sizes.add($0.count, to: Int($0[0]) + 1) } }
        var starts = sizes.places()
        let items = [UInt32](unsafeUninitializedCapacity: starts.total) { items, count in
            items[0] = ListMark.last
            lists(true) { list in
                ListMark.forEachGroup(of: list) { group in
                    let place = starts.next(of: Int(group[0]) + 1, size: group.count)
                    (items.baseAddress! + place).initialize(from: group.baseAddress!, count: group.count)
                }
            }
            count = starts.total
        }
        places = Groups(count: itemCount) { body in
            for place in 1..<max(1, items.count) where items[place - 1] & ListMark.last == 0 {
                body(Int(items[place] & ~ListMark.last), UInt32(place))
            }
        }
        self.items = items
    }

    /// Asks for the groups of an item that will be looked at soon.
    func prefetch(_ item: Int) {
        guard item < places.count else { return }
        items.withUnsafeBufferPointer { items in
            for place in places[item] { ddk_prefetch(items.baseAddress! + Int(place) - 1) }
        }
    }

    /// Calls `body` for each group that holds the item behind others, with these, ascending.
    @inline(__always)
    func forEachList(of item: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        items.withUnsafeBufferPointer { items in
            places[item].withUnsafeBufferPointer { places in
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
