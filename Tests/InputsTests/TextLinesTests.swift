import Records
import TestSupport
import Testing

@testable import Inputs

/// Plain text with a document a line gives what splitting it into lines gives, however it is cut, packed or called.
@Suite struct TextLinesTests {
    let scratch = TemporaryFolder()

    private struct Row: Equatable {
        var line: Int
        var text: String
    }

    private func rows(_ all: Everything) -> [Row] { all.documents.map { Row(line: $0.line, text: $0.text) } }

    private static func expected(_ bytes: [UInt8]) -> [Row] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { at, line in
            var line = line
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            if line.last == 0x0D { line = line.dropLast() }
            let text = String(decoding: line, as: UTF8.self)
            return text.allSatisfy { $0 == " " || $0 == "\t" } ? nil : Row(line: at + 1, text: text)
        }
    }

    private static func dump(_ random: inout SplitMix64) -> [UInt8] {
        let pieces: [[UInt8]] = [
            Array("word ".utf8), Array("é".utf8), Array("\"{,".utf8), [0xFF], [0xE2, 0x82], [0x09], [0x20], [0x0D],
            [0xEF, 0xBB, 0xBF],
        ]
        return (0..<random.below(30)).flatMap { _ in
            (0..<random.below(5)).flatMap { _ in pieces.randomElement(using: &random)! }
                + (random.flip(0.2) ? [0x0D, 0x0A] : [0x0A])
        }
    }

    @Test func linesOfAnyKindInChunksOfAnySize() throws {
        var random = SplitMix64(seed: 8)
        // What is not UTF-8 is dirt here.
        let formats = try #require(Formats.textLines.named(encoding: "UTF-8"))
        for round in 0..<200 {
            let bytes = Self.dump(&random), want = Self.expected(bytes)
            for chunkSize in [1, 3, 16, 64, 1 << 20] {
                let all = try read(
                    bytes, name: "a.txt", chunkSize: chunkSize, blockSize: 1 + random.below(80), formats: formats)
                #expect(rows(all) == want, "round \(round), chunks of \(chunkSize): \(bytes)")
                #expect(all.problems.isEmpty, "round \(round)")
                #expect(all.ids.allSatisfy { id in id.contains("a.txt:") }, "round \(round)")
            }
        }
    }

    @Test func idsAreFileAndLine() throws {
        let path = scratch.write("a.txt", "one\n\n \t\ntwo")
        let inputs = try InputSet(paths: [path], formats: .textLines)
        #expect(Everything(inputs).ids == ["\(path):1", "\(path):4"])
        #expect(inputs.files.allSatisfy { !$0.isOneDocument })
    }

    @Test func namesDecideWhatIsText() throws {
        scratch.write("in/a.txt", "{\"text\":\"x\"}\nid,text\n")
        scratch.write("in/b.csv", "id,text\n1,two\n")
        scratch.write("in/c.jsonl", #"{"text":"three"}"#)
        let all = Everything(try InputSet(paths: ["\(scratch.path)/in"], formats: .textLines))
        #expect(all.texts == ["{\"text\":\"x\"}", "id,text", "two", "three"])
        let nameless = scratch.write("dump", "id,text\n1,two\n")
        #expect(Everything(try InputSet(paths: [nameless], formats: .textLines)).texts == ["id,text", "1,two"])
        #expect(Everything(try InputSet(paths: [nameless])).texts == ["two"])
    }

    @Test(arguments: compressions.map(\.filter))
    func compressed(_ filter: String) throws {
        let bytes = Array("one\ntwo\n".utf8), suffix = compressions.first { $0.filter == filter }!.name
        let paths = [
            scratch.write("a.txt.\(suffix)", TestSupport.compressed(bytes, filter)),
            scratch.write("b.tar.\(suffix)", packed([Member("x.txt", bytes)], format: "ustar", filter: filter)),
        ]
        let all = Everything(try InputSet(paths: paths, formats: .textLines))
        #expect(all.texts == ["one", "two", "one", "two"])
        #expect(all.ids == ["\(paths[0]):1", "\(paths[0]):2", "\(paths[1])/x.txt:1", "\(paths[1])/x.txt:2"])
    }

    @Test func linesCanBeReadAgain() throws {
        let path = scratch.write("a.txt", "\u{FEFF}one\r\n\ntwo\nthree")
        let inputs = try InputSet(paths: [path], formats: .textLines, chunkSize: 4)
        let reader = inputs.reader()
        for document in Everything(inputs).documents.reversed() {
            #expect(try reader.withRecord(at: document.location) { string($0.text) } == document.text)
        }
    }

    @Test func whatIsNoTextIsTold() throws {
        let path = scratch.write("a.txt.gz", [0x1F, 0x8A, 0, 1])
        #expect(throws: Problem(path: path, .misnamed)) { try InputSet(paths: [path], formats: .textLines) }
        let foreign = scratch.write("a.txt", "PAR1")
        #expect(throws: Problem(path: foreign, .foreign(.parquet))) {
            try InputSet(paths: [foreign], formats: .textLines)
        }
    }
}
