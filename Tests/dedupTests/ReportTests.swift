import Foundation
import Testing

/// The page, drawn in one go and from a saved result.
@Suite struct ReportTests {
    private let scratch = Scratch()

    private func page(_ name: String) -> Page { Page(scratch.text(name)) }

    private func cluster(_ dump: String = Place.sample, _ options: String...) throws {
        let run = try Tool.run(
            ["cluster", dump, "--html", "page.html", "-o", "result.jsonl"] + options, in: scratch.path)
        #expect(run.code == 0, "\(run.talk)")
        #expect(run.output.isEmpty)
    }

    @Test func savedAndDirectAreTheSameBytes() throws {
        try cluster()
        let direct = scratch.text("page.html")
        for threads in ["1", "2", "7"] {
            let run = try Tool.run(
                ["report", "result.jsonl", "-o", "again.html", "--threads", threads], in: scratch.path)
            #expect(run.code == 0 && run.talk.isEmpty, "\(run.talk)")
            #expect(scratch.text("again.html") == direct, "\(threads) threads")
        }
        let piped = try Tool.run(["report", "-"], input: scratch.read("result.jsonl"), in: scratch.path)
        #expect(piped.text == direct)
    }

    @Test func theSample() throws {
        try cluster()
        let page = page("page.html")
        let result = try Records(Tool.run(["cluster", Place.sample]))
        let events = result("cluster").filter { $0["level"] as? String == "event" }
        #expect(page.clusters.count == events.count)
        #expect(page.data.count == events.count)
        for (data, event) in zip(page.data, events) {
            let stories = data["stories"] as! [[String: Any]]
            #expect(Set(stories.map { $0["id"] as! String }) == Set(event["members"] as! [String]))
            #expect(stories.count { $0["earliest"] as? Bool == true } == 1)
            #expect(stories[0]["earliest"] as? Bool == true, "the earliest stands first")
            let times = stories.map { $0["time"] as! Int }
            #expect(times[0] == times.min())
            // All pairs of a small cluster, each with texts that are there.
            let texts = data["texts"] as! [[String: Any]]
            #expect((data["pairs"] as! [Any]).count == texts.count * (texts.count - 1) / 2)
        }
        #expect(page.html.contains("Similarity is not proof of copying"))
        #expect(page.html.contains("61</b> stories"))
    }

    @Test(arguments: ["exact", "near", "copy"])
    func innerLevels(_ level: String) throws {
        try cluster(Place.sample, "--level", level)
        let direct = scratch.text("page.html")
        _ = try Tool.run(["report", "result.jsonl", "-o", "page.html"], in: scratch.path)
        #expect(scratch.text("page.html") == direct)
        #expect(!Page(direct).clusters.isEmpty)
    }

