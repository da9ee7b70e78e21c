import Records
import Stages
import Store
import Synchronization

/// Documents of an index as any other source gives them, in the order in which they were added.
///
/// A record's location has the segment as `file` and the place in it as `offset`.
final class IndexSource: DocumentSource {
    let snapshot: Snapshot
    /// Those that are given, ascending.
    let places: [Place]

    private let lost = Mutex<StoreError?>(nil)

    private static let chunkSize = 256

    init(_ snapshot: Snapshot, places: [Place]) { (self.snapshot, self.places) = (snapshot, places) }

    /// All that are there.
    convenience init(_ snapshot: Snapshot) throws(StoreError) {
        var places: [Place] = []
        places.reserveCapacity(snapshot.live)
        for (at, segment) in snapshot.segments.enumerated() {
            let isLive = try SegmentReader(segment).state.values(UInt8.self, at: 0, 0..<segment.documents)
            for place in isLive.indices where isLive[place] != 0 { places.append(Place(segment: at, place: place)) }
        }
        self.init(snapshot, places: places)
    }

    func hasChunk(_ chunk: Int) -> Bool { chunk * Self.chunkSize < places.count }
    var expectedChunks: Int? { (places.count + Self.chunkSize - 1) / Self.chunkSize }
    func reader() -> any DocumentReader { IndexReader(self) }
    func path(ofFile file: Int) -> String { snapshot.segments[file].file.path }
    func name(ofText file: Int) -> String { path(ofFile: file) }

    /// Throws why a document could not be read, if one could not: what was made of the others is no answer.
    func requireAll() throws(IndexError) { if let error = lost.withLock({ $0 }) { throw .store(error) } }

    fileprivate func lose(_ error: StoreError) { lost.withLock { lost in lost = lost ?? error } }

    fileprivate func chunk(_ chunk: Int) -> ArraySlice<Place> {
        places[chunk * Self.chunkSize..<min(places.count, (chunk + 1) * Self.chunkSize)]
    }
}

private final class IndexReader: DocumentReader {
    private let source: IndexSource
    private let reader: SnapshotReader

    init(_ source: IndexSource) {
        self.source = source
        reader = SnapshotReader(source.snapshot)
    }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        let places = source.chunk(chunk)
        var report = ChunkReport(file: places.first?.segment ?? 0, lines: places.count)
        for (line, place) in places.enumerated() {
            do throws(Problem) {
                try lend(place, line: line + 1, body)
                report.records += 1
            } catch {
                report.add(error)
            }
        }
        return report
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        try lend(Place(segment: Int(location.file), place: Int(location.offset)), line: 0, body)
    }

    private func lend(_ place: Place, line: Int, _ body: (Record) -> Void) throws(Problem) {
        do throws(StoreError) {
            let record = try reader.record(place), id = try reader.id(place)
            let location = RecordLocation(
                offset: UInt64(place.place), length: UInt32(clamping: record.bytes.count),
                file: UInt32(place.segment))
            record.withRecord(id: id, location: location, line: line, body)
        } catch {
            source.lose(error)
            throw Problem(path: error.path, .told(message: "\(error.reason)", hint: nil))
        }
    }
}
