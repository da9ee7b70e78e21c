import Columns

/// Every document's id, in input order, each different from all others. Takes its bytes and 8 more a document, in
/// memory or in temporary files.
///
/// A JSON record without an id is called `file:line`; a text file by its name without extension, or by its path where
/// that name is not its alone. The second document with an id becomes `id#2`, the third `id#3`, and so on, passing over
/// what is an id in its own right. `IdentifierBuilder` makes them.
public struct Identifiers: Sendable {
    /// A document whose id was somebody else's.
    public struct Duplicate: Sendable, Equatable {
        public var document: DocumentNumber
        public var id: String
        public var renamed: String
        public var path: String
        /// 0 for a text file.
        public var line: Int
    }

    public internal(set) var duplicateCount = 0
    /// The first few, for a notice.
    public internal(set) var duplicates: [Duplicate] = []

    static let duplicatesKept = 3

    var bytes = Column<UInt8>()
    /// Offset in `bytes`, 48 bits, and length, 16 bits.
    var slots = Column<UInt64>()

    package init() {}

    public var count: Int { slots.count }

    public subscript(document: DocumentNumber) -> String {
        unsafe withBytes(of: document) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The id as valid UTF-8.
    public func withBytes<R>(of document: DocumentNumber, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows
        -> R
    {
        let range = Self.range(slots[document.index])
        if let bytes = bytes.inMemory {
            return try unsafe bytes.withUnsafeBufferPointer {
                try unsafe body(UnsafeBufferPointer(rebasing: $0[range]))
            }
        }
        return try unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { id in
            if let base = id.baseAddress { unsafe bytes.read(range, into: base) }
            return try unsafe body(UnsafeBufferPointer(id))
        }
    }

    /// Lends the bytes of every id: what to use in a loop over documents. Bytes are valid until the call after the next.
    ///
    /// - Parameter start: the document with which a walk through documents in order begins; others may be asked for in
    ///   between.
    public func withAll<R, E: Error>(
        from start: Int = 0, _ body: ((DocumentNumber) -> UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        guard let bytes = bytes.inMemory, let slots = slots.inMemory else {
            let window = IdentifierWindow(self, from: start)
            return try unsafe body { unsafe window.id(of: $0.index) }
        }
        return try unsafe bytes.withUnsafeBufferPointer { bytes throws(E) in
            try unsafe slots.withUnsafeBufferPointer { slots throws(E) in
                try unsafe body { unsafe UnsafeBufferPointer(rebasing: bytes[Self.range(slots[$0.index])]) }
            }
        }
    }

    /// Adds the ids of other documents, some of which may be ids of these.
    package mutating func append(_ other: Identifiers) {
        let base = bytes.count
        bytes.append(contentsOf: other.bytes.map { $0 })
        slots.append(
            contentsOf: other.slots.map { slot in
                let range = Self.range(slot)
                return Self.slot(base + range.lowerBound, base + range.upperBound)
            })
    }

    /// Moves them and all that will come to temporary files.
    package mutating func spill(to folder: SpillFolder) {
        bytes.spill(to: folder)
        slots.spill(to: folder)
    }

    /// Bytes that they would take in memory and do not.
    public var spilledBytes: Int { bytes.spilledBytes + slots.spilledBytes }

    /// Brings them back to memory.
    public mutating func load() {
        bytes.load()
        slots.load()
    }

    static func range(_ slot: UInt64) -> Range<Int> {
        let start = Int(slot >> 16)
        return start..<start + Int(slot & 0xFFFF)
    }

    static func slot(_ start: Int, _ end: Int) -> UInt64 {
        precondition(end - start <= 0xFFFF, "an id of \(end - start) bytes")
        return UInt64(start) << 16 | UInt64(end - start)
    }
}

/// Ids read from temporary files: those of a walk through all documents many at a time, others one by one.
private final class IdentifierWindow {
    private let identifiers: Identifiers
    private var range: Range<Int>
    private var slots: [UInt64] = []
    private let bytes = ByteRange()
    /// Two in turn: the one before stays valid.
    private var single = (ByteRange(), ByteRange())

    private static let size = 1024

    init(_ identifiers: Identifiers, from start: Int) {
        self.identifiers = identifiers
        range = start..<start
    }

    func id(of document: Int) -> UnsafeBufferPointer<UInt8> {
        if document == range.upperBound { advance() }
        if range.contains(document) {
            let place = Identifiers.range(slots[document - range.lowerBound])
            if let id = unsafe bytes[place] { return unsafe id }
        }
        let place = Identifiers.range(identifiers.slots[document])
        single = (single.1, single.0)
        single.0.fill(with: place, of: identifiers.bytes)
        return unsafe single.0[place]!
    }

    private func advance() {
        range = range.upperBound..<min(identifiers.count, range.upperBound + Self.size)
        if slots.isEmpty { slots = Array(repeating: 0, count: Self.size) }
        unsafe slots.withUnsafeMutableBufferPointer { unsafe identifiers.slots.read(range, into: $0.baseAddress!) }
        // A renamed document's id stands behind all others, and is read by itself.
        let first = Identifiers.range(slots[0]).lowerBound
        var end = first
        for slot in slots[..<range.count] {
            let place = Identifiers.range(slot)
            if place.lowerBound == end { end = place.upperBound }
        }
        bytes.fill(with: first..<end, of: identifiers.bytes)
    }
}

/// Some bytes of a column, where they stay until the next fill.
@safe private final class ByteRange {
    private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)
    private var range = 0..<0

    deinit { unsafe memory.deallocate() }

    func fill(with range: Range<Int>, of column: Column<UInt8>) {
        if unsafe memory.count < range.count {
            unsafe memory.deallocate()
            unsafe memory = .allocate(capacity: range.count * 2)
        }
        self.range = range
        unsafe column.read(range, into: memory.baseAddress!)
    }

    /// Nil where they are not all here.
    subscript(place: Range<Int>) -> UnsafeBufferPointer<UInt8>? {
        guard range.lowerBound <= place.lowerBound, place.upperBound <= range.upperBound else { return nil }
        return unsafe UnsafeBufferPointer(
            rebasing: memory[place.lowerBound - range.lowerBound..<place.upperBound - range.lowerBound])
    }
}
