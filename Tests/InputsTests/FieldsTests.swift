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
    }

    @Test func blankTextsGiveWayToOthersAndAreTexts() throws {
        for blank in ["", " ", #"\n \t"#, "\u{a0}"] {
            #expect(try first("{\"text\":\"\(blank)\",\"body\":\"b\"}").text == "b", "\(blank)")
            #expect(try first("{\"body\":\"b\",\"text\":\"\(blank)\"}").text == "b", "\(blank)")
        }
        #expect(try first(#"{"text":"","body":" "}"#).text == "")
        #expect(try first(#"{"text":"","body":5}"#).text == "")
        #expect(try first(#"{"text":"\\n","body":"b"}"#).text == #"\n"#)
    }

    @Test(arguments: ["NaN", "Infinity", "-Infinity", "nan", "-inf", "null"])
    func numbersThatAreNoneAreNull(_ none: String) throws {
        #expect(try first("{\"x\":\(none),\"text\":\(none),\"body\":\"b\",\"id\":\(none)}").text == "b")
        #expect(try first("{\"text\":\"a\",\"id\":\(none),\"date\":\(none)}").id == nil)
        #expect(try read("{\"text\":\(none)}").problems.map(\.fault) == [.noText(names: Fields.standard.text)])
    }

    @Test func namesInAnyCase() throws {
        let document = try first(#"{"ID":7,"Title":"t","TEXT":"a","PublishedAt":"2024-01-02"}"#)
        #expect([document.id, document.title, document.text, document.date] == ["7", "t", "a", "2024-01-02"])
        #expect(try first(#"{"Text":"A","text":"a"}"#).text == "a")
        #expect(try first(#"{"body":"b","Text":"A"}"#).text == "A")
        #expect(try first(#"{"texT":"a","text!":"b"}"#).text == "a")
    }

    @Test func paths() throws {
        let line =
            #"{"_id":"1","_source":{"body":"b","meta":{"when":"2024"},"by":[{"name":"x"},{"name":"y"}]},"a.b":"c"}"#
        func text(_ name: String) throws -> String { try first(line, fields: Fields(text: [name])).text }
        for (name, want) in [
            ("_source.body", "b"), ("/_source/body", "b"), ("_SOURCE.Body", "b"), ("_source.meta.when", "2024"),
            ("/_source/by/1/name", "y"), ("_source.by.0.name", "x"), ("a.b", "c"), ("/a.b", "c"),
        ] {
            #expect(try text(name) == want, "\(name)")
        }
        let fields = Fields(text: ["_source.body"], id: ["_id"], date: ["_source.meta.when"], source: ["_source.by.0"])
        let document = try first(line, fields: fields)
        #expect([document.id, document.date, document.source] == ["1", "2024", "x"])
        #expect(try first(#"{"a/b":{"m~n":"t"}}"#, fields: Fields(text: ["/a~1b/m~0n"])).text == "t")
        #expect(try first(#"{"\u0061":{"\u0062":"t"}}"#, fields: Fields(text: ["a.b"])).text == "t")
        let wrong = try read(#"{"a":{"b":[1]}}"#, fields: Fields(text: ["a.b"])).problems
        #expect(wrong.map(\.fault) == [.textNotString(name: "a.b", kind: "an array")])
    }

    @Test func whatMongoWrites() throws {
        let document = try first(
            #"{"_id":{"$oid":"6"},"text":"a","date":{"$date":"2024-01-02"}}"#,
            fields: {
                var fields = Fields.standard
                fields.id = ["_id"]
                return fields
            }())
        #expect([document.id, document.date] == ["6", "2024-01-02"])
        for date in [#"{"$date":5}"#, #"{"$date":{"$numberLong":"5"}}"#] {
            #expect(try first("{\"text\":\"a\",\"date\":\(date)}").date == "5", "\(date)")
        }
        #expect(
            try first(
                #"{"text":"a","source":{"id":"i","name":"n"}}"#,
                fields: {
                    var fields = Fields.standard
                    fields.id = ["source.id"]
                    return fields
                }()
            ).id == "i")
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
