import DedupKit
import Foundation
import JSON
import Output
import Report
import TestSupport
import Testing

@testable import Inputs
@testable import Page

@Suite struct SavedResultTests {
    /// What was written is read back, strings of all kinds among it.
    @Test func roundTrip() throws {
        let folder = TemporaryFolder()
        let place = "Said ‘\u{1}\t\\ \"<Halden>\"\u{2028} 渡轮 🦊’"
        let stories = [
            (
                "b\u{e9}",
                "Lucio Ferrand said on Tuesday that 145 people had fled from Halden to Castrel on the night ferry."
            ),
            (
                "be\u{301}",
                "Some 145 people fled Halden for Castrel by the night ferry, Lucio Ferrand said late on Tuesday."
            ),
            (
                "\"\\\n\u{7f}",
                "The operator of the Korvik line will raise fares by a tenth from May, blaming the price of fuel."
            ),
        ]
        let lines = stories.enumerated().map { number, story -> String in
            let (id, text) = story
            let json = try! JSONSerialization.data(
                withJSONObject: ["id": id, "title": place, "text": text, "date": "2024-04-0\(1 + 4 * number)"])
            return String(decoding: json, as: UTF8.self)
        }
        let dump = folder.write("dump.jsonl", lines.joined(separator: "\n"))
        let inputs = try InputSet(paths: [dump])
        var pipeline = Pipeline()
        pipeline.options.explains = true
        pipeline.definition.event.threshold = 0.01
        let clustering = try pipeline.run(inputs)
        #expect(!clustering.evidence.events.isEmpty, "tests nothing")
        let path = folder.path + "/result.jsonl"
        let output = try OutputFile(path)
        try JSONLinesReport.write(clustering, of: inputs.paths, to: output)
        try output.commit()

        let saved = try SavedResult(path)
        #expect(saved.ids == stories.map { Array($0.0.utf8) })
        #expect(saved.labels == clustering.labels)
        #expect(saved.paths == inputs.paths)
        #expect(saved.definition.event.threshold == 0.01)
        for (one, other) in zip(saved.evidence.scores, clustering.evidence.scores) { #expect(abs(one - other) < 1e-4) }
        #expect(saved.evidence.scores.count == stories.count)
        #expect(saved.evidence.events.keys.sorted() == clustering.evidence.events.keys.sorted())
        for (representative, event) in clustering.evidence.events {
            let facts = saved.evidence.events[representative]!.facts
            #expect(facts.map(\.text) == event.facts.map(\.text) && facts.map(\.kind) == event.facts.map(\.kind))
            #expect(facts.map(\.reports) == event.facts.map(\.reports) && !facts.isEmpty)
            let grounds = try #require(event.grounds),
                told = try #require(saved.evidence.events[representative]?.grounds)
            #expect(abs(grounds.score - told.score) < 4e-4 && grounds.documents == told.documents)
            #expect(abs(grounds.company - told.company) < 1e-4 && abs(grounds.texts - told.texts) < 1e-4)
        }
        let standings = clustering.eventStandings()
        #expect(saved.standings.doubts == standings.doubts && !standings.doubts.isEmpty)
        #expect(saved.standings.chapters == standings.chapters && Set(standings.chapters.values).count > 1)
        #expect(saved.evidence.nearMisses.map(\.a) == clustering.evidence.nearMisses.map(\.a))

        let rewritten = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return String(
                decoding: try JSONSerialization.data(withJSONObject: record, options: .sortedKeys), as: UTF8.self
            )
            .replacing("\":", with: "\" : ")
        }
        let again = try SavedResult(folder.write("again.jsonl", "\n" + rewritten.joined(separator: "\n\n")))
        #expect(again.ids == saved.ids && again.labels == saved.labels, "as another tool writes the same records")
        #expect(again.paths == saved.paths && again.standings.doubts == saved.standings.doubts)
    }

    @Test(
        arguments: [
            "", "{", "{\"a\":1", "{\"a\" 1}", "[1,]", "[1 2]", "\"\\u12\"", "\"\\ud800\"", "\"\\q\"", "\"a", "tru",
            "{} {}", "1.2.3", String(repeating: "[", count: 100_000),
        ])
    func malformed(_ text: String) { #expect(JSONValueReader().read(Array(text.utf8)) == nil, "\(text.prefix(20))") }

    @Test func valuesOfAllKinds() throws {
        let text = #" {"a" : [1, -2.5e3, true, null, []], "b":"\u00e9\ud83e\udd8a\n\/", "c":{}} "#
        let value = try #require(JSONValueReader().read(Array(text.utf8)))
        #expect(value["a"]?.array.compactMap(\.number) == [1, -2500])
        #expect(value["a"]?.array.count == 5)
        #expect(value["b"]?.string == "é🦊\n/")
        #expect(value["d"] == nil && value["a"]?["b"] == nil)
    }
}
