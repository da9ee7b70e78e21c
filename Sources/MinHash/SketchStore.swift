/// What is kept of the signatures of a growing collection: band keys and one byte a slot.
///
/// `4 · bands + 128` bytes an item, in slabs that never move. Fill a `Slab` on each worker, then put them together.
public struct SketchStore: Sendable {
    public let banding: Banding
    private var slabs: [SketchSlab] = []
    /// Of each slab, the number of its first item; then of all items.
    private var firsts: [Int] = [0]

    public init(banding: Banding) { self.banding = banding }

    public var count: Int { firsts.last! }

    public mutating func append(_ slab: SketchSlab) {
        firsts.append(count + slab.count)
        slabs.append(slab)
    }

    /// The 128 bytes of an item's signature, valid as long as the store. O(log slabs).
    public func bytes(of item: Int) -> UnsafePointer<UInt8> {
        var low = 0, high = slabs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if firsts[middle] <= item { low = middle } else { high = middle }
        }
        return slabs[low].bytes(of: item - firsts[low])
    }

    /// Items that agree in one band.
    ///
    /// - Parameter numbers: what each item is called in the buckets; `UInt32.max` leaves it out.
    /// - Complexity: O(count); 18 bytes an item on the way.
    public func buckets(band: Int, numbers: [UInt32]) -> Buckets {
        precondition(numbers.count == count)
        let filter = RepeatFilter(count: count)
        forEachKey(band: band, numbers: numbers) { key, _ in filter.insert(key) }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { memory in
            var used = 0
            forEachKey(band: band, numbers: numbers) { key, number in
                memory[used] = UInt64(key) << 32 | UInt64(number)
                used += filter.mayRepeat(key) ? 1 : 0
            }
            return Buckets(
                packed: UnsafeMutableBufferPointer(rebasing: memory[..<used]),
                scratch: UnsafeMutableBufferPointer(rebasing: memory[used...]))
        }
    }

    @inline(__always)
    private func forEachKey(band: Int, numbers: [UInt32], _ body: (_ key: UInt32, _ number: UInt32) -> Void) {
        numbers.withUnsafeBufferPointer { numbers in
            for (slab, first) in zip(slabs, firsts) {
                let keys = slab.keys(band: band)
                for i in 0..<slab.count where numbers[first + i] != .max { body(keys[i], numbers[first + i]) }
            }
        }
    }
}

/// Tells the keys that may have come twice from those that came once for certain: most do, and need no sorting.
private final class RepeatFilter {
    private let shift: UInt32
    private let once: UnsafeMutableBufferPointer<UInt64>
    private let twice: UnsafeMutableBufferPointer<UInt64>

    /// Eight bits a key in each map: one single key in eight or fewer is taken for a repeat.
    init(count: Int) {
        let bits = min(32, max(6, Int.bitWidth - count.leadingZeroBitCount + 3))
        shift = UInt32(32 - bits)
        once = .allocate(capacity: 1 << (bits - 6))
        twice = .allocate(capacity: 1 << (bits - 6))
        once.initialize(repeating: 0)
        twice.initialize(repeating: 0)
    }

    @inline(__always)
    func insert(_ key: UInt32) {
        let (word, bit) = place(key)
        let held = once[word]
        once[word] = held | bit
        if held & bit != 0 { twice[word] |= bit }
    }

    @inline(__always)
    func mayRepeat(_ key: UInt32) -> Bool {
        let (word, bit) = place(key)
        return twice[word] & bit != 0
    }

    private func place(_ key: UInt32) -> (word: Int, bit: UInt64) {
        let place = key >> shift
        return (Int(place >> 6), 1 << UInt64(place & 63))
    }

    deinit {
        once.deallocate()
        twice.deallocate()
    }
}

/// The sketches of some items in a row: written by one worker, then only read.
public final class SketchSlab: @unchecked Sendable {
    public private(set) var count = 0
    private let banding: Banding
    private var capacity: Int
    /// Of each band, `capacity` keys.
    private var keys: UnsafeMutablePointer<UInt32>
    private var bytes: UnsafeMutablePointer<UInt8>

    /// - Parameter capacity: items that it holds before it grows.
    public init(banding: Banding, capacity: Int) {
        self.banding = banding
        self.capacity = max(1, capacity)
        keys = .allocate(capacity: self.capacity * banding.bands)
        bytes = .allocate(capacity: self.capacity * Signature.slotCount)
    }

    /// Adds an item by its signature; nil adds one that has none, and whose key and bytes say nothing.
    public func append(_ slots: UnsafePointer<UInt32>?) {
        if count == capacity { grow() }
        if let slots {
            banding.writeKeys(of: slots, to: keys + count, stride: capacity)
            ByteSignature.write(slots, to: bytes + count * Signature.slotCount)
        } else {
            for band in 0..<banding.bands { keys[band * capacity + count] = 0 }
            (bytes + count * Signature.slotCount).initialize(repeating: 0, count: Signature.slotCount)
        }
        count += 1
    }

    func keys(band: Int) -> UnsafePointer<UInt32> { UnsafePointer(keys + band * capacity) }
    func bytes(of item: Int) -> UnsafePointer<UInt8> { UnsafePointer(bytes + item * Signature.slotCount) }

    private func grow() {
        let grown = SketchSlab(banding: banding, capacity: capacity * 2)
        for band in 0..<banding.bands {
            (grown.keys + band * grown.capacity).update(from: keys + band * capacity, count: count)
        }
        grown.bytes.update(from: bytes, count: count * Signature.slotCount)
        swap(&keys, &grown.keys)
        swap(&bytes, &grown.bytes)
        swap(&capacity, &grown.capacity)
    }

    deinit {
        keys.deallocate()
        bytes.deallocate()
    }
}
