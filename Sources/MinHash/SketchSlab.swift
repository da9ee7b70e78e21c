import Glibc

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
        // Between blocks that are still held, what is freed would stay with the process, of no use for large arrays.
        returnPages(of: UnsafeRawBufferPointer(start: keys, count: capacity * banding.bands * 4))
        returnPages(of: UnsafeRawBufferPointer(start: bytes, count: capacity * Signature.slotCount))
        keys.deallocate()
        bytes.deallocate()
    }
}

/// Gives the whole pages within a block that is about to be freed back to the system.
private func returnPages(of block: UnsafeRawBufferPointer) {
    let page = Int(getpagesize()), start = Int(bitPattern: block.baseAddress!)
    let first = (start + page - 1) / page * page, end = (start + block.count) / page * page
    if first < end { madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED) }
}
