import Records
import Synchronization

/// A source whose records stay in memory from the first reading on, as far as there is room: what is compared is read
/// again, some of it several times, and then written.
final class HeldSource: DocumentSource {
    private let base: any DocumentSource
    private let state: Mutex<State>

    private struct State {
        var chunks: [HeldRecords] = []
        /// Bytes that may still be kept.
        var room: Int
        var table: HeldTable?
    }

    init(_ base: any DocumentSource, room: Int) {
        self.base = base
        state = Mutex(State(room: room))
    }

    func hasChunk(_ chunk: Int) -> Bool { base.hasChunk(chunk) }
    var expectedChunks: Int? { base.expectedChunks }
    var failure: SpillError? { base.failure }
    var changes: [Problem] { base.changes }
    func reader() -> any DocumentReader { HeldReader(self, base.reader()) }
    func isKnown(_ location: RecordLocation) -> Bool { base.isKnown(location) }
    func path(ofFile file: Int) -> String { base.path(ofFile: file) }
    func name(ofText file: Int) -> String { base.name(ofText: file) }

    fileprivate func keep(_ records: HeldRecords) {
        state.withLock { state in
            guard records.bytes.count <= state.room else { return }
            state.room -= records.bytes.count
            state.chunks.append(records)
        }
    }

    /// What was kept, once all has been read.
    fileprivate var table: HeldTable {
        state.withLock { state in
            if state.table == nil { state.table = HeldTable(state.chunks) }
            return state.table!
        }
    }
}

/// The records of a chunk: of each its id, its length and one before it, and then the record with its padding.
private struct HeldRecords: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var locations: [RecordLocation] = []
    /// Where each starts, and the end of the last.
    private(set) var starts = [0]

    /// Of one megabyte of input what is usual, so that it is not moved as it grows.
    private static let usualSize = 5 << 18

    init() { bytes.reserveCapacity(Self.usualSize) }

    mutating func append(_ record: Record) {
        unsafe bytes.append(number: record.id.map { $0.count + 1 } ?? 0)
        if let id = unsafe record.id { unsafe bytes.append(contentsOf: id) }
        StoredRecord.append(record, to: &bytes)
        bytes += StoredRecord.padding
        locations.append(record.location)
        starts.append(bytes.count)
    }

    func lend(_ at: Int, _ body: (Record) -> Void) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var place = starts[at], count = 0, shift = 0
            while true {
                let byte = unsafe bytes[place]
                place += 1
                count |= Int(byte & 0x7f) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            let start = place + max(0, count - 1)
            let id = unsafe count == 0 ? nil : UnsafeBufferPointer(rebasing: bytes[place..<start])
            unsafe StoredRecord.lend(
                UnsafeBufferPointer(rebasing: bytes[start..<starts[at + 1] - Record.padding]), id: id,
                location: locations[at], line: 0, body)
        }
    }
}

/// Finds records by their locations.
private struct HeldTable: Sendable {
    private let chunks: [HeldRecords]
    /// Ascending.
    private var entries: [(location: RecordLocation, chunk: UInt32, at: UInt32)] = []

    init(_ chunks: [HeldRecords]) {
        // Those of one chunk mostly stand in a row; which worker was done first is chance.
        self.chunks = chunks.filter { !$0.locations.isEmpty }.sorted { $0.locations[0] < $1.locations[0] }
        entries.reserveCapacity(chunks.reduce(0) { $0 + $1.locations.count })
        var isAscending = true
        for (number, chunk) in self.chunks.enumerated() {
            for (at, location) in chunk.locations.enumerated() {
                if let last = entries.last, location < last.location { isAscending = false }
                entries.append((location, UInt32(number), UInt32(at)))
            }
        }
        if !isAscending { entries.sort { $0.location < $1.location } }
    }

    /// Lends the record of a location; false where it was not kept.
    func lend(_ location: RecordLocation, _ body: (Record) -> Void) -> Bool {
        let at = entries.partitioningIndex { $0.location >= location }
        guard at < entries.count, entries[at].location == location else { return false }
        chunks[Int(entries[at].chunk)].lend(Int(entries[at].at), body)
        return true
    }
}

private final class HeldReader: DocumentReader {
    private let source: HeldSource
    private let base: any DocumentReader
    private lazy var table = source.table

    init(_ source: HeldSource, _ base: any DocumentReader) { (self.source, self.base) = (source, base) }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        var records = HeldRecords()
        let report = base.forEachRecord(inChunk: chunk) { record in
            records.append(record)
            body(record)
        }
        source.keep(records)
        return report
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        if !table.lend(location, body) { try base.readRecord(at: location, body) }
    }
}
