/// The lists of an eighth of all keys, so that sorting them takes an eighth of the memory.
struct ShingleLists: Sendable {
    var buckets = Buckets()
    var recurring: [RecurringKeys.Entry] = []

    init(
        _ number: Int, count: Int, _ samples: SampleStore, items: [UInt32], numbers: [UInt32], sources: [UInt32],
        limits: SharedShingles.Limits
    ) {
        let packed = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 2 * count + 1)
        defer { packed.deallocate() }
        samples.writeKeys(ofPart: number, numbers: numbers, to: packed)
        let lists = UnsafeMutableBufferPointer(rebasing: packed[..<count])
        guard count > 1 else { return }
        radixSortByKey(lists, scratch: UnsafeMutableBufferPointer(rebasing: packed[count..<2 * count]))
        split(lists, items: items, sources: sources, limits: limits)
    }

    private mutating func split(
        _ sorted: UnsafeMutableBufferPointer<UInt64>, items: [UInt32], sources: [UInt32], limits: SharedShingles.Limits
    ) {
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
            let list = Self.distinct(UnsafeMutableBufferPointer(rebasing: sorted[first..<end]))
            if list.count > limits.texts || Self.isOfOneSource(list, items, sources, limits) {
                recurring.append(
                    RecurringKeys.Entry(
                        key: UInt32(list[0] >> 32), texts: UInt32(list.count),
                        example: items[Int(UInt32(truncatingIfNeeded: list[0]))]))
            } else if list.count > 1 {
                buckets.append(packed: list)
            }
            first = end
        }
    }

    /// Sorted and without repeats, in place.
    private static func distinct(_ list: UnsafeMutableBufferPointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        guard list.count > 1 else { return UnsafeBufferPointer(list) }
        var list = list
        list.sort()
        var kept = 1
        for at in 1..<list.count where list[at] != list[kept - 1] {
            list[kept] = list[at]
            kept += 1
        }
        return UnsafeBufferPointer(rebasing: list[..<kept])
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
