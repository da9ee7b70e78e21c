import Records
import TestSupport
import Testing

@testable import Inputs

/// Records are the same, whatever JSON stands around them.
@Suite struct JSONShapeTests {
    /// How records are laid out in a file; each is `{…}` without line ends.
    private static let shapes: [(name: String, write: @Sendable ([String]) -> String)] = [
        ("array on a line", { "[\($0.joined(separator: ","))]" }),
        ("array with an element a line", { "[\n\($0.joined(separator: ",\n"))\n]\n" }),
        ("pretty array", { "\u{feff} [\r\n " + $0.map(pretty).joined(separator: "  ,\r\n\r\n  ") + "\r\n]\r\n" }),
        ("two arrays", { "[\($0.prefix(2).joined(separator: ", "))]\n[ \($0.dropFirst(2).joined(separator: ","))]" }),
        ("objects behind each other", { $0.map(pretty).joined() }),
        ("pretty objects", { $0.map(pretty).joined(separator: "\n") + "\n" }),
        ("envelope", { "{\"list\":[1,2],\"articles\":[\($0.joined(separator: ","))],\"n\":{\"x\":[]}}" }),
        ("pretty envelope", { "{\n \"data\": {\n \"items\": [\n\($0.joined(separator: ",\n"))\n]\n}\n}\n" }),
    ]

    private static func pretty(_ record: String) -> String {
        "{\n  " + record.dropFirst().dropLast().replacing(",\"x\"", with: ",\n  \"x\"") + "\n}"
    }

    private static func record(_ random: inout SplitMix64, _ number: Int) -> String {
        let pieces = ["a", "é", "\\\"", "\\\\", "\\n", "{", "}", "[", "]", ",", ":", "\\u005c", "word ", "/", "😀"]
        let text = (0..<random.below(12)).map { _ in pieces.randomElement(using: &random)! }.joined()
        let inner = ["null", "[]", "[{\"text\":\"no\"}]", "{\"}\":\"]\"}", "-1.5e3", "\"\\\\\"", "[[1],{}]"]
            .randomElement(using: &random)!
        return "{\"id\":\"\(number)\",\"x\":\(inner),\"text\":\"t \(text)\"}"
    }

    @Test func anyShapeInChunksOfAnySize() throws {
        var random = SplitMix64(seed: 7)
        for round in 0..<200 {
            let records = (1...(1 + random.below(7))).map { Self.record(&random, $0) }
            let want = try read(records.joined(separator: "\n"))
            #expect(want.documents.count == records.count, "\(records)")
            let (name, write) = Self.shapes[round % Self.shapes.count]
            let file = write(records)
            for chunkSize in [1, 2, 7, 16, 61, 1 << 20] {
                let blockSize = 1 + random.below(80)
                let got = try read(file.utf8, name: "a.json", chunkSize: chunkSize, blockSize: blockSize)
                let comment: Comment = "\(name), chunks of \(chunkSize), blocks of \(blockSize): \(file)"
                #expect(got.texts == want.texts && got.ids == want.ids, comment)
                #expect(got.problems.isEmpty, comment)
                #expect(got.documents.map(\.line) == Array(1...records.count), comment)
            }
        }
    }

    @Test func recordsCanBeReadAgain() throws {
        let scratch = TemporaryFolder()
        var random = SplitMix64(seed: 8)
        for (name, write) in Self.shapes {
            let file = write((1...5).map { Self.record(&random, $0) })
            let inputs = try InputSet(paths: [scratch.write("a.json", file)], chunkSize: 20)
            let reader = inputs.reader(), bytes = FileBytes(inputs)
            for document in Everything(inputs).documents.reversed() {
                let again = try reader.withRecord(at: document.location) { Document($0, linesBefore: 0) }
                #expect(again.text == document.text && again.id == document.id, "\(name): \(document)")
                let line = try bytes.withLine(at: document.location) { string($0) }
                #expect(line.hasPrefix("{") && line.hasSuffix("}"), "\(name): \(line)")
            }
        }
    }

