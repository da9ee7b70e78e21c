public import Columns
import MinHash

/// The samples of some documents in a row.
public struct SampleSlab: Sendable {
    let parts: [SamplePart.Block]
    let count: Int
}

/// The samples of all documents, in memory or in temporary files: 4 bytes for each sampled shingle and 8 for the
/// document.
///
/// Kept apart by the first bits of their keys, so that an index can be made of one part of all keys after the other,
/// and each part dropped when it has been read.
public struct SampleStore: Sendable {
    private var parts = [SamplePart](repeating: SamplePart(), count: SamplePart.count)
    /// Documents.
    public private(set) var count = 0

    public init() {}

    public mutating func append(_ slab: SampleSlab) {
        count += slab.count
        for part in parts.indices { parts[part].append(slab.parts[part]) }
    }

    /// Moves what there is and all that will come to temporary files.
    public mutating func spill(to folder: SpillFolder) {
        for part in parts.indices { parts[part].spill(to: folder) }
    }

    /// Parts that all keys are in by their first bits, ascending.
    package static var partCount: Int { SamplePart.count }

    /// Calls `body` with each document and its keys of a part, repeats included.
    package func forEachSample(inPart part: Int, _ body: (_ document: Int, UnsafeBufferPointer<UInt32>) -> Void) {
        parts[part].forEachSample(numbers: (0..<count).map { ItemNumber($0) }) { body($0.index, $1) }
    }

    /// Adds the documents of another.
    package mutating func append(_ other: SampleStore) {
        count += other.count
        for part in parts.indices { parts[part].append(other.parts[part]) }
    }

    /// Takes keys out of all samples. Brings them to memory.
    package mutating func remove(_ keys: RecurringKeys) {
        for part in parts.indices { parts[part] = parts[part].without(keys) }
    }

    /// Hands over all parts; the store is empty then.
    mutating func take() -> [SamplePart] {
        defer { self = SampleStore() }
        return parts
    }
}

/// An eighth of all keys.
struct SamplePart: Sendable {
    private static let bits = 3
    static let count = 1 << bits
    static func number(of key: UInt32) -> Int { Int(truncatingIfNeeded: key &>> UInt32(32 - bits)) }

    struct Block: Sendable {
        /// Of one document after the other.
        var keys: [UInt32] = []
        /// How many of them each has.
        var sizes: [UInt8] = []
    }

    private struct File: Sendable {
        var keys = Column<UInt32>()
        var sizes = Column<UInt8>()
        /// Of each block.
        var counts: [(keys: Int, sizes: Int)] = []
    }

    private(set) var keyCount = 0
    private var blocks: [Block] = []
    private var file: File?

    mutating func append(_ block: Block) {
        keyCount += block.keys.count
        guard file != nil else { return blocks.append(block) }
        file!.keys.append(contentsOf: block.keys)
        file!.sizes.append(contentsOf: block.sizes)
        file!.counts.append((block.keys.count, block.sizes.count))
    }

    /// Adds the blocks of another.
    mutating func append(_ other: SamplePart) { other.forEachBlock { append($0) } }

    func without(_ keys: RecurringKeys) -> SamplePart {
        var rest = SamplePart()
        forEachBlock { block in
            var kept = Block(), start = 0
            kept.keys.reserveCapacity(block.keys.count)
            block.forEachSize { size in
                let before = kept.keys.count
                for key in block.keys[start..<start + size] where !keys.contains(key) { kept.keys.append(key) }
                Self.appendSize(kept.keys.count - before, to: &kept.sizes)
                start += size
            }
            rest.append(kept)
        }
        return rest
    }

    mutating func spill(to folder: SpillFolder) {
        guard file == nil else { return }
        file = File()
        file!.keys.spill(to: folder)
        file!.sizes.spill(to: folder)
        let held = blocks
        blocks = []
        keyCount = 0
        for block in held { append(block) }
    }

    /// A size is written as the sum of bytes of which only the last is not 255: most texts need one.
    static func appendSize(_ size: Int, to sizes: inout [UInt8]) {
        var left = size
        while left >= 255 {
            sizes.append(255)
            left -= 255
        }
        sizes.append(UInt8(left))
    }

    /// Calls `body` with each document that has a number, and its keys, repeats included.
    ///
    /// - Parameter numbers: what each document is called; `.none` leaves it out.
    @inline(__always)
    func forEachSample(numbers: [ItemNumber], _ body: (_ item: ItemNumber, UnsafeBufferPointer<UInt32>) -> Void) {
        var document = 0
        forEachBlock { block in
            block.keys.withUnsafeBufferPointer { keys in
                var start = 0
                block.forEachSize { size in
                    let number = numbers[document]
                    if number != .none { body(number, UnsafeBufferPointer(rebasing: keys[start..<start + size])) }
                    start &+= size
                    document &+= 1
                }
            }
        }
    }

    /// Adds the number of its keys to each numbered document.
    func addSizes(to sizes: inout [UInt32], numbers: [ItemNumber]) {
        var document = 0
        forEachBlock(readsKeys: false) { block in
            block.forEachSize { size in
                let number = numbers[document]
                if number != .none { sizes[number.index] += UInt32(size) }
                document += 1
            }
        }
    }

    @inline(__always)
    private func forEachBlock(readsKeys: Bool = true, _ body: (Block) -> Void) {
        guard let file else {
            for block in blocks { body(block) }
            return
        }
        var block = Block(), firstKey = 0, firstSize = 0
        for (keys, sizes) in file.counts {
            if readsKeys { block.keys = file.keys.values(firstKey..<firstKey + keys) }
            block.sizes = file.sizes.values(firstSize..<firstSize + sizes)
            body(block)
            firstKey += keys
            firstSize += sizes
        }
    }
}

extension SamplePart.Block {
    @inline(__always)
    fileprivate func forEachSize(_ body: (Int) -> Void) {
        sizes.withUnsafeBufferPointer { sizes in
            var size = 0
            for byte in sizes {
                size &+= Int(byte)
                guard byte < 255 else { continue }
                body(size)
                size = 0
            }
        }
    }
}

extension Column {
    fileprivate func values(_ range: Range<Int>) -> [Element] {
        Array(unsafeUninitializedCapacity: range.count) { target, count in
            if !range.isEmpty { read(range, into: target.baseAddress!) }
            count = range.count
        }
    }
}
