import TestSupport
import Testing

@testable import Evaluation

@Suite struct LabelsTests {
    private let scratch = TemporaryFolder()

    private func labels(_ lines: String) throws -> Labels { try Labels(gold: scratch.write("gold", lines)) }

    private func refusal(_ lines: String) -> String? {
        do throws(LabelError) {
            _ = try Labels(gold: scratch.write("gold", lines))
            return nil
        } catch {
            return String(error.description.dropFirst(scratch.path.count + 1))
        }
    }

    @Test(arguments: ["7", "12345678901234567890123", "-1.50e3", "0.1"])
    func numbersAreAsTheyAreWritten(_ number: String) throws {
        let labels = try labels("{\"id\": \(number) , \"label\":\(number)}")
        #expect(labels[Array(number.utf8)] == Array(number.utf8))
        #expect(try self.labels("{\"id\":\(number),\"label\":\"x\"}\n{\"id\":\"y\",\"label\":\"x\"}").count == 2)
    }

    @Test func stringsAreUnescaped() throws {
        let labels = try labels(#"{"label":"\u00e9\n","id":"caf\u00e9"}"#)
        #expect(labels[Array("caf\u{e9}".utf8)] == Array("\u{e9}\n".utf8))
    }

    @Test func otherRecordsAreNone() throws {
        let lines = [#"{"id":"a","label":""}"#, #"{"id":null,"label":"x"}"#, #"{"id":["b"],"label":"x"}"#, "", " \t"]
        #expect(try labels((lines + [#"{"id":"c","label":"x"}"#]).joined(separator: "\n")).count == 1)
        let result = """
            {"type":"run","id":"a","near":"x"}
            {"type":"document","id":"b","near":"x"}
            {"type":"cluster","id":"c","near":"x"}
            {"id":"d","near":"x"}
            """
        let path = scratch.write("result", result)
        #expect(try Labels(result: path, level: "near").count == 2)
    }

    @Test func dirt() throws {
        let marked = "\u{FEFF}{\"id\":\"a\",\"label\":\"x\"}"
        #expect(try labels("\(marked)\r\n\(marked.replacing("a\"", with: "b\""))").count == 2)
        let broken = #"{"id":"a\ud800","label":"x"}"#
        #expect(try labels(broken)[Array("a\u{FFFD}".utf8)] == Array("x".utf8))
        #expect(try labels(#"{"id":"a","label":"x","id":"b","label":"y"}"#)[Array("a".utf8)] == Array("x".utf8))
    }

    @Test(arguments: [
        ("[1]", "an array, not a JSON object; each line must be one JSON object"),
        ("\"x\"", "a string, not a JSON object; each line must be one JSON object"),
        ("5", "a number, not a JSON object; each line must be one JSON object"),
        ("null", "null, not a JSON object; each line must be one JSON object"),
        ("{", "cut off or malformed JSON; each line must be one whole JSON object"),
        ("{} x", "cut off or malformed JSON; each line must be one whole JSON object"),
    ])
    func refusals(_ line: String, _ message: String) {
        #expect(refusal("{\"id\":\"a\",\"label\":\"x\"}\n\(line)\n") == "gold:2: \(message)")
    }
}
