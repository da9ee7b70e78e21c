public import Columns

/// What is kept of the signatures of a growing collection: band keys and one byte a slot.
///
/// `4 · bands + 128` bytes an item, in slabs that never move, or in temporary files: one a band, and one for the bytes.
/// Fill a `Slab` on each worker, then put them together.
public struct SketchStore: Sendable {
    public let banding: Banding
    private var slabs: [SketchSlab] = []
    /// Of each slab, the number of its first item; then of all items.
    private var firsts: [Int] = [0]
    private var files: Files?

    private struct Files: Sendable {
        /// Of each band.
        var keys: [Column<UInt32>]
        var bytes = Column<UInt8>()
    }

    public init(banding: Banding) { self.banding = banding }

    public var count: Int { files.map { $0.bytes.count / Signature.slotCount } ?? firsts.last! }

    public mutating func append(_ slab: SketchSlab) {
        if files != nil { return write(slab) }
        firsts.append(count + slab.count)
        slabs.append(slab)
    }

    /// Moves what there is and all that will come to temporary files.
    public mutating func spill(to folder: SpillFolder) {
        guard files == nil else { return }
        files = Files(keys: Array(repeating: Column(), count: banding.bands))
        for band in 0..<banding.bands { files!.keys[band].spill(to: folder) }
        files!.bytes.spill(to: folder)
        for slab in slabs { write(slab) }
        slabs = []
        firsts = [0]
    }

    private mutating func write(_ slab: SketchSlab) {
        for band in 0..<banding.bands {
            files!.keys[band].append(contentsOf: UnsafeBufferPointer(start: slab.keys(band: band), count: slab.count))
        }
        files!.bytes.append(
            contentsOf: UnsafeBufferPointer(start: slab.bytes(of: 0), count: slab.count * Signature.slotCount))
    }

    /// Items that agree in one band.
    ///
    /// - Parameter numbers: what each item is called in the buckets; `UInt32.max` leaves it out.
    /// - Complexity: O(count); 4 bytes an item on the way, and 16 for each whose key comes again.
    public func buckets(band: Int, numbers: [UInt32]) -> Buckets {
        precondition(numbers.count == count)
        return Buckets(numbers: numbers) { body in
            if let files { return files.keys[band].forEachBlock(body) }
            for (slab, first) in zip(slabs, firsts) {
                body(first, UnsafeBufferPointer(start: slab.keys(band: band), count: slab.count))
            }
        }
    }

    /// Lends the 128 bytes of an item's signature, from `scratch` where they do not lie in memory. O(log slabs).
    @inline(__always)
    fileprivate func bytes(of item: Int, scratch: UnsafeMutablePointer<UInt8>) -> UnsafePointer<UInt8> {
        if let files {
            let first = item * Signature.slotCount
            files.bytes.read(first..<first + Signature.slotCount, into: scratch)
            return UnsafePointer(scratch)
        }
        var low = 0, high = slabs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if firsts[middle] <= item { low = middle } else { high = middle }
        }
        return slabs[low].bytes(of: item - firsts[low])
    }
}

/// Compares byte signatures; for one worker.
public final class SignatureReader {
    private let store: SketchStore
    private let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * Signature.slotCount)
    private var held: (item: Int, bytes: UnsafePointer<UInt8>)?

    public init(_ store: SketchStore) { self.store = store }

    deinit { scratch.deallocate() }

    /// The 128 bytes of an item's signature, valid until the next call.
    public func bytes(of item: Int) -> UnsafePointer<UInt8> {
        store.bytes(of: item, scratch: scratch + Signature.slotCount)
    }

    /// Slots in which two items agree. Ask for the pairs of one `a` in a row.
    public func agreement(_ a: Int, _ b: Int) -> Int {
        if held?.item != a { held = (a, store.bytes(of: a, scratch: scratch)) }
        return ByteSignature.agreement(held!.bytes, bytes(of: b))
    }
}