    /// Of one object: which layout it is taken for.
    @Test(
        arguments: [
            ("{\"text\":\"a\",\"comments\":[{\"text\":\"b\"}]}", ["a"]),
            ("{\n\"comments\":[{\"text\":\"b\"}],\n\"text\":\"a\"}", ["a"]),
            ("{\"entities\":[{\"text\":\"b\"}]}\n{\"text\":\"a\"}", ["a"]),
            ("{\"id\":1,\n{\"id\":2,\"text\":\"a\"}", ["a"]),
            ("{\"text\":\"cut\n{\"id\":2,\"text\":\"a\"}", ["a"]),
            ("{ \"n\": 1,\n \"Articles\": [ {\"Body\": \"a\"} , {\"title\":\"x\"} ] }", ["a", ""]),
            ("{\"articles\":[]}", []), ("{\"title\":\"t\",\"tags\":[]}", [""]),
            ("{\"title\":\"t\",\"by\":[{\"name\":\"n\"}]}", [""]),
            ("{\"tags\":[{\"name\":\"x\"}],\"items\":[{\"title\":\"t\",\"text\":\"a\"}]}", ["a"]),
            ("{\"pages\":[{\"items\":[{\"text\":\"no\"}]}],\"items\":[{\"text\":\"a\"}]}", ["a"]),
            ("[]", []), (" [ ] ", []), ("[\"x\"]\n{\"text\":\"a\"}", ["a"]), ("[{\"text\":\"a\"},]", ["a"]),
        ] as [(String, [String])])
    func layouts(_ file: String, _ texts: [String]) throws {
        #expect(try read(file.utf8, name: "a.json").texts == texts, "\(file)")
    }

    private func faults(_ file: String, fields: Fields = .standard) throws -> [String] {
        let all = try read(file.utf8, name: "a.json", fields: fields)
        return all.problems.map { String("\($0)".split(separator: "a.json", maxSplits: 1).last!) }
    }

    @Test func faultsAreNamedByRecord() throws {
        #expect(
            try faults("[{\"text\":\"a\"}, 5, {\"text\":{}}, {\"text\":\"b\"}]") == [
                ": record 2: a number, not a JSON object",
                ": record 3: text field \"text\" is an object, not a string",
            ])
        #expect(
            try faults("[{\"text\":\"a\"},{\"text\":\"b") == [
                ": record 2: cut off or malformed JSON", ": cut off: the array of records never ends",
            ])
        #expect(try faults("[{\"text\":\"a\"}") == [": cut off: the array of records never ends"])
        #expect(try faults("[{\"text\":\"a\"}] x") == [": not read: what follows the end of the JSON"])
        #expect(try faults("{\"a\":[{\"text\":\"a\"}]") == [": cut off: the array of records never ends"])
        #expect(try faults("{\n\"text\":\"a\"\n}\n{\n\"text\":") == [": record 2: cut off or malformed JSON"])
    }

    /// Also where the second stands beyond the first bytes.
    @Test func severalArrays() throws {
        var fields = Fields.standard
        let (a, b) = ("[{\"text\":\"a\"}]", "[{\"text\":\"b\"}]")
        let small = "{\"a/x\":\(a),\"b\":{\"c\":\(b)}}"
        let error = #expect(throws: Problem.self) { try read(small.utf8, name: "a.json") }
        #expect(error?.fault == .severalArrays(paths: ["/a~1x", "/b/c"]))
        for (name, text) in [("/a~1x", "a"), ("b.c", "b"), ("/b/c", "b")] {
            fields.records = name
            let all = try read(small.utf8, name: "a.json", fields: fields)
            #expect(all.texts == [text] && all.problems.isEmpty, "\(name): \(all.problems)")
        }
        fields.records = "d"
        #expect(throws: Problem.self) { try read(small.utf8, name: "a.json", fields: fields) }
        let filler = String(repeating: " ", count: 1 << 17)
        #expect(try faults("{\"a\":\(a),\(filler)\"b\":\(b)}") == [": several arrays of records: /a, /b"])
        fields.records = "a"
        #expect(try faults("{\"a\":\(a),\(filler)\"b\":\(b)}", fields: fields) == [])
    }

    @Test func otherNamesOfJSONLines() throws {
        for name in ["a.jl", "a.jsonlines", "a.ndjson", "dump"] {
            #expect(try read("{\"text\":\"a\"}\n{\"text\":\"b\"}\n".utf8, name: name).texts == ["a", "b"], "\(name)")
        }
    }
}
