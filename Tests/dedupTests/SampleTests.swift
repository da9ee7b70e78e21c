import Foundation
import Testing

/// The sample dump: what `make run` shows.
@Suite struct SampleTests {
    static let levels = ["exact", "near", "copy", "event"]

    @Test(arguments: levels, ["text", "jsonl", "tsv"])
    func golden(level: String, format: String) throws {
        let run = try cluster("--level", level, "--format", format)
        #expect(run.talk.isEmpty)
        expectGolden("sample-\(level).\(format == "text" ? "txt" : format)", run.text)
    }

    @Test func goldenPairs() throws {
        expectGolden("sample-pairs.jsonl", try cluster("--level", "near", "--pairs").text)
    }

    @Test func goldenSingle() throws {
        expectGolden("sample-single.jsonl", try cluster("--level", "near", "--linkage", "single", "--pairs").text)
    }

    @Test func goldenHighThreshold() throws {
        expectGolden("sample-threshold.tsv", try cluster("--threshold", "0.85", "--format", "tsv").text)
    }

    /// The same bytes whatever the machine: threads and instruction sets.
    @Test(arguments: [[], ["--pairs"], ["--linkage", "single"], ["--format", "text"]])
    func sameBytes(_ options: [String]) throws {
        let words = ["cluster", Place.sample] + options
        let expected = try Tool.run(words + ["--threads", "1"], environment: ["DEDUP_KERNEL": "scalar"]).text
        #expect(!expected.isEmpty)
        for kernel in try kernels() {
            for threads in ["1", "2", "7"] {
                let run = try Tool.run(words + ["--threads", threads], environment: ["DEDUP_KERNEL": kernel])
                #expect(run.text == expected, "kernel \(kernel), \(threads) threads")
            }
        }
    }

    @Test func eachLevelRefinesTheNext() throws {
        let documents = try Records(cluster())("document").map { $0.compactMapValues { $0 as? String } }
        for (inner, outer) in zip(Self.levels, Self.levels.dropFirst()) {
            var outerOf: [String: String] = [:]
            for document in documents {
                let (a, b) = (document[inner]!, document[outer]!)
                #expect(
                    outerOf.updateValue(b, forKey: a) ?? b == b, "\(inner) cluster \(a) spans two \(outer) clusters")
            }
        }
    }

    @Test(arguments: ["exact", "near"])
    func labels(of level: String) throws {
        let scratch = Scratch()
        let result = scratch.write("result.jsonl", try cluster().output)
        let gold = "\(Place.root)/corpora/sample/gold-\(level).tsv"
        let run = try Tool.run(["eval", result, gold, "--level", level, "--min-f1", "1"])
        #expect(run.code == 0, "\(run.text)\(run.talk)")
        #expect(run.text.contains("adjusted Rand index 1.0000"), "\(run.text)")
    }

    @Test func tsvAndJSONLinesSayTheSame() throws {
        let rows = try cluster("--format", "tsv").lines.map { $0.split(separator: "\t").map(String.init) }
        let documents = try Records(cluster())("document")
        #expect(rows[0] == ["id"] + Self.levels + ["headline", "date", "outlet", "link", "doubt"])
        let labels = rows.dropFirst().map { Array($0.prefix(1 + Self.levels.count)) }
        #expect(labels == documents.map { d in (["id"] + Self.levels).map { d[$0] as! String } })
    }

    @Test func orderOfTheInputChangesNoGroup() throws {
        let stories = try #require(Scratch.read(Place.sample)).split(separator: UInt8(ascii: "\n"))
        let reversed = Array(stories.reversed().joined(separator: [UInt8(ascii: "\n")]))
        let backwards = try Records(Tool.run(["cluster", "-"], input: reversed))
        let forwards = try Records(cluster())
        #expect(backwards.ids == forwards.ids.reversed())
        for level in Self.levels { #expect(backwards.groups(level) == forwards.groups(level), "\(level)") }
    }

    private func cluster(_ options: String...) throws -> Tool.Run {
        let run = try Tool.run(["cluster", "corpora/sample/stories.jsonl"] + options)
        #expect(run.code == 0, "\(run.talk)")
        return run
    }

    /// As the message about an unknown one lists them.
    private func kernels() throws -> [String] {
        let talk = try Tool.run(["cluster", Place.sample], environment: ["DEDUP_KERNEL": "?"]).talk
        let list = try #require(talk.firstMatch(of: /which has (.+)/)).1
        return list.split(separator: ", ").map(String.init)
    }
}
