import Tables

/// The lists of an eighth of all keys, so that sorting them takes an eighth of the memory.
struct ShingleLists: Sendable {
    /// Of each key that several items have and that does not recur, these, as `ListMark` has it.
    private(set) var items: [UInt32] = []
    private(set) var recurring: [RecurringKeys.Entry] = []
    /// Items, once for each of their samples that is a repeat or recurs: what they have less than their samples say.
    private(set) var surplus: [UInt32] = []

    /// - Parameters:
    ///   - documents: of each item.
    ///   - numbers: of each document, its item.
    init(
        _ samples: SamplePart, documents: [UInt32], numbers: [UInt32], sources: [UInt32], limits: SharedShingles.Limits
    ) {
        var packed = Self.repeated(samples, numbers)
        let count = packed.count
        guard count > 1 else { return }
        packed.withUnsafeMutableBufferPointer { packed in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { groupByKey(packed, scratch: $0) }
            split(packed, documents, Sources(numbers: sources), limits)
        }
    }

    /// `key << 32 | item` of the keys that may occur more than once: most do not, and to know that of a key is quicker
    /// than to sort it. A key that shares its place in the table with another may come along.
    private static func repeated(_ samples: SamplePart, _ numbers: [UInt32]) -> [UInt64] {
        var seen = SeenTwice(capacity: samples.keyCount)
        var count = 0
        samples.forEachSample(numbers: numbers) { _, keys in
            for key in keys { count &+= seen.insert(key) }
        }
        // Of each key all but the first were counted, and each has at least two.
        return Array(unsafeUninitializedCapacity: min(samples.keyCount, 2 * count) + 1) { places, used in
            samples.forEachSample(numbers: numbers) { number, keys in
                // Written whether it is wanted or not: a branch that is taken at random costs more.
                for key in keys {
                    places[used] = UInt64(key) << 32 | UInt64(number)
                    used &+= seen.hasTwice(key)
                }
            }
        }
    }

    /// - Parameter grouped: in groups that each hold all there is of one key, and maybe of others; of each key in the
    ///   order of the documents.
    private mutating func split(
        _ grouped: UnsafeMutableBufferPointer<UInt64>, _ documents: [UInt32], _ sources: Sources,
        _ limits: SharedShingles.Limits
    ) {
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
                    if count > limits.texts || sources.haveOneIn(list, oftenerThan: limits.textsOfSource) {
                        surplus += list
                        let example = documents[Int(list.min()!)]
                        recurring.append(RecurringKeys.Entry(key: key, texts: UInt32(count), example: example))
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

/// Who published what.
private struct Sources {
    /// Of each item, the number of its source, 0 for none.
    let numbers: [UInt32]

    /// O(items).
    func haveOneIn(_ items: UnsafeMutableBufferPointer<UInt32>, oftenerThan most: Int) -> Bool {
        guard items.count > most else { return false }
        let capacity = 1 << (Int.bitWidth - (items.count * 2).leadingZeroBitCount)
        // `source << 32 | count` in open addressing.
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { slots in
            slots.initialize(repeating: 0)
            for item in items {
                let source = UInt64(numbers[Int(item)])
                guard source > 0 else { continue }
                var slot = Int(source) & (capacity - 1)
                while slots[slot] != 0, slots[slot] >> 32 != source { slot = (slot + 1) & (capacity - 1) }
                slots[slot] = source << 32 | (slots[slot] & 0xffff_ffff) + 1
                if Int(slots[slot] & 0xffff_ffff) > most { return true }
            }
            return false
        }
    }
}

/// Which keys were met more than once, about: two bits for each of at least two places a key.
private struct SeenTwice: ~Copyable {
    private let places: UnsafeMutablePointer<UInt8>
    private let mask: UInt32

    init(capacity: Int) {
        let count = 1 << (Int.bitWidth - (capacity * 2 | 63).leadingZeroBitCount)
        mask = UInt32(truncatingIfNeeded: min(count, 1 << 32) - 1)
        places = .allocate(capacity: count / 4)
        places.initialize(repeating: 0, count: count / 4)
    }

    deinit { places.deallocate() }

    /// Returns 1 where the place was taken, else 0.
    @inline(__always)
    mutating func insert(_ key: UInt32) -> Int {
        let place = key & mask, shift = (place & 3) &* 2
        let bits = UInt32(places[Int(place &>> 2)])
        let isTaken = bits &>> shift & 1
        places[Int(place &>> 2)] = UInt8(truncatingIfNeeded: bits | (1 | isTaken &<< 1) &<< shift)
        return Int(isTaken)
    }

    /// 1 or 0: as a number, since of a condition the compiler makes a branch.
    @inline(__always)
    func hasTwice(_ key: UInt32) -> Int {
        let place = key & mask
        return Int(places[Int(place &>> 2)]) &>> Int((place & 3) &* 2 &+ 1) & 1
    }
}
