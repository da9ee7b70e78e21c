import Glibc

/// Gathers the sketches of some items in a row, on one worker.
public struct SketchBuilder: ~Copyable {
    /// Of items.
    public private(set) var count = 0
    private let banding: Banding
    private var capacity: Int
    /// Of each band, `capacity` keys.
    private var keys: [UInt32]
    private var bytes: [UInt8] = []

    /// - Parameter capacity: items that it holds before it grows.
    public init(banding: Banding, capacity: Int) {
        self.banding = banding
        self.capacity = max(1, capacity)
        keys = Array(repeating: 0, count: self.capacity * banding.bands)
        bytes.reserveCapacity(self.capacity * Signature.slotCount)
    }

    /// Adds an item by its signature; nil adds one that has none, and whose key and bytes say nothing. Amortised
    /// O(slots).
    public mutating func append(_ slots: UnsafePointer<UInt32>?) {
        if count == capacity { grow() }
        if let slots {
            keys.withUnsafeMutableBufferPointer {
                banding.writeKeys(of: slots, to: $0.baseAddress! + count, stride: capacity)
            }
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Signature.slotCount) {
                ByteSignature.write(slots, to: $0.baseAddress!)
                bytes.append(contentsOf: $0)
            }
        } else {
            bytes.append(contentsOf: repeatElement(0, count: Signature.slotCount))
        }
        count += 1
    }

    private mutating func grow() {
        var grown = [UInt32](repeating: 0, count: 2 * keys.count)
        for band in 0..<banding.bands {
            for item in 0..<count { grown[band * 2 * capacity + item] = keys[band * capacity + item] }
        }
        (keys, capacity) = (grown, 2 * capacity)
    }

    public consuming func finish() -> SketchSlab {
        SketchSlab(count: count, capacity: capacity, keys: keys, bytes: bytes)
    }
}

/// The sketches of some items in a row.
public final class SketchSlab: Sendable {
    /// Of items.
    public let count: Int
    private let capacity: Int
    private let keys: [UInt32]
    private let bytes: [UInt8]

    fileprivate init(count: Int, capacity: Int, keys: [UInt32], bytes: [UInt8]) {
        (self.count, self.capacity, self.keys, self.bytes) = (count, capacity, keys, bytes)
    }

    /// Lends a key for each item.
    func withKeys<Result>(band: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        keys.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[band * capacity..<band * capacity + count]))
        }
    }

    /// Lends the bytes of all items, `Signature.slotCount` for each.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer(body)
    }

    deinit {
        // Between blocks that are still held, what is freed would stay with the process, of no use for large arrays.
        keys.withUnsafeBytes(returnPages)
        bytes.withUnsafeBytes(returnPages)
    }
}

/// Gives the whole pages within a block that is about to be freed back to the system.
private func returnPages(of block: UnsafeRawBufferPointer) {
    let page = Int(getpagesize()), start = Int(bitPattern: block.baseAddress!)
    let first = (start + page - 1) / page * page, end = (start + block.count) / page * page
    if first < end { madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED) }
}
