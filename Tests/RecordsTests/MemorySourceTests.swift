import Inputs
import Records
import TestSupport
import Testing

@Suite struct MemorySourceTests {
    private static let pieces = ["a", "é", " ", "\"", "\\", "\n", "\u{0}", "\u{1F600}", "word ", "\u{FFFD}"]

    private static func string(_ random: inout SplitMix64, atLeast least: Int = 0) -> String {
        (0..<least + random.below(12)).map { _ in pieces.randomElement(using: &random)! }.joined()
    }

    private static func documents(_ random: inout SplitMix64) -> [Document] {
        (0..<random.below(40)).map { place in
            Document(
                text: string(&random), id: random.flip(0.2) ? "twice" : "id \(place)",
                title: random.flip(0.5) ? string(&random, atLeast: 1) : nil,
                date: random.flip(0.5) ? "2024-01-0\(1 + random.below(9))" : nil,
                source: random.flip(0.5) ? string(&random, atLeast: 1) : nil, language: random.flip(0.5) ? "en" : nil)
        }
    }

    /// As JSON, every character escaped that may be.
    private static func line(_ document: Document) -> String {
        let fields = [
            ("text", document.text), ("id", document.id), ("title", document.title), ("date", document.date),
            ("source", document.source), ("language", document.language),
        ]
        let members = fields.compactMap { name, value in
            value.map { value in
                let units = value.utf16.map { unit in
                    let digits = String(unit, radix: 16)
                    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
                return "\"\(name)\":\"\(units.joined())\""
            }
        }
        return "{\(members.joined(separator: ","))}\n"
    }

    @Test(arguments: [1, 7, 1000, 1 << 20])
    func givesWhatFilesOfTheSameGive(_ chunkSize: Int) throws {
        let scratch = TemporaryFolder()
        var random = SplitMix64(seed: UInt64(chunkSize))
        for round in 0..<50 {
            let documents = Self.documents(&random)
            let path = scratch.write("news.jsonl", documents.map(Self.line).joined())
            let memory = Everything(MemorySource(documents: documents, chunkSize: chunkSize))
            let files = Everything(try InputSet(paths: [path], chunkSize: chunkSize))
            #expect(memory.found == files.found, "round \(round)")
            #expect(memory.ids == files.ids, "round \(round)")
            #expect(memory.identifiers.duplicateCount == files.identifiers.duplicateCount, "round \(round)")
            #expect(memory.found.map(\.document) == documents, "round \(round)")
        }
    }

    @Test func documentsCanBeReadAgain() throws {
        var random = SplitMix64(seed: 5)
        let source = MemorySource(documents: Self.documents(&random) + [Document(text: "last")], chunkSize: 10)
        let all = Everything(source), reader = source.reader()
        for (found, location) in zip(all.found, all.locations).reversed() {
            #expect(try reader.withRecord(at: location) { Found($0).document } == found.document)
        }
        #expect(all.locations.map { Int($0.offset) } == Array(source.documents.indices))
    }

    @Test func whatHasNoIDIsCalledByItsPlace() {
        let documents = [Document(text: "a"), Document(text: "b", id: "x"), Document(text: "c", id: "")]
        for chunkSize in [1, 100] {
            let all = Everything(MemorySource(documents: documents, chunkSize: chunkSize))
            #expect(all.ids == ["0", "x", "2"])
            #expect(all.chunkCount == (chunkSize == 1 ? 3 : 1))
        }
    }

    @Test func emptyStringsAreNone() throws {
        let source = MemorySource(documents: [Document(text: "", title: "", date: "", source: "", language: "")])
        let found = try #require(Everything(source).found.first?.document)
        #expect(found == Document(text: "", id: "0"))
    }

    @Test func nothing() {
        let all = Everything(MemorySource(documents: []))
        #expect(all.chunkCount == 0)
        #expect(all.ids.isEmpty)
    }

    @Test func textIsFollowedByReadableBytes() {
        let documents = (0..<200).map { Document(text: String(repeating: "a", count: $0)) }
        var sum = 0
        _ = MemorySource(documents: documents).reader().forEachRecord(inChunk: 0) { record in
            // Meant for the address sanitizer.
            let end = record.text.baseAddress! + record.text.count
            for i in 0..<Record.padding { sum += Int(end[i]) }
        }
        #expect(sum == 0)
    }
}
