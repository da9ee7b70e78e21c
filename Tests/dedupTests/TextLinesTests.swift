import TestSupport
import Testing

/// `--lines`: plain text with a document a line, through each command.
@Suite struct TextLinesTests {
    private let scratch = Scratch()
    private static let story = DirtyCases.story
    private static let other = "A report on quite another thing that nobody has read before"
    private static let dump = "\(story)\r\n\n\(other)\n \t\n\(story)"

    private func run(_ words: String..., input: [UInt8] = []) throws -> Tool.Run {
        try Tool.run(words, input: input, in: scratch.path)
    }

    @Test func clustersLines() throws {
        scratch.write("a.txt", Self.dump)
        let run = try run("cluster", "a.txt", "--lines", "--level", "near")
        #expect(run.code == 0 && run.talk.isEmpty, "\(run.talk)")
        let records = try Records(run)
        #expect(records.ids == ["a.txt:1", "a.txt:3", "a.txt:5"])
        #expect(records("document").map { $0["near"] as? String } == ["a.txt:1", "a.txt:3", "a.txt:1"])
        let piped = try self.run("cluster", "-", "--lines", input: Array(Self.dump.utf8))
        #expect(try Records(piped).ids == ["-:1", "-:3", "-:5"])
        let flags = try Records(self.run("flag", "a.txt", "--lines"))("flag")
        #expect(flags.map { $0["status"] as? String } == ["original", "original", "copy"])
    }

    @Test func packed() throws {
        scratch.write("a.txt.gz", compressed(Array(Self.dump.utf8), "gzip"))
        scratch.write("a.zip", TestSupport.packed([Member("in/b.txt", Self.dump.utf8)], format: "zip"))
        let records = try Records(run("cluster", "a.txt.gz", "a.zip", "--lines"))
        #expect(records.ids.map { $0.suffix(2) } == [":1", ":3", ":5", ":1", ":3", ":5"])
        #expect(records.ids.last == "a.zip/in/b.txt:5")
    }

    @Test func filtersLines() throws {
        scratch.write("a.txt", Self.dump)
        let filtered = try run("filter", "a.txt", "--lines", "-q", "--dupes", "gone")
        #expect(filtered.code == 0 && filtered.talk.isEmpty, "\(filtered.talk)")
        #expect(filtered.text == "\(Self.story)\r\n\n\(Self.other)\n \t\n")
        let gone = try Records(scratch.read("gone")).all[0]
        #expect(gone["id"] as? String == "a.txt:5" && gone["of"] as? String == "a.txt:1")
        #expect(gone["record"] as? String == Self.story)
        #expect(try run("filter", "--lines", "-q", input: Array(Self.dump.utf8)).text == filtered.text)
        #expect(try run("filter", "a.txt", "--lines", "-q", "--out-dir", "out").code == 0)
        #expect(scratch.text("out/a.txt") == filtered.text)
    }

    /// Bytes stay as they are, whatever they are: the first of lines with the same words is kept.
    @Test func keepsTheBytesOfRandomLines() throws {
        var random = SplitMix64(seed: 9)
        let stories = [Self.story, Self.other, "Nothing was known of where they had gone by the evening"]
        let noise = ["", " ", "\t", ", ", " \" ", " {} "]
        let broken: [[UInt8]] = [[], [0xFF], [0xE2, 0x82]]
        for round in 0..<30 {
            var bytes: [UInt8] = [], kept: [UInt8] = [], seen: Set<String> = []
            for _ in 0..<random.below(40) {
                let story = random.flip(0.3) ? "" : stories.randomElement(using: &random)!
                let (before, after) = (noise.randomElement(using: &random)!, noise.randomElement(using: &random)!)
                // What is no UTF-8 counts as a letter, and a text of nothing else as like no other.
                let tail = broken.randomElement(using: &random)!
                let row = Array((before + story).utf8) + tail + Array((after + (random.flip(0.2) ? "\r\n" : "\n")).utf8)
                bytes += row
                // Lines of no words always stay.
                if story.isEmpty || seen.insert("\(story) \(tail.isEmpty)").inserted { kept += row }
            }
            let run = try run(
                "filter", "--lines", "--level", "exact", "-q", "--encoding", "UTF-8", input: bytes)
            let isRight = run.output == kept
            #expect(isRight, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func hasNoPlaceForMarks() throws {
        scratch.write("a.txt", Self.dump)
        for words in [["a.txt"], ["a.txt", "--out-dir", "out"]] {
            let run = try Tool.run(["filter", "--lines", "--annotate"] + words, in: scratch.path)
            #expect(run.code == 64 && run.output.isEmpty)
            #expect(run.talk == "dedup: a.txt: a text file has no field to add to\n")
        }
        #expect(scratch.names == ["a.txt"])
    }

    @Test func doesNotMix() throws {
        scratch.write("a.txt", Self.dump)
        scratch.write("b.jsonl", DirtyCases.a)
        scratch.write("c.csv", "text\nx\n")
        let run = try run("filter", "b.jsonl", "a.txt", "--lines")
        #expect(run.code == 64 && run.output.isEmpty)
        #expect(
            run.talk == "dedup: b.jsonl is JSON Lines and a.txt is not: filter them one by one, or use --out-dir\n")
        let other = try self.run("filter", "a.txt", "c.csv", "--lines")
        #expect(other.talk.hasPrefix("dedup: c.csv is a table and a.txt is not: "), "\(other.talk)")
    }

    @Test func reportAndCompareReadThemAgain() throws {
        scratch.write("a.txt", Self.dump)
        #expect(try run("cluster", "a.txt", "--lines", "-o", "out.jsonl").code == 0)
        let page = try run("report", "out.jsonl", "--lines")
        #expect(page.code == 0 && page.talk.isEmpty, "\(page.talk)")
        #expect(page.text.contains("tore two cranes from the quay"))
        let compared = try run("compare", "a.txt:1", "a.txt:5", "--in", "a.txt", "--lines")
        #expect(compared.code == 0 && compared.talk.isEmpty, "\(compared.talk)")
        let alone = try run("compare", "a.txt", "a.txt", "--lines")
        #expect(alone.code == 64 && alone.talk.contains("--lines needs --in"), "\(alone.talk)")
    }
}
