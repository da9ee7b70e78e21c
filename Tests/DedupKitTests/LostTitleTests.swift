import DedupKit
import Records
import Synchronization
import Testing

@Suite struct LostTitleTests {
    /// Titles and, where reasons are asked for, facts of an event are read again, each by itself.
    @Test(arguments: zip(2...6, [2, 2, 2, 1, 0])) func aLostTextIsToldOnce(reads: Int, lost: Int) throws {
        let reports = [
            "The ferry Castrel ran aground off Halden on Monday with ninety on board; a tug pulled it free at dawn.",
            "A tug freed the Castrel on Monday at dawn. The ferry, ninety on board, had run aground near Halden.",
        ]
        let documents = reports.map {
            Document(text: $0, title: "Castrel aground", date: "2024-04-01", source: "Herald")
        }
        var pipeline = Pipeline()
        pipeline.definition.event.threshold = 0.1
        pipeline.options.explains = true
        let clustering = try pipeline.run(ReadSoOften(MemorySource(documents: documents), reads))
        #expect(clustering.clusterCount(.event) == 1)
        #expect(clustering.unreadable == lost && clustering.problems.count == lost)
    }
}

/// Documents whose records can be read again so many times, in all.
private final class ReadSoOften: DocumentSource {
    let base: MemorySource
    let left: Atomic<Int>

    init(_ base: MemorySource, _ reads: Int) {
        self.base = base
        left = Atomic(reads)
    }

    func hasChunk(_ chunk: Int) -> Bool { base.hasChunk(chunk) }
    var expectedChunks: Int? { base.expectedChunks }
    func reader() -> any DocumentReader { Reader(base.reader(), self) }
    func path(ofFile file: Int) -> String { base.path(ofFile: file) }
    func name(ofText file: Int) -> String { base.name(ofText: file) }

    private final class Reader: DocumentReader {
        let base: any DocumentReader
        let source: ReadSoOften

        init(_ base: any DocumentReader, _ source: ReadSoOften) { (self.base, self.source) = (base, source) }

        func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
            base.forEachRecord(inChunk: chunk, body)
        }

        func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
            guard source.left.subtract(1, ordering: .relaxed).newValue >= 0 else {
                throw Problem(path: "texts", .becameShorter)
            }
            try base.readRecord(at: location, body)
        }
    }
}
