import Glibc
import Testing

@Suite struct IndexCommandTests {
    private let scratch = Scratch()

    private static let stories = Scratch.read(Place.root + "/corpora/sample/stories.jsonl")!
        .split(separator: 10).map { Array($0) + [10] }

    /// The sample dump in two days, and an index.
    private func days() throws {
        scratch.write("a.jsonl", Self.stories[..<40].joined())
        scratch.write("b.jsonl", Self.stories[40...].joined())
        #expect(try dedup("create", "n.index").code == 0)
    }

    private func dedup(_ words: String..., input: [UInt8] = []) throws -> Tool.Run {
        try Tool.run(["index"] + words, input: input, in: scratch.path)
    }

    @Test(arguments: ["jsonl", "tsv", "text"])
    func aDay(_ format: String) throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        let asked = try dedup("match", "n.index", "b.jsonl", "--format", format)
        let run = try dedup("add", "n.index", "b.jsonl", "--format", format)
        #expect(run.code == 0 && run.talk.isEmpty, "\(run.talk)")
        expectGolden("index-add.\(format == "text" ? "txt" : format)", run.text)
        // What is asked for is what is given, but for the number of stories in the index by then.
        let same = zip(asked.lines, run.lines).filter { $0 == $1 }.count
        #expect(same >= run.lines.count - 2 && asked.lines.count == run.lines.count)
        let again = try dedup("add", "n.index", "b.jsonl", "--format", "tsv")
        #expect(again.lines.dropFirst().allSatisfy { $0.split(separator: "\t")[1] == "known" })
    }

    @Test func settledIsClustered() throws {
        try days()
        for day in ["b.jsonl", "a.jsonl"] { #expect(try dedup("add", "n.index", day, "-o", "x.csv").code == 0) }
        let settled = try dedup("settle", "n.index", "-o", "moved.tsv")
        #expect(settled.code == 0 && settled.said.hasSuffix(" labels moved\n"), "\(settled.said)")
        let cluster = try Tool.run(["cluster", "b.jsonl", "a.jsonl", "--format", "tsv"], in: scratch.path)
        #expect(try dedup("export", "n.index", "--format", "tsv").text == cluster.text)
        let result = try Records(dedup("export", "n.index", "--format", "jsonl"))
        #expect(result.ids.count == 61 && !result("cluster").isEmpty)
        #expect(try dedup("check", "n.index").said == "dedup: n.index: 61 stories, all as they were written\n")
    }

    @Test func aStoryOnStandardInput() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        let run = try dedup("match", "n.index", "-", "--format", "jsonl", input: Self.stories[0])
        let record = try #require(try Records(run)("document").first)
        #expect(record["standing"] as? String == "known")
        let stranger = try dedup(
            "match", "n.index", "-", "--format", "text", input: Array(#"{"text": "A word of its own."}"#.utf8))
        #expect(stranger.code == 0 && stranger.text.contains("1 story, 0 copies; the index holds 40"))
        #expect(try dedup("stats", "n.index", "--format", "text").text.contains("\ndocuments 40\n"))
    }

    @Test func pages() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "day.html").code == 0)
        let isPage = scratch.text("day.html").hasPrefix("<!doctype html>")
        #expect(isPage)
        let week = try Tool.run(["report", "n.index", "--since", "2024-04-04", "-o", "week.html"], in: scratch.path)
        #expect(week.code == 0, "\(week.said)")
        let holds = scratch.text("week.html").contains("Eastgate pumps on their way to flooded Drossen")
        #expect(holds)
        #expect(
            try Tool.run(["report", "a.jsonl", "--since", "2024-04-04", "-o", "x.html"], in: scratch.path).code == 64)
    }

    @Test func recordsFillAnotherIndex() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "b.jsonl", "-o", "a.csv").code == 0)
        let records = try dedup("export", "n.index", "--records")
        #expect(records.lines.count == 61)
        #expect(try dedup("create", "m.index").code == 0)
        #expect(try dedup("add", "m.index", "-", "-o", "b.csv", input: records.output).code == 0)
        #expect(scratch.text("b.csv") == scratch.text("a.csv"))
        #expect(try dedup("export", "m.index", "--records").output == records.output)
    }

    @Test func removesAndExpires() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        #expect(try dedup("remove", "n.index", "nw-0794").said == "dedup: n.index: 39 stories left\n")
        #expect(try dedup("remove", "n.index", "-", input: Array("hg-0536\nlp-1094\n".utf8)).code == 0)
        let unknown = try dedup("remove", "n.index", "lp-1055", "nw-0794")
        #expect(unknown.code == 66 && unknown.said == "dedup: not in the index: nw-0794; nothing was removed\n")
        let expired = try dedup("expire", "n.index", "--before", "2024-04-05")
        #expect(expired.code == 0 && expired.said.contains(" taken out, "), "\(expired.said)")
        #expect(try dedup("check", "n.index", "-q").said.isEmpty)
        #expect(try dedup("expire", "n.index", "--before", "2024").code == 64)
    }

    /// What goes wrong is told with the way out, and changes nothing.
    @Test func refusals() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        let before = try dedup("export", "n.index", "--format", "tsv").text
        func expect(_ code: Int32, _ words: String, _ run: Tool.Run) {
            #expect(run.code == code && run.said.contains(words), "\(run.said)")
        }
        expect(66, "no.index: no index; dedup index create no.index makes one", try dedup("add", "no.index", "a.jsonl"))
        expect(74, "n.index: Directory not empty", try dedup("create", "n.index"))
        expect(64, "asked for is definition", try dedup("add", "n.index", "a.jsonl", "--threshold", "0.8"))
        expect(64, "level event", try dedup("match", "n.index", "a.jsonl", "--level", "near"))
        expect(66, "nothing.jsonl: no such file", try dedup("add", "n.index", "nothing.jsonl"))
        expect(64, "--date-order mdy", try dedup("add", "n.index", "a.jsonl", "--date-order", "mdy"))
        // Records without ids are called by their lines, which mean others tomorrow.
        scratch.write("today.jsonl", #"{"text":"Nothing of note was said in the first hour."}"# + "\n")
        #expect(try dedup("add", "n.index", "today.jsonl", "-o", "x.csv").code == 0)
        scratch.write("today.jsonl", #"{"text":"Something else altogether came up a day after."}"# + "\n")
        expect(66, "today.jsonl:1: the index has another text by this name", try dedup("add", "n.index", "today.jsonl"))
        // A bad record where none is wanted.
        scratch.write("bad.jsonl", Self.stories[50] + Array("{\n".utf8))
        expect(2, "bad.jsonl:2:", try dedup("add", "n.index", "bad.jsonl", "--strict", "-o", "x.csv"))
        scratch.write("other.jsonl", #"{"words":"Nobody looks for a text here."}"# + "\n")
        expect(65, "--text-field", try dedup("add", "n.index", "other.jsonl", "-o", "x.csv"))
        let after = try dedup("export", "n.index", "--format", "tsv").text
        #expect(after.hasPrefix(before) && after.split(separator: "\n").count == 42)
        expect(2, "bad.jsonl:2:", try dedup("add", "n.index", "bad.jsonl", "-o", "x.csv"))
        #expect(try dedup("check", "n.index").code == 0)
    }

    @Test func damageIsFound() throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        var bytes = scratch.read("n.index/0.segment")
        bytes[5000] ^= 1
        scratch.write("n.index/0.segment", bytes)
        let check = try dedup("check", "n.index")
        #expect(check.code == 2 && check.said == "dedup: n.index/0.segment: damaged: page 1 is not what was written\n")
        let match = try dedup("match", "n.index", "b.jsonl", "--format", "tsv")
        #expect(match.code == 66 && match.output.isEmpty && match.said.contains("dedup index check lists all damage"))
    }

    /// Not a folder of files, whoever is given it; without its first line it is one.
    @Test func anIndexIsNoFolderOfStories() throws {
        try days()
        for command in ["flag", "cluster"] {
            let run = try Tool.run([command, "--against", "n.index", "b.jsonl"], in: scratch.path)
            let way = "n.index is an index: dedup index match n.index FILE says of each story whether it is there"
            #expect(run.code == 64 && run.output.isEmpty && run.said == "dedup: \(way)\n", "\(run.said)")
        }
        let run = try dedup("add", "n.index", "n.index")
        #expect(run.code == 64 && run.said.contains("dedup index export n.index --records writes its stories"))
        scratch.write("n.index/manifest", Array("Of crates and barrels.\n".utf8))
        #expect(try Tool.run(["filter", "--against", "n.index", "b.jsonl"], in: scratch.path).code == 66)
    }

    /// What is kept and what is removed is that of a filter held against the index's stories.
    @Test(arguments: ["exact", "near", "copy", "event"])
    func filteredAgainst(_ level: String) throws {
        try days()
        #expect(try dedup("add", "n.index", "a.jsonl", "-o", "a.csv").code == 0)
        scratch.write("dump.jsonl", try dedup("export", "n.index", "--records").output)
        // Some stories of the first day are brought again.
        scratch.write("day.jsonl", (Self.stories[35...] + [Array("no record\n".utf8)]).joined())
        for words in [[], ["--annotate"], ["--dry-run"], ["--sample", "5"]] as [[String]] {
            let common = ["filter", "day.jsonl", "--level", level] + words, gone = words.isEmpty
            let wanted = try Tool.run(
                common + ["--against", "dump.jsonl"] + (gone ? ["--dupes", "a.gone"] : []), in: scratch.path)
            let run = try Tool.run(
                common + ["--against", "n.index"] + (gone ? ["--dupes", "b.gone"] : []), in: scratch.path)
            #expect(run.code == 2 && run.output == wanted.output, "\(words)")
            let last = wanted.said.split(separator: "\n").filter { $0.contains("kept") || $0.contains("was there") }
            for line in last { #expect(run.said.contains(line.suffix(40)), "\(run.said)") }
            #expect(run.said.contains("day.jsonl:27: "), "\(run.said)")
        }
        #expect(scratch.read("a.gone") == scratch.read("b.gone"))
        let pipe = try Tool.run(
            ["filter", "--against", "n.index", "--level", level, "-q"], input: scratch.read("day.jsonl"),
            in: scratch.path)
        let file = try Tool.run(
            ["filter", "--against", "n.index", "--level", level, "-q", "day.jsonl"], in: scratch.path)
        #expect(pipe.output == file.output && pipe.code == 2)
    }

    @Test func filterKeepsToTheIndex() throws {
        try days()
        #expect(try dedup("create", "near.index", "--level", "near", "--threshold", "0.8").code == 0)
        func filter(_ words: String...) throws -> Tool.Run {
            try Tool.run(["filter", "b.jsonl"] + words, in: scratch.path)
        }
        #expect(try filter("--against", "near.index").code == 0)
        let definitions = [["--threshold", "0.7"], ["--level", "copy"], ["--date-order", "mdy"]]
        for words in definitions {
            let run = try Tool.run(["filter", "b.jsonl", "--against", "near.index"] + words, in: scratch.path)
            #expect(run.code == 64 && run.output.isEmpty && run.said.contains("near.index: made by "), "\(run.said)")
        }
        let two = try filter("--against", "near.index", "--against", "a.jsonl")
        #expect(two.code == 64 && two.said.contains("held against alone"))
        let strict = try filter("--against", "near.index", "--strict", "--text-field", "nothing")
        #expect(strict.code == 65)
    }

    @Test func aSecondWriterIsToldOrWaits() throws {
        try days()
        let lock = open("\(scratch.path)/n.index/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        flock(lock, LOCK_EX)
        let told = try dedup("add", "n.index", "a.jsonl", "-o", "a.csv")
        #expect(told.code == 74 && told.said.contains("n.index: another process is writing; --wait waits for it"))
        let waiting = try Tool.start(
            ["index", "add", "n.index", "a.jsonl", "--wait", "-o", "a.csv"], in: scratch.path,
            streams: ("/dev/null", "/dev/null", "/dev/null"))
        usleep(200_000)
        close(lock)
        #expect(Tool.wait(waiting) == 0)
        #expect(try dedup("check", "n.index").said.contains("40 stories"))
    }
}
