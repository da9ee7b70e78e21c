import DedupKit
import Records
import TestSupport
import Testing

@testable import Index

/// Texts that can be read once and not again.
@Suite struct LostTextTests {
    private let scratch = Scratch()
    private static let documents = syntheticStories(seed: 7, count: 40, datesDiffer: true).map(\.document)

    private func fill() throws -> Index {
        var index = try Index(create: scratch.path, IndexDefinition(level: .copy))
        _ = try index.add(Array(Self.documents[..<30]))
        return index
    }

    private func judgement(of documents: [Document], in snapshot: Snapshot) throws -> Judgement {
        try Judgement(Once(MemorySource(documents: documents)), in: snapshot, RunOptions(), StageTimes(), room: 0) {
            _ in
        }
    }

    /// What is lost of a day that does not stay in memory is told.
    @Test func ofTheDay() throws {
        let index = try fill(), day = Array(Self.documents[20...])
        var judgement = try judgement(of: day, in: index.snapshot)
        try judgement.recognise(renews: false)
        let first = index.snapshot.manifest.nextNumber
        let answer = try judgement.answer(
            in: index.snapshot, day: nil, numbers: day.indices.map { first + UInt32($0) }, isAdded: false, indexed: 30
        ).0
        #expect(answer.clustering.problems.count { $0 == Once.problem } >= 10)
        #expect(answer.standings.allSatisfy { $0 == .new })
    }

    /// And nothing is added: what is there would be there twice, and labels stand.
    @Test(arguments: [20, 30]) func ofTheDayThatIsAdded(_ first: Int) throws {
        let index = try fill(), labels = try index.labels(), before = scratch.folder.text("news.index/manifest")
        let transaction = try Transaction(index.snapshot.folder, verb: "add", waits: false)
        let judgement = try judgement(of: Array(Self.documents[first...]), in: transaction.snapshot)
        #expect { try transaction.add(judgement) } throws: {
            if case .input(Once.problem)? = $0 as? IndexError { true } else { false }
        }
        let opened = try Index(open: scratch.path)
        #expect(scratch.folder.text("news.index/manifest") == before)
        #expect(try opened.labels() == labels)
    }

    /// No answer comes of a file that is cut short behind an open index.
    @Test func ofTheIndex() throws {
        var index = try fill()
        let name = "news.index/0.segment", whole = scratch.folder.read(name), labels = try index.labels()
        let asked = Array(Self.documents[20...]), expected = try index.match(asked).byID
        let answer = try index.match(asked)
        let reader = answer.source.reader()
        for size in stride(from: 0, to: whole.count, by: 4096) {
            scratch.folder.write(name, whole.prefix(size))
            if let found = try? index.match(asked).byID { #expect(found == expected, "\(size)") }
            if let found = try? index.labels() { #expect(found == labels, "\(size)") }
        }
        try answer.requireTexts()
        scratch.folder.write(name, [])
        let place = answer.source.places[0]
        let location = RecordLocation(offset: UInt64(place.place), length: 0, file: UInt32(place.segment))
        #expect(throws: Problem.self) { try reader.withRecord(at: location) { _ in } }
        #expect(throws: IndexError.self) { try answer.requireTexts() }
        #expect(throws: IndexError.self) { try index.add(asked) }
        scratch.folder.write(name, whole)
        #expect(try Index(open: scratch.path).labels() == labels)
    }
}

/// Documents whose records cannot be read again.
private struct Once: DocumentSource {
    static let problem = Problem(path: "day", .becameShorter)
    let base: MemorySource

    init(_ base: MemorySource) { self.base = base }

    func hasChunk(_ chunk: Int) -> Bool { base.hasChunk(chunk) }
    var expectedChunks: Int? { base.expectedChunks }
    func reader() -> any DocumentReader { Reader(base.reader()) }
    func path(ofFile file: Int) -> String { base.path(ofFile: file) }
    func name(ofText file: Int) -> String { base.name(ofText: file) }

    private final class Reader: DocumentReader {
        let base: any DocumentReader

        init(_ base: any DocumentReader) { self.base = base }

        func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
            base.forEachRecord(inChunk: chunk, body)
        }

        func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) { throw Once.problem }
    }
}