    /// The page is drawn of what the result says, and says what is not there.
    @Test func theInputIsGone() throws {
        scratch.write("dump.jsonl", Scratch.read(Place.sample)!)
        try cluster("dump.jsonl")
        let before = page("page.html")
        unlink("\(scratch.path)/dump.jsonl")
        let run = try Tool.run(["report", "result.jsonl", "-o", "page.html"], in: scratch.path)
        #expect(run.code == 2)
        #expect(
            run.talk.contains("dump.jsonl: no such file") && run.talk.contains("--input"), "\(run.talk)")
        let after = page("page.html")
        #expect(after.html.contains("were not at hand"))
        #expect(after.clusters.count == before.clusters.count)
        #expect(after.data.allSatisfy { ($0["texts"] as! [Any]).isEmpty })
        scratch.write("moved.jsonl", Scratch.read(Place.sample)!)
        let moved = try Tool.run(
            ["report", "result.jsonl", "--input", "moved.jsonl", "-o", "page.html"], in: scratch.path)
        #expect(moved.code == 0, "\(moved.talk)")
        #expect(page("page.html").html == before.html)
    }

    @Test func theInputHasChanged() throws {
        let lines = Scratch.read(Place.sample)!.split(separator: UInt8(ascii: "\n"))
        scratch.write("dump.jsonl", Array(lines.joined(separator: [10])))
        try cluster("dump.jsonl")
        scratch.write("dump.jsonl", Array(lines.dropFirst(20).joined(separator: [10])))
        let run = try Tool.run(["report", "result.jsonl", "-o", "page.html"], in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk.contains("not in the input any more"), "\(run.talk)")
        #expect(page("page.html").html.contains("could not be found in the input"))
    }

    @Test func whatIsNewBesideAnArchiveIsMarked() throws {
        let lines = Scratch.read(Place.sample)!.split(separator: 10)
        scratch.write("archive.jsonl", Array(lines.prefix(30).joined(separator: [10])))
        scratch.write("today.jsonl", Array(lines.dropFirst(30).joined(separator: [10])))
        try cluster("today.jsonl", "--against", "archive.jsonl")
        let documents = try Records(
            Tool.run(["cluster", "today.jsonl", "--against", "archive.jsonl"], in: scratch.path))(
                "document")
        let new = Set(documents.filter { $0["new"] as? Bool == true }.map { $0["id"] as! String })
        #expect(new.count == lines.count - 30)
        let stories = page("page.html").data.flatMap { $0["stories"] as! [[String: Any]] }
        #expect(stories.count { $0["new"] as? Bool == true } > 5)
        for story in stories { #expect((story["new"] as? Bool == true) == new.contains(story["id"] as! String)) }
        let direct = scratch.text("page.html")
        #expect(direct.contains("<b>new</b>"))
        #expect(try Tool.run(["report", "result.jsonl"], in: scratch.path).text == direct)
        try cluster()
        #expect(!scratch.text("page.html").contains("<b>new</b>"), "nothing is known, so nothing is new")
    }

    @Test func standardInputCannotBeReadAgain() throws {
        let saved = try Tool.run(["cluster", "-"], input: Scratch.read(Place.sample)!)
        scratch.write("result.jsonl", saved.output)
        let run = try Tool.run(["report", "result.jsonl"], in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk.contains("standard input"), "\(run.talk)")
        #expect(Page(run.text).clusters.count > 10)
    }

    /// The index leads to a page of each event, and what an earlier run left is gone.
    @Test func folderOfPages() throws {
        scratch.write("pages/events/19.html", "old")
        scratch.write("pages/mine.txt", "kept")
        let run = try Tool.run(
            ["cluster", Place.sample, "--html-dir", "pages", "-o", "result.jsonl"], in: scratch.path)
        #expect(run.code == 0, "\(run.talk)")
        let index = Page(scratch.text("pages/index.html"))
        #expect(index.clusters.count == 18 && index.html.contains("page.js") && !index.html.contains("<style>"))
        for event in 1...18 {
            let page = Page(scratch.text("pages/events/\(event).html"))
            #expect(page.clusters.count == 1 && page.html.contains("../page.css"))
            #expect(page.data[0]["stories"] as! NSArray == index.data[event - 1]["stories"] as! NSArray, "\(event)")
        }
        #expect(scratch.text("pages/events/19.html") == "" && scratch.text("pages/mine.txt") == "kept")
        let again = try Tool.run(["report", "result.jsonl", "--html-dir", "again"], in: scratch.path)
        #expect(again.code == 0 && again.output.isEmpty, "\(again.talk)")
        let differing = try Tool.shell("diff -r pages again", in: scratch.path).text
        #expect(differing == "Only in pages: mine.txt\n")
        // What cannot go would stand among the pages of this run.
        scratch.write("again/events/19.html/mine.txt", "kept")
        let refused = try Tool.run(["report", "result.jsonl", "--html-dir", "again"], in: scratch.path)
        #expect(refused.code == 74 && refused.talk.hasPrefix("dedup: again/events/19.html: "), "\(refused.talk)")
    }

    @Test func nearMissesAreShown() throws {
        try cluster()
        let page = page("page.html")
        let saved = try Records(Tool.run(["cluster", Place.sample]))("near_miss")
        #expect(!saved.isEmpty && page.nearMisses.count == saved.count)
        for number in 1...saved.count {
            #expect(page.html.contains("id=\"m\(number)\""), "near miss \(number)")
        }
    }

    @Test func nothingToShow() throws {
        scratch.write("dump.jsonl", #"{"text":"one story alone has no company at all"}"#)
        try cluster("dump.jsonl")
        #expect(page("page.html").html.contains("No two stories belong together"))
        scratch.write("dump.jsonl", "")
        try cluster("dump.jsonl")
    }

    @Test(
        arguments: [
            (nil, "result: No such file or directory"), ("", "result: not a result of dedup cluster"),
            ("id\texact\n", "result: not a result of dedup cluster"),
            ("{\"type\":\"run\",\"version\":\"1\"", "result:1: cut off or malformed JSON"),
            (
                "{\"type\":\"run\",\"version\":\"1\"}\n{\"type\":\"document\",\"id\":\"a\",\"exact\":\"b\"}",
                "result: is not whole"
            ),
            (
                "{\"type\":\"run\",\"version\":\"1\",\"command\":\"flag\"}\n{\"type\":\"flag\",\"id\":\"a\"}",
                "result: is what dedup flag wrote, which has no clusters"
            ),
        ] as [(String?, String)])
    func unusable(_ result: String?, _ message: String) throws {
        if let result { scratch.write("result", result) }
        let run = try Tool.run(["report", "result", "-o", "page.html"], in: scratch.path)
        #expect(run.code == 66)
        #expect(run.talk.hasPrefix("dedup: \(message)"), "\(run.talk)")
        #expect(!scratch.names.contains("page.html"))
    }

    /// A page of its own has room for a long text, and without a script there are links, too.
    @Test func longTextsAndLinks() throws {
        let text = (0..<4000).map { "word\($0)" }.joined(separator: " ") + " the very end"
        let dump = ["a", "b"].map {
            #"{"id":"\#($0)","text":"\#(text) \#($0)","at":"https://example.org/?x=1&y=\#($0)"}"#
        }
        scratch.write("long.jsonl", dump.joined(separator: "\n"))
        let run = try Tool.run(
            ["cluster", "long.jsonl", "--url-field", "at", "--html", "one.html", "--html-dir", "all", "-q"],
            in: scratch.path)
        #expect(run.code == 0)
        let one = scratch.text("one.html"), event = scratch.text("all/events/1.html")
        #expect(!one.contains("the very end") && event.contains("the very end b"))
        for page in [one, event] {
            #expect(
                page.contains(
                    #"<a href="https://example.org/?x=1&amp;y=a" rel="noopener noreferrer">read it there</a>"#))
        }
    }

    @Test func thePageIsNoInputNorResult() throws {
        scratch.write("dump.jsonl", Scratch.read(Place.sample)!)
        try cluster("dump.jsonl")
        for arguments in [
            ["report", "result.jsonl", "-o", "result.jsonl"], ["report", "result.jsonl", "-o", "dump.jsonl"],
            ["cluster", "dump.jsonl", "--html", "dump.jsonl"],
            ["cluster", "dump.jsonl", "--html", "x", "-o", "x"], ["cluster", "dump.jsonl", "--html", ""],
        ] {
            let run = try Tool.run(arguments, in: scratch.path)
            #expect(run.code == 64, "\(arguments): \(run.talk)")
        }
        #expect(scratch.read("dump.jsonl") == Scratch.read(Place.sample)!)
    }
}
