import Records
import Testing

@testable import Inputs

/// What real dumps hold, case by case.
@Suite struct DirtyInputTests {
    @Test func byteOrderMark() throws {
        let all = try read("\u{FEFF}{\"text\":\"a\"}\n\u{FEFF}{\"text\":\"b\"}\n")
        #expect(all.texts == ["a", "b"])
        #expect(all.problems.isEmpty)
    }

    @Test func carriageReturns() throws {
        let all = try read("{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\"}\r\n")
        #expect(all.texts == ["a", "b"])
        #expect(all.documents.map(\.line) == [1, 3])
    }

    @Test func blankLinesAreNoRecords() throws {
        let all = try read("\n \t\n{\"text\":\"a\"}\n\n\n{\"text\":\"b\"}")
        #expect(all.documents.map(\.line) == [3, 6])
        #expect(all.report == ChunkReport(lines: 6, records: 2))
    }

    @Test func noFinalLineFeed() throws {
        #expect(try read("{\"text\":\"a\"}\n{\"text\":\"b\"}").texts == ["a", "b"])
    }

    @Test func emptyFile() throws {
        let all = try read("")
        #expect(all.report == ChunkReport())
        #expect(all.problems.isEmpty)
    }

    @Test func unicodeEscapes() throws {
        let all = try read(#"{"text":"Sch\u00f6n \ud83d\ude00 \"x\" \/ \\ \n"}"#)
        #expect(all.texts == ["Schön 😀 \"x\" / \\ \n"])
        #expect(all.report.repaired == 0)
    }

    @Test func escapedKeys() throws {
        let all = try read(#"{"\u0074ext":"a","i\u0064":"7","x\"y":1}"#)
        #expect(all.texts == ["a"])
        #expect(all.documents[0].id == "7")
    }

    @Test(arguments: [#"a\ud800"#, #"a\udc00"#, #"a\ud83d\u0041"#, #"a\ud83dA"#, #"a\uZZ"#, #"a\u12"#])
    func loneSurrogatesAndBrokenEscapes(_ body: String) throws {
        let all = try read("{\"text\":\"\(body)\"}\n{\"text\":\"next\"}")
        #expect(all.texts.count == 2, "\(body): \(all.problems)")
        #expect(all.texts[0].hasPrefix("a\u{FFFD}"), "\(body)")
        #expect(all.report.repaired == 1, "\(body)")
    }

    @Test func severalLoneSurrogatesBesideAPair() throws {
        let all = try read(#"{"text":"\udc00\ud83d\ude00\ud800\ud83d\ude00"}"#)
        #expect(all.texts == ["\u{FFFD}😀\u{FFFD}😀"])
    }

    @Test func invalidUTF8() throws {
        let all = try read(Array("{\"text\":\"a".utf8) + [0xFF] + Array("b".utf8) + [0xE2, 0x82] + Array("c\"}".utf8))
        #expect(all.texts == ["a\u{FFFD}b\u{FFFD}c"])
        #expect(all.report.repaired == 1)
    }

    @Test func bareControlCharacters() throws {
        let all = try read([UInt8]("{\"text\":\"a\tb".utf8) + [0, 0x1F] + [UInt8]("c\"}".utf8))
        #expect(all.texts == ["a\tb\0\u{1F}c"])
        #expect(all.report.repaired == 1)
    }

    @Test func nulEscape() throws {
        let all = try read(#"{"text":"a\u0000b"}"#)
        #expect(all.texts == ["a\0b"])
        #expect(all.report.repaired == 0)
    }

    @Test func nulBytesAtTheEnd() throws {
        let all = try read(Array("{\"text\":\"a\"}\n".utf8) + [UInt8](repeating: 0, count: 300))
        #expect(all.texts == ["a"])
        #expect(all.problems.map(\.line) == [2])
    }

    @Test func badEscape() throws {
        let all = try read(#"{"text":"\x41"}"#)
        #expect(all.problems.map(\.message) == ["a string with an escape that JSON does not have"])
        #expect(all.report.repaired == 0)
    }

    @Test(arguments: ["[1,2]", "3", "\"x\"", "null", "true", "hello", "-", "{", "}", "{]", "{\"text\"}", "{\"text\":"])
    func linesThatAreNoObjects(_ line: String) throws {
        let all = try read("{\"text\":\"a\"}\n\(line)\n{\"text\":\"b\"}\n")
        #expect(all.texts == ["a", "b"], "\(line)")
        #expect(all.problems.map(\.line) == [2], "\(line)")
    }

    @Test func headlineAlone() throws {
        let all = try read("{\"title\":\"only\"}\n{\"text\":null,\"headline\":\"only\"}\n{\"text\":\"\"}")
        #expect(all.texts == ["", "", ""])
        #expect(all.report.withoutText == 2)
        #expect(all.report.unreadable == 0)
    }

    @Test func messages() throws {
        let all = try read(
            """
            {"text":"a"}
            [1,2]
            {"heading":"only"}
            {"text":null,"maintext":5}
            {"text":"a"}{"text":"b"}
            {"text":"cut
            """)
        #expect(
            all.problems.map { String($0.description.drop { $0 != ":" }) } == [
                ":2: an array, not a JSON object",
                ":3: no text field: looked for text, maintext, body, content, article",
                ":4: text field \"maintext\" is a number, not a string",
                ":5: more after the end of the JSON object",
                ":6: cut off or malformed JSON",
            ])
        #expect(
            all.problems.map(\.fault) == [
                .notObject(kind: "an array"), .noText(names: Fields.standard.text),
                .textNotString(name: "maintext", kind: "a number"), .moreAfterObject, .malformed,
            ])
        #expect(all.report.unreadable == 5)
    }

    /// Nothing that begins like a number is unescaped like a string: its end would be looked for in what follows.
    @Test func numbersWithEscapesAreNone() throws {
        let wrong = ["\"id\":8\\u0041", "\"date\":0\\\\", "\"id\":-\\n", "\"id\":1é"]
        let behind = String(repeating: "x ", count: 200_000)
        for field in wrong {
            let all = try read("{\(field),\"text\":\"a\"}\n{\"text\":\"b\",\(field)}\n\(behind)\n{\"text\":\"next\"}\n")
            #expect(all.texts == ["next"], "\(field)")
            #expect(all.problems.map(\.line) == [1, 2, 3], "\(field)")
            #expect(all.problems.prefix(2).allSatisfy { $0.fault == .malformed }, "\(field)")
        }
        // No JSON either, and plain what they mean.
        #expect(try read("{\"id\":007,\"text\":\"a\"}\n{\"id\":1_000,\"text\":\"b\"}").texts == ["a", "b"])
    }

    @Test func deepNesting() throws {
        let deep = String(repeating: "[", count: 100_000)
        let closed = deep + String(repeating: "]", count: 100_000)
        let all = try read(
            "{\"text\":\"a\",\"x\":\(closed)}\n{\"x\":\(deep)}\n{\"text\":\(closed)}\n{\"text\":\"b\"}\n")
        #expect(all.texts == ["a", "b"])
        #expect(all.problems.map(\.line) == [2, 3])
    }

    @Test func truncatedAtEveryByte() throws {
        let whole = Array(#"{"id": 12, "text": "b\u00e9 \"q\"", "source": {"name": "N"}}"#.utf8)
        for length in 1..<whole.count {
            let all = try read(
                Array("{\"text\":\"a\"}\n".utf8) + whole[..<length] + Array("\n{\"text\":\"next\"}\n".utf8))
            #expect(all.texts == ["a", "next"], "cut after \(length) bytes")
            #expect(all.problems.map(\.line) == [2], "cut after \(length) bytes")
        }
    }

    @Test func manyProblemsAreCountedButNotKept() throws {
        let all = try read(String(repeating: "x\n", count: 5000))
        #expect(all.report.unreadable == 5000)
        #expect(all.problems.count == ChunkReport.problemLimit)
    }

    @Test func linesOverTheLimitAreSkipped() throws {
        let long = "{\"text\":\"\(String(repeating: "x", count: 5000))\"}"
        let bytes = Array("{\"text\":\"a\"}\n\(long)\n{\"text\":\"b\"}\n\(long)".utf8)
        for chunkSize in [100, 4000, 1 << 20] {
            let all = try read(bytes, chunkSize: chunkSize, blockSize: 64, lineLimit: 1000)
            #expect(all.documents.map(\.line) == [1, 3], "chunks of \(chunkSize)")
            #expect(all.problems.first?.message == "the line is too long to be read as one record")
            #expect(all.problems.first?.line == 2, "chunks of \(chunkSize)")
        }
    }

    @Test func aLineOfManyMegabytes() throws {
        let long = String(repeating: "word ", count: 5_000_000)
        let all = try read(Array("{\"text\":\"a\"}\n{\"text\":\"\(long)\"}\n{\"text\":\"b\"}\n".utf8))
        #expect(all.texts.map(\.utf8.count) == [1, 25_000_000, 1])
        #expect(all.documents.map(\.line) == [1, 2, 3])
    }
}
