import Testing

/// What is said of the input.
@Suite struct ReadTests {
    private let scratch = Scratch()

    private func said(_ records: String, _ options: String...) throws -> (lines: [String], code: Int32) {
        scratch.write("in.jsonl", records)
        let run = try Tool.run(["cluster", "in.jsonl"] + options, in: scratch.path)
        return (run.said.split(separator: "\n").map(String.init), run.code)
    }

    @Test func whichFieldsWereTakenForWhat() throws {
        let records = """
            {"url":"https://example.org/1","maintext":"one","headline":"h","date":"2024-04-03"}
            {"url":"https://example.org/2","body":"two"}

            """
        let said = try said(records)
        #expect(
            said.lines == [
                "dedup: read 2 records: text from maintext or body, id from url, headline from headline (1 without), date "
                    + "from date (1 without), no outlet, no language"
            ])
        #expect(said.code == 0)
        #expect(try self.said(records, "-q").lines == [])
    }

    @Test func textsHaveNoFields() throws {
        scratch.write("folder/a.txt", "one")
        let run = try Tool.run(["cluster", "folder"], in: scratch.path)
        #expect(run.said == "dedup: read 1 text\n")
        #expect(try said("").lines == ["dedup: read nothing", "dedup: no documents in the input"])
    }

    /// With a headline, without one, and where the run is to be quiet.
    @Test(arguments: [[], ["-q"]]) func noRecordWithAText(options: [String]) throws {
        for title in ["", #""title":"t","#] {
            scratch.write("in.jsonl", "{\(title)\"id\":\"1\",\"story\":\"x y\"}\n")
            let run = try Tool.run(["cluster", "in.jsonl"] + options, in: scratch.path)
            #expect(run.code == 65)
            #expect(run.output.isEmpty)
            let there = title.isEmpty ? "id, story" : "id, story, title"
            #expect(
                run.said
                    == "dedup: no record has a text: looked for text, maintext, body, content, article, found only "
                    + "\(there); name the right one with --text-field NAME\n")
        }
    }

    @Test func mostRecordsWithoutAText() throws {
        let records = #"{"id":"1","title":"t"}"# + "\n" + #"{"id":"2","title":"t"}"# + "\n" + #"{"text":"x"}"# + "\n"
        #expect(
            try said(records, "-q").lines == [
                "dedup: 2 of 3 records have no text: looked for text, maintext, body, content, article, found only id, "
                    + "title; name the right one with --text-field NAME"
            ])
    }

    /// A dump without a command; a command that is none; what a reader of a terminal wants.
    @Test func commands() throws {
        scratch.write("in.jsonl", #"{"id":"1","text":"x"}"# + "\n")
        func run(_ words: String...) throws -> Tool.Run { try Tool.run(words, in: scratch.path) }
        #expect(try run("in.jsonl", "--level", "exact").text == run("cluster", "in.jsonl", "--level", "exact").text)
        #expect(try run("-V").text == run("--version").text)
        let mistyped = try run("flg", "in.jsonl")
        #expect(mistyped.said == "dedup: flg is neither a command nor a file; did you mean dedup flag?\n")
        #expect(mistyped.code == 64)
        #expect(try run("cluster", "in.jsonl", "--memory", "5").code == 64)
    }

    @Test func largestClustersOnly() throws {
        let all = try Tool.run(["cluster", Place.sample, "--format", "text"])
        let clusters = all.lines.count { $0.hasPrefix("event of ") }
        let top = try Tool.run(["cluster", Place.sample, "--format", "text", "--top", "2"])
        #expect(top.lines.count { $0.hasPrefix("event of ") } == 2)
        #expect(top.lines.contains("and \(clusters - 2) more"))
        let large = try Tool.run(["cluster", Place.sample, "--format", "text", "--min-size", "4"])
        #expect(
            !large.lines.contains { $0.hasPrefix("event of 3 ") }
                && large.lines.contains { $0.hasPrefix("event of 4 ") })
        #expect(try Tool.run(["cluster", Place.sample, "--top", "2"]).code == 64)
    }
}
