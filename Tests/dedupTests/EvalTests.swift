import Evaluation
import Foundation
import TestSupport
import Testing

/// `dedup eval` against the script that developers have beside the project, and against bad files.
@Suite struct EvalTests {
    private let scratch = Scratch()
    private static let hasScript = Place.python != nil && Place.exists(Place.score)

    /// Scores as either tool prints them: B-cubed and pairs as precision, recall, F1; then the adjusted Rand index.
    private func scores(_ run: Tool.Run) throws -> [String] {
        #expect(run.code == 0, "\(run.talk)")
        return run.text.matches(of: /-?[01]\.\d{4}/).map { String($0.0) }
    }

    private func expectAgreement(result: String, gold: String, level: String, _ comment: Comment) throws {
        let ours = try scores(Tool.run(["eval", result, gold, "--level", level]))
        let theirs = try scores(
            Tool.run([Place.score, gold, result, "--level", level], executable: try #require(Place.python)))
        #expect(ours.count == 7, comment)
        #expect(ours == theirs, comment)
    }

    @Test(.enabled("needs python3 and ../shared/tools/score.py") { hasScript }, arguments: 1...12)
    func agreesOnRandomClusterings(_ seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let count = seed == 1 ? 1 : Int.random(in: 2...80, using: &random)
        func table(labels: Int) -> String {
            (0..<count).map { "d\($0)\tc\(Int.random(in: 0..<labels, using: &random))\n" }.joined()
        }
        let result = scratch.write("result.tsv", table(labels: Int.random(in: 1...count, using: &random)))
        let gold = scratch.write("gold.tsv", table(labels: Int.random(in: 1...count, using: &random)))
        try expectAgreement(result: result, gold: gold, level: "event", "seed \(seed)")
    }

    @Test(.enabled("needs python3 and ../shared/tools/score.py") { hasScript }, arguments: SampleTests.levels)
    func agreesOnTheSample(_ level: String) throws {
        let result = scratch.write("result.jsonl", try Tool.run(["cluster", Place.sample]).output)
        let gold = "\(Place.root)/corpora/sample/gold-\(level).tsv"
        try expectAgreement(result: result, gold: gold, level: level, "level \(level)")
    }

    @Test func everyFormatScoresTheSame() throws {
        let gold = "\(Place.root)/corpora/sample/gold-near.tsv"
        let rows = try #require(Scratch.read(gold)).split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
        let json = rows.map { $0.split(separator: "\t") }.map { #"{"id":"\#($0[0])","label":"\#($0[1])"}"# + "\n" }
        let goldJSON = scratch.write("gold.jsonl", json.joined())
        var texts: Set<String> = []
        for format in ["jsonl", "tsv"] {
            let result = scratch.write(
                "r.\(format)", try Tool.run(["cluster", Place.sample, "--format", format]).output)
            for gold in [gold, goldJSON] {
                let run = try Tool.run(["eval", result, gold, "--level", "near"])
                #expect(run.code == 0, "\(run.talk)")
                texts.insert(run.text)
            }
        }
        #expect(texts.count == 1)
        expectGolden("eval-near.txt", try #require(texts.first))
    }

    private func labelled() throws -> String {
        let gold = try #require(Scratch.read("\(Place.root)/corpora/sample/gold-event.tsv"))
        let labels = Dictionary(
            uniqueKeysWithValues: String(decoding: gold, as: UTF8.self).split(separator: "\n").map { row in
                let cells = row.split(separator: "\t")
                return (String(cells[0]), String(cells[1]))
            })
        let lines = try #require(Scratch.read(Place.sample)).split(separator: 10).map { line in
            var story = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            let id = try #require(story["id"] as? String)
            story["label"] = labels[id]
            return String(
                decoding: try JSONSerialization.data(withJSONObject: story, options: .sortedKeys), as: UTF8.self)
        }
        return scratch.write("labelled.jsonl", lines.joined(separator: "\n") + "\n")
    }

    /// As it is: the scores of `cluster` and `eval`. Thinned: those of a dump that was thinned by hand.
    @Test func aLabelledDumpIsScoredAsItIsAndThinned() throws {
        let dump = try labelled()
        let run = try Tool.run(["eval", "--thin", dump])
        #expect(run.code == 0, "\(run.talk)")
        #expect(try Tool.run(["eval", "--thin", dump]).text == run.text)
        let stories = try #require(Scratch.read(dump)).split(separator: 10).map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        }
        let labelled = LabelledDump(
            documents: stories.map { Document(text: $0["text"] as! String, id: $0["id"] as? String) },
            labels: stories.map { Array(($0["label"] as! String).utf8) })
        for (row, kept) in [(1, labelled)] + (1...3).map({ ($0 + 1, labelled.thinned(seed: $0)) }) {
            let ids = Set(kept.documents.map { $0.id! })
            let left = try stories.filter { ids.contains($0["id"] as! String) }.map {
                String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
            }
            let part = scratch.write("part\(row).jsonl", left.joined(separator: "\n") + "\n")
            let result = scratch.write("part\(row).out", try Tool.run(["cluster", part]).output)
            let scores = try scores(Tool.run(["eval", result, part]))
            #expect(run.lines[row].hasSuffix(scores[0...2].joined(separator: "     ")), "\(run.text)")
            #expect(run.lines[row].contains(" \(left.count) "))
            guard Self.hasScript else { continue }
            let theirs = try self.scores(
                Tool.run([Place.score, part, result], executable: try #require(Place.python)))
            #expect(theirs == scores)
        }
        #expect(run.lines.count == 7)
    }

    @Test func bySize() throws {
        let dump = try labelled()
        let result = scratch.write("result.jsonl", try Tool.run(["cluster", dump]).output)
        let plain = try Tool.run(["eval", result, dump]), told = try Tool.run(["eval", result, dump, "--by-size"])
        #expect(told.text.hasPrefix(plain.text))
        #expect(told.text.contains("\nB-cubed, by size of the gold cluster\n"))
        #expect(
            told.lines.count {
                $0.wholeMatch(of: /(1|2|3 to 5|6 to 20) +\d+ +\d+ +[01]\.\d{4} +[01]\.\d{4} +[01]\.\d{4}/) != nil
            } == 3)
        let thin = try Tool.run(["eval", "--thin", "--by-size", dump, "--min-f1", "0.5"])
        #expect(thin.code == 0 && thin.text.contains("As it is, by size") && thin.text.contains("Thinned, the three"))
        #expect(try Tool.run(["eval", "--thin", dump, "--min-f1", "1"]).code == 1)
    }

    @Test(
        arguments: [
            (["--thin", Place.sample], 66, "no field label"), (["--thin", "-"], 64, "reads its dump twice"),
            (["--thin", Place.sample, "gold.tsv"], 64, "takes one dump"),
            ([Place.sample], 64, "Missing expected argument"),
            (["--thin", "nothing.jsonl"], 66, "nothing.jsonl"),
        ] as [([String], Int32, String)])
    func wrongUse(_ words: [String], _ code: Int32, _ message: String) throws {
        let run = try Tool.run(["eval"] + words)
        #expect(run.code == code && run.talk.contains(message) && run.output.isEmpty, "\(run.talk)")
    }

    @Test func aDumpWithoutStoriesOrWithBrokenOnes() throws {
        let empty = try Tool.run(["eval", "--thin", scratch.write("empty.jsonl", "")])
        #expect(empty.code == 66 && empty.talk.contains("holds no stories"), "\(empty.talk)")
        let one = #"{"id":"a","text":"one two three","label":"x"}"# + "\n{\n"
        let run = try Tool.run(["eval", "--thin", scratch.write("broken.jsonl", one)])
        #expect(run.code == 2 && run.talk.contains("broken.jsonl:2"), "\(run.talk)")
        #expect(run.lines[1].hasSuffix("1.0000     1.0000     1.0000"))
    }

    /// Strings that Unicode calls equal are different ids.
    @Test func idsAreBytes() throws {
        let rows = "caf\u{e9}\tx\ncafe\u{301}\ty\n"
        let run = try Tool.run(["eval", scratch.write("r.tsv", rows), scratch.write("g.tsv", rows)])
        #expect(run.code == 0, "\(run.talk)")
        #expect(run.text.hasPrefix("2 documents"))
    }

    @Test func fullOutput() throws {
        let rows = scratch.write("r.tsv", "a\tx\n")
        let run = try Tool.run(["eval", rows, rows], output: "/dev/full")
        #expect(run.code == 74, "\(run.talk)")
    }

    @Test func leastF1() throws {
        let gold = scratch.write("gold.tsv", "a\t1\nb\t1\nc\t2\n")
        let result = scratch.write("result.tsv", "a\t1\nb\t2\nc\t3\n")
        #expect(try Tool.run(["eval", result, gold, "--min-f1", "0.8"]).code == 0)
        let run = try Tool.run(["eval", result, gold, "--min-f1", "0.8001"])
        #expect(run.code == 1)
        #expect(run.talk == "dedup: B-cubed F1 0.8000 is below 0.8001\n")
        #expect(run.text.contains("B-cubed"))
    }

    @Test(
        arguments: [
            ("gold", nil, "gold: No such file or directory"),
            ("gold", "", "gold: is empty"),
            ("gold", "a\n", "gold:1: not id, tab, label"),
            ("gold", "a\tx\na\ty\n", "gold: the id a is there twice"),
            ("gold", #"{"id":"a"}"#, "gold: no ids with label"),
            ("gold", "{\"id\":\"a\",\"label\":\"x\"}\n{", "gold:2: cut off or malformed JSON"),
            ("result", nil, "result: No such file or directory"),
            ("result", "b\tx\n", "result: no cluster for 1 of 1 labelled ids, such as a"),
            ("result", "id\texact\na\ta\n", "result: no column event"),
            ("result", #"{"type":"document","id":"a","exact":"a"}"#, "result: no ids with event"),
        ] as [(String, String?, String)])
    func unusable(_ file: String, _ content: String?, _ message: String) throws {
        scratch.write("gold", "a\tx\n")
        scratch.write("result", "a\tx\n")
        if let content { scratch.write(file, content) }
        let path = content == nil ? "no/\(file)" : file
        let run = try Tool.run(
            ["eval", file == "result" ? path : "result", file == "gold" ? path : "gold"], in: scratch.path)
        #expect(run.code == 66)
        #expect(run.talk.hasPrefix("dedup: \(content == nil ? "no/" : "")\(message)"), "\(run.talk)")
        #expect(run.output.isEmpty)
    }

    @Test func foldersAreNoTables() throws {
        let gold = scratch.write("gold.tsv", "a\tx\n")
        let run = try Tool.run(["eval", scratch.path, gold])
        #expect(run.code == 66)
        #expect(run.talk == "dedup: \(scratch.path): Is a directory\n")
    }
}
