package import Records

/// The rows of two tables, one behind the other: those that are known, and new ones. The `file` of a location says which.
package final class JoinedSource: DocumentSource {
    fileprivate let known: ArrowSource?
    fileprivate let new: ArrowSource

    package init(known: ArrowSource?, _ new: ArrowSource) { (self.known, self.new) = (known, new) }

    package var knownCount: Int { known?.rowCount ?? 0 }
    fileprivate var knownChunks: Int { known?.expectedChunks ?? 0 }

    package var expectedChunks: Int? { knownChunks + new.expectedChunks! }

    package func hasChunk(_ chunk: Int) -> Bool {
        chunk < knownChunks ? known!.hasChunk(chunk) : new.hasChunk(chunk - knownChunks)
    }

    package func reader() -> any DocumentReader { JoinedReader(self) }

    package func isKnown(_ location: RecordLocation) -> Bool { location.file == Self.knownFile }

    package func path(ofFile file: Int) -> String { file == Self.knownFile ? "against" : "table" }
    package func name(ofText file: Int) -> String { path(ofFile: file) }

    fileprivate static let knownFile = 0, newFile = 1
}

private final class JoinedReader: DocumentReader {
    private let known: (any DocumentReader)?
    private let new: any DocumentReader
    private let knownChunks: Int

    init(_ source: JoinedSource) {
        (known, new, knownChunks) = (source.known?.reader(), source.new.reader(), source.knownChunks)
    }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        if chunk < knownChunks { return known!.forEachRecord(inChunk: chunk, body) }
        var report = new.forEachRecord(inChunk: chunk - knownChunks) { record in
            var record = record
            record.location.file = UInt32(JoinedSource.newFile)
            body(record)
        }
        report.file = JoinedSource.newFile
        return report
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        try (location.file == JoinedSource.newFile ? new : known!).readRecord(at: location, body)
    }
}
