import MinHash
import Tables

/// The lists of an eighth of all keys, so that sorting them takes an eighth of the memory.
struct ShingleLists: Sendable {
    /// Of each key that several items have and that does not recur, these, as `ListMark` has it.
    private(set) var items: [UInt32] = []
    private(set) var recurring: [RecurringKeys.Entry] = []
    /// Items, once for each of their samples that is a repeat or recurs: what they have less than their samples say.
    private(set) var surplus: [UInt32] = []
    /// Of each key that nearly all items have, and that may be their frame, these.
    private(set) var framing: [[UInt32]] = []
    private var framingKeys: [UInt32] = []

    init() {}

    /// - Parameters:
    ///   - numbers: of each sample, its item.
    ///   - sources: of each item.
    ///   - ignored: keys that are in no list.
    init(
        _ samples: SamplePart, numbers: [ItemNumber], sources: [UInt32], ignored: Set<UInt32>,
        limits: SharedShingles.Limits
    ) {
        var packed = Self.repeated(samples, numbers)
        let count = packed.count
        guard count > 1 else { return }
        packed.withUnsafeMutableBufferPointer { packed in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { groupByKey(packed, scratch: $0) }
            split(packed, sources, ignored, limits)
        }
    }

    /// Takes the keys that nearly all items have for recurring, or for keys like others.
    mutating func settle(isFramed: Bool, sizes: inout [UInt32]) {
        for (key, var list) in zip(framingKeys, framing) {
            if isFramed {
                for item in list { sizes[Int(item)] -= 1 }
                let example = ItemNumber(rawValue: list.min()!)
                recurring.append(RecurringKeys.Entry(key: key, texts: UInt32(list.count), example: example))
            } else {
                list.sort()
                list[list.count - 1] |= ListMark.last
                items += list
            }
        }
        framing = []
    }

    /// `key << 32 | item` of the keys that may occur more than once: most do not, and to know that of a key is quicker
    /// than to sort it. A key that shares its place in the table with another may come along.
    private static func repeated(_ samples: SamplePart, _ numbers: [ItemNumber]) -> [UInt64] {
        var seen = RepeatFilter(count: samples.keyCount, placesPerKey: 2)
        var count = 0
        samples.forEachSample(numbers: numbers) { _, keys in
            for key in keys { count &+= seen.insert(key) }
        }
        // Of each key all but the first were counted, and each has at least two.
        return Array(unsafeUninitializedCapacity: min(samples.keyCount, 2 * count) + 1) { places, used in
            samples.forEachSample(numbers: numbers) { item, keys in
                // Written whether it is wanted or not: a branch that is taken at random costs more.
                for key in keys {
                    places[used] = UInt64(key) << 32 | UInt64(item.rawValue)
                    used &+= seen.mayRepeat(key)
                }
            }
        }
    }

    /// - Parameter grouped: in groups that each hold all there is of one key, and maybe of others; of each key in the
    ///   order of the documents.
    private mutating func split(
        _ grouped: UnsafeMutableBufferPointer<UInt64>, _ sources: [UInt32], _ ignored: Set<UInt32>,
        _ limits: SharedShingles.Limits
    ) {
        let leastFramed = limits.leastFramed(sources: sources) ?? .max
        var counter = ItemCounter()
        items = Array(unsafeUninitializedCapacity: grouped.count) { items, used in
            var start = 0
            while start < grouped.count {
                var end = start + 1
                while end < grouped.count, groupOfKey(grouped[end]) == groupOfKey(grouped[start]) { end += 1 }
                if end - start > 1 {
                    Self.sort(UnsafeMutableBufferPointer(rebasing: grouped[start..<end]))
                }
                while start < end {
                    var list = UnsafeMutableBufferPointer(rebasing: items[used...])
                    let key = UInt32(grouped[start] >> 32), (count, size) = distinct(grouped[start..<end], to: list)
                    start += size
                    list = UnsafeMutableBufferPointer(rebasing: list[..<count])
                    if !ignored.isEmpty, ignored.contains(key) {
                        surplus += list
                    } else if count > limits.texts
                        || count > limits.textsOfSource && counter.most(of: sources, in: list) > limits.textsOfSource
                    {
                        surplus += list
                        let example = ItemNumber(rawValue: list.min()!)
                        recurring.append(RecurringKeys.Entry(key: key, texts: UInt32(count), example: example))
                    } else if count >= leastFramed {
                        framingKeys.append(key)
                        framing.append(Array(list))
                    } else if count > 1 {
                        if size > Self.few { list.sort() }
                        list[count - 1] |= ListMark.last
                        used += count
                    }
                }
            }
        }
    }

    /// Writes the items of the first key, without repeats; returns how many, and with them.
    @inline(__always)
    private mutating func distinct(
        _ packed: Slice<UnsafeMutableBufferPointer<UInt64>>, to list: UnsafeMutableBufferPointer<UInt32>
    ) -> (count: Int, size: Int) {
        let key = packed.first! >> 32
        var count = 0, size = 0
        for packed in packed {
            guard packed >> 32 == key else { break }
            let item = UInt32(truncatingIfNeeded: packed)
            size += 1
            // The repeats of a document stand side by side, whether the list is sorted or not.
            if count > 0, list[count - 1] == item {
                surplus.append(item)
            } else {
                list[count] = item
                count += 1
            }
        }
        return (count, size)
    }

    private static let few = 32

    /// By insertion where few: most lists are of two or three. Many are mostly of one key, and of one that recurs:
    /// these need not be in order.
    private static func sort(_ group: UnsafeMutableBufferPointer<UInt64>) {
        var group = group
        guard group.count <= few else {
            if group.contains(where: { $0 >> 32 != group[0] >> 32 }) { group.sort() }
            return
        }
        for at in 1..<group.count {
            let item = group[at]
            var place = at
            while place > 0, group[place - 1] > item {
                group[place] = group[place - 1]
                place -= 1
            }
            group[place] = item
        }
    }
}

extension ItemCounter {
    /// How many of the items are of one source, at most. O(items).
    ///
    /// - Parameter sources: of each item, the number of its source, 0 for none.
    fileprivate mutating func most(of sources: [UInt32], in items: UnsafeMutableBufferPointer<UInt32>) -> UInt32 {
        for item in items where sources[Int(item)] > 0 { add(sources[Int(item)]) }
        var most: UInt32 = 0
        drain { _, count in most = max(most, count) }
        return most
    }
}
