import Records
import TestSupport
import Testing

@testable import Inputs

@Suite struct FieldsTests {
    private func first(_ line: String, fields: Fields = .standard) throws -> Document {
        let all = try read(line, fields: fields)
        return try #require(all.documents.first, "\(line): \(all.problems)")
    }

    @Test func theListsOrderWinsOverTheLines() throws {
        #expect(try first(#"{"body":"b","text":"a"}"#).text == "a")
        #expect(try first(#"{"text":"a","body":"b"}"#).text == "a")
        #expect(try first(#"{"article":"c","body":"b"}"#).text == "b")
    }

    @Test func nullAndOtherTypesGiveWay() throws {
        #expect(try first(#"{"text":null,"body":"b"}"#).text == "b")
        #expect(try first(#"{"text":{"x":"y"},"body":"b"}"#).text == "b")
        #expect(try first(#"{"text":"","body":"b"}"#).text == "")
    }

    @Test func duplicatedKeysTheFirstUsableWins() throws {
        #expect(try first(#"{"text":"a","text":"b"}"#).text == "a")
        #expect(try first(#"{"text":null,"text":"b","text":"c"}"#).text == "b")
        #expect(try first(#"{"text":"a","id":"","id":2,"id":3}"#).id == "2")
    }

    @Test func idsAreStringsOrNumbers() throws {
        #expect(try first(#"{"text":"a","id":"x"}"#).id == "x")
        #expect(try first(#"{"text":"a","id": 12345678901234567890123 }"#).id == "12345678901234567890123")
        #expect(try first(#"{"text":"a","id":-1.50e3}"#).id == "-1.50e3")
        #expect(try first(#"{"text":"a","id":null,"url":"u"}"#).id == "u")
        for other in ["null", "true", "[]", "{}", "\"\""] {
            #expect(try first("{\"text\":\"a\",\"id\":\(other)}").id == nil, "id \(other)")
        }
    }

    @Test func titlesAreStringsOnly() throws {
        let document = try first(#"{"text":"a","title":5,"headline":"h","lang":"en","date":1712145600}"#)
        #expect(document.title == "h")
        #expect(document.language == "en")
        #expect(document.date == "1712145600")
    }

    @Test func sourceMayBeAnObjectWithAName() throws {
        #expect(try first(#"{"source":{"id":null,"name":"The \u0041"},"text":"a"}"#).source == "The A")
        #expect(try first(#"{"source":{"id":1},"domain":"d","text":"a"}"#).source == "d")
        #expect(try first(#"{"source":{"name":3},"domain":"d","text":"a"}"#).source == "d")
        #expect(try first(#"{"source":{"name":{"name":"x"}},"domain":"d","text":"a"}"#).source == "d")
        #expect(try first(#"{"source":{},"text":"a"}"#).source == nil)
    }

    @Test func oneNameMayServeTwoRoles() throws {
        let fields = Fields(text: ["t"], id: ["t"], title: ["t"], source: ["t"])
        let document = try first(#"{"t":"a\nb"}"#, fields: fields)
        #expect([document.text, document.id, document.title, document.source] == ["a\nb", "a\nb", "a\nb", "a\nb"])
    }

    @Test func settableNames() throws {
        let document = try first(#"{"text":"a","Inhalt":"b"}"#, fields: Fields(text: ["Inhalt"]))
        #expect(document.text == "b")
        let all = try read(#"{"text":"a"}"#, fields: Fields(text: ["Inhalt"]))
        #expect(all.problems.map(\.message) == ["no text field: looked for Inhalt"])
    }

    @Test func nestedFieldsAreNotTheRecords() throws {
        #expect(try first(#"{"meta":{"text":"no","id":"no"},"list":[{"text":"no"}],"text":"yes"}"#).text == "yes")
    }

    @Test func textIsFollowedByReadableBytes() throws {
        let scratch = TemporaryFolder()
        for length in 0..<200 {
            for body in [String(repeating: "a", count: length), String(repeating: "a", count: length) + #"\n"#] {
                let path = scratch.write("a.jsonl", "{\"text\":\"\(body)\"}")
                let inputs = try InputSet(paths: [path])
                let reader = InputReader(inputs, lines: LineBuffer(blockSize: 16, lineLimit: 1 << 20))
                var sum = 0
                _ = reader.forEachRecord(inChunk: 0) { record in
                    // Meant for the address sanitizer.
                    let end = record.text.baseAddress! + record.text.count
                    for i in 0..<Record.padding { sum &+= Int(end[i]) }
                    #expect(record.text.count == length + (body.hasSuffix("n") ? 1 : 0))
                }
            }
        }
    }
}
