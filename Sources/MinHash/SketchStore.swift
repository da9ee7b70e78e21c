public import Columns
import Tables

/// What is kept of the signatures of a growing collection: band keys and one byte a slot.
///
/// `4 · bands + 128` bytes an item, in slabs that never move, or in temporary files: one a band, and one for the bytes.
/// Fill a `SketchBuilder` on each worker, then put what they gather together.
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
        for band in 0..<banding.bands { slab.withKeys(band: band) { files!.keys[band].append(contentsOf: $0) } }
        slab.withBytes { files!.bytes.append(contentsOf: $0) }
    }

    /// Hands on the keys of all items in one band, some at a time, in their order.
    package func forEachKey(band: Int, _ body: (_ first: Int, UnsafeBufferPointer<UInt32>) -> Void) {
        if let files { return files.keys[band].forEachBlock(body) }
        for (slab, first) in zip(slabs, firsts) { slab.withKeys(band: band) { body(first, $0) } }
    }

    /// Adds the items of another; this one is in temporary files where that one is.
    package mutating func append(_ other: SketchStore) {
        precondition(other.banding == banding, "sketches of one kind")
        for slab in other.slabs { append(slab) }
        guard let theirs = other.files else { return }
        precondition(files != nil, "there is no memory for what was put away")
        for band in 0..<banding.bands {
            theirs.keys[band].forEachBlock { files!.keys[band].append(contentsOf: $1) }
        }
        theirs.bytes.forEachBlock { files!.bytes.append(contentsOf: $1) }
    }

    /// Items that agree in one band.
    ///
    /// - Parameter numbers: what each item is called in the buckets; `.none` leaves it out.
    /// - Complexity: O(count); 4 bytes an item on the way, and 16 for each whose key comes again.
    public func buckets(band: Int, numbers: [ItemNumber]) -> Buckets {
        precondition(numbers.count == count, "a number for each item")
        return Buckets(numbers: numbers) { forEachKey(band: band, $0) }
    }

    /// Lends the 128 bytes of an item's signature. O(log slabs).
    func withBytes<Result>(of item: Int, _ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        guard let files else {
            let slab = firsts.partitioningIndex { $0 > item } - 1
            let first = (item - firsts[slab]) * Signature.slotCount
            return slabs[slab].withBytes { body($0.baseAddress! + first) }
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Signature.slotCount) { bytes in
            let first = item * Signature.slotCount
            files.bytes.read(first..<first + Signature.slotCount, into: bytes.baseAddress!)
            return body(bytes.baseAddress!)
        }
    }
}

/// Compares byte signatures; for one worker.
public final class SignatureReader {
    private let store: SketchStore
    /// The item that others are compared with, and its bytes.
    private var held = -1
    private var bytes = [UInt8](repeating: 0, count: Signature.slotCount)

    public init(_ store: SketchStore) { self.store = store }

    /// Slots in which two items agree. Ask for the pairs of one `a` in a row.
    public func agreement(_ a: Int, _ b: Int) -> Int {
        if held != a {
            store.withBytes(of: a) { bytes = Array(UnsafeBufferPointer(start: $0, count: Signature.slotCount)) }
            held = a
        }
        return bytes.withUnsafeBufferPointer { bytes in
            store.withBytes(of: b) { ByteSignature.agreement(bytes.baseAddress!, $0) }
        }
    }
}
