package import Records

/// The rows of two tables, one behind the other. The `file` of a location says which.
package final class JoinedSource: DocumentSource {
    fileprivate let first, second: ArrowSource

    package init(_ first: ArrowSource, _ second: ArrowSource) { (self.first, self.second) = (first, second) }

    private var firstChunks: Int { first.expectedChunks! }

    package var expectedChunks: Int? { firstChunks + second.expectedChunks! }

    package func hasChunk(_ chunk: Int) -> Bool {
        chunk < firstChunks ? first.hasChunk(chunk) : second.hasChunk(chunk - firstChunks)
    }

    package func reader() -> any DocumentReader { JoinedReader(self, firstChunks) }

    package func path(ofFile file: Int) -> String { file == 0 ? "against" : "table" }
    package func name(ofText file: Int) -> String { path(ofFile: file) }
}

private final class JoinedReader: DocumentReader {
    private let first, second: any DocumentReader
    private let firstChunks: Int

    init(_ source: JoinedSource, _ firstChunks: Int) {
        (first, second, self.firstChunks) = (source.first.reader(), source.second.reader(), firstChunks)
    }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        if chunk < firstChunks { return first.forEachRecord(inChunk: chunk, body) }
        var report = second.forEachRecord(inChunk: chunk - firstChunks) { record in
            var record = record
            record.location.file = 1
            body(record)
        }
        report.file = 1
        return report
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        try (location.file == 0 ? first : second).readRecord(at: location, body)
    }
}
