import Columns
import Records

/// Two sources, one behind the other: files of the second are told by their highest bit.
struct JoinedSource: DocumentSource {
    let first, second: any DocumentSource

    static let ofSecond: UInt32 = 1 << 31

    func hasChunk(_ chunk: Int) -> Bool { false }
    var expectedChunks: Int? { 0 }
    func reader() -> any DocumentReader { JoinedReader(first.reader(), second.reader()) }
    func path(ofFile file: Int) -> String { of(file) { $0.path(ofFile: $1) } }
    func name(ofText file: Int) -> String { of(file) { $0.name(ofText: $1) } }

    private func of(_ file: Int, _ body: (any DocumentSource, Int) -> String) -> String {
        let bit = Int(Self.ofSecond)
        return file & bit == 0 ? body(first, file) : body(second, file & ~bit)
    }
}

/// Reads records again; the first reading of both is over.
private final class JoinedReader: DocumentReader {
    private let first, second: any DocumentReader

    init(_ first: any DocumentReader, _ second: any DocumentReader) { (self.first, self.second) = (first, second) }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport { ChunkReport() }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        guard location.file & JoinedSource.ofSecond != 0 else { return try first.readRecord(at: location, body) }
        var location = location
        location.file &= ~JoinedSource.ofSecond
        try second.readRecord(at: location, body)
    }
}

extension FirstPass {
    /// Adds what another pass kept, which is in memory: its documents come behind these.
    package mutating func append(_ other: FirstPass) {
        documents.source = JoinedSource(first: documents.source, second: other.documents.source)
        documents.append(other.documents, other.documents.locations.map(\.ofSecond))
        appendSketches(other)
    }

    /// These documents behind others that another pass kept, which are known. Reports are those of these.
    package func behind(known: FirstPass, _ memory: Memory) -> FirstPass {
        var all = known
        if documents.isSpilled {
            all.documents.spill(to: memory.folder)
            all.documents.identifiers.spill(to: memory.folder)
            all.sketches.spill(to: memory.folder)
            all.samples.spill(to: memory.folder)
        }
        all.documents.source = JoinedSource(first: documents.source, second: known.documents.source)
        all.documents.locations = Column()
        if all.documents.isSpilled { all.documents.locations.spill(to: memory.folder) }
        all.documents.locations.append(contentsOf: known.documents.locations.map(\.ofSecond))
        all.documents.append(documents, documents.locations.map { $0 })
        all.documents.dateNotes = documents.dateNotes
        all.documents.knownCount = known.documents.count
        all.appendSketches(self)
        all.reports = reports
        return all
    }

    private mutating func appendSketches(_ other: FirstPass) {
        if other.sketches.count > 0 { sketches.append(other.sketches) }
        if other.samples.count > 0 { samples.append(other.samples) }
    }
}

extension RecordLocation {
    fileprivate var ofSecond: RecordLocation {
        RecordLocation(offset: offset, length: length, file: file | JoinedSource.ofSecond)
    }
}

extension Documents {
    /// Adds others of the source that was added last.
    package mutating func append(more other: Documents) { append(other, other.locations.map(\.ofSecond)) }

    fileprivate mutating func append(_ other: Documents, _ otherLocations: [RecordLocation]) {
        identifiers.append(other.identifiers)
        locations.append(contentsOf: otherLocations)
        unsafe other.fingerprints.forEachBlock { unsafe fingerprints.append(contentsOf: $1) }
        unsafe other.dates.forEachBlock { unsafe dates.append(contentsOf: $1) }
        unsafe other.lengths.forEachBlock { unsafe lengths.append(contentsOf: $1) }
        let sourceNumbers = other.sourceNames.all.map { sourceNames.number(of: $0) }
        sources.append(contentsOf: other.sources.map { sourceNumbers[Int($0)] })
        let languageNumbers = other.languageNames.all.map { languageNames.number(of: $0) }
        languages.append(contentsOf: other.languages.map { languageNumbers[Int($0)] })
    }
}
