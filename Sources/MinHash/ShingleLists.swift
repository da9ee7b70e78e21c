/// The lists of an eighth of all keys, so that sorting them takes an eighth of the memory.
struct ShingleLists: Sendable {
    var buckets = Buckets()
    var recurring: [RecurringKeys.Entry] = []

    /// Items, once for each of their samples that is a repeat or recurs: what they have less than their samples say.
    var surplus: [UInt32] = []

    init(
        _ part: Int, _ samples: SampleStore, items: [UInt32], numbers: [UInt32], sources: [UInt32],
        limits: SharedShingles.Limits
    ) {
        var packed = Self.repeated(part, samples, numbers)
        let count = packed.count
        guard count > 1 else { return }
        packed.withUnsafeMutableBufferPointer { lists in
            let scratch = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
            radixSortByKey(lists, scratch: scratch)
            scratch.deallocate()
            split(lists, items: items, sources: sources, limits: limits)
        }
    }

    /// `key << 32 | item` of the keys that may occur more than once: most do not, and to know that of a key is quicker
    /// than to sort it. A key that shares its place in the table with another may come along.
    private static func repeated(_ part: Int, _ samples: SampleStore, _ numbers: [UInt32]) -> [UInt64] {
        var total = 0
        samples.forEachKeys(ofPart: part) { total += $0.count }
        var seen = SeenTwice(capacity: total)
        var count = 0
        samples.forEachKeys(ofPart: part) { keys in
            for key in keys { count &+= seen.insert(key) }
        }
        // Of each key all but the first were counted, and each has at least two.
        return Array(unsafeUninitializedCapacity: min(total, 2 * count) + 1) { places, used in
            samples.forEachSample(ofPart: part, numbers: numbers) { number, keys in
                // Written whether it is wanted or not: a branch that is taken at random costs more.
                for key in keys {
                    places[used] = UInt64(key) << 32 | UInt64(number)
                    used &+= seen.hasTwice(key)
                }
            }
        }
    }

    private mutating func split(
        _ sorted: UnsafeMutableBufferPointer<UInt64>, items: [UInt32], sources: [UInt32], limits: SharedShingles.Limits
    ) {
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
            defer { first = end }
            guard end - first > 1 else { continue }
            let list = distinct(UnsafeMutableBufferPointer(rebasing: sorted[first..<end]))
            if list.count > limits.texts || Self.isOfOneSource(list, items, sources, limits) {
                recurring.append(
                    RecurringKeys.Entry(
                        key: UInt32(list[0] >> 32), texts: UInt32(list.count),
                        example: items[Int(UInt32(truncatingIfNeeded: list[0]))]))
                for packed in list { surplus.append(UInt32(truncatingIfNeeded: packed)) }
            } else if list.count > 1 {
                buckets.append(packed: list)
            }
        }
    }

    /// Sorted and without repeats, in place.
    private mutating func distinct(_ list: UnsafeMutableBufferPointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        Self.sort(list)
        var kept = 1
        for at in 1..<list.count {
            if list[at] == list[kept - 1] {
                surplus.append(UInt32(truncatingIfNeeded: list[at]))
            } else {
                list[kept] = list[at]
                kept += 1
            }
        }
        return UnsafeBufferPointer(rebasing: list[..<kept])
    }

    /// By insertion where few: most lists are of two or three.
    private static func sort(_ list: UnsafeMutableBufferPointer<UInt64>) {
        var list = list
        guard list.count <= 32 else { return list.sort() }
        for at in 1..<list.count {
            let item = list[at]
            var place = at
            while place > 0, list[place - 1] > item {
                list[place] = list[place - 1]
                place -= 1
            }
            list[place] = item
        }
    }

    private static func isOfOneSource(
        _ list: UnsafeBufferPointer<UInt64>, _ items: [UInt32], _ sources: [UInt32], _ limits: SharedShingles.Limits
    ) -> Bool {
        guard list.count > limits.textsOfSource else { return false }
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: list.count) { memory in
            var found = memory
            for (at, packed) in list.enumerated() {
                found[at] = sources[Int(items[Int(UInt32(truncatingIfNeeded: packed))])]
            }
            found.sort()
            let apart = limits.textsOfSource
            return (apart..<found.count).contains { found[$0] != 0 && found[$0] == found[$0 - apart] }
        }
    }
}

/// One place for each part; each is written by one thread only.
final class ShingleListParts: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<ShingleLists?>

    init(count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: nil)
    }

    subscript(part: Int) -> ShingleLists? {
        get { places[part] }
        set { places[part] = newValue }
    }

    deinit {
        places.deinitialize()
        places.deallocate()
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
