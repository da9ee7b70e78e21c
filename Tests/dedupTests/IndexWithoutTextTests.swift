import Glibc
import Testing

/// `dedup index create --no-texts`.
@Suite struct IndexWithoutTextTests {
    private let scratch = Scratch()

    private static let stories = Scratch.read(Place.root + "/corpora/sample/stories.jsonl")!
        .split(separator: 10).map { Array($0) + [10] }

    /// The sample dump in two days, and an index with texts and one without, of the first.
    private func days() throws {
        scratch.write("a.jsonl", Self.stories[..<40].joined())
        scratch.write("b.jsonl", Self.stories[35...].joined())
        #expect(try dedup("create", "kept.index", "--level", "near").code == 0)
        #expect(try dedup("create", "bare.index", "--no-texts").code == 0)
        for index in ["kept.index", "bare.index"] {
            #expect(try dedup("add", index, "a.jsonl", "-o", "a.csv").code == 0)
        }
    }

    private func dedup(_ words: String...) throws -> Tool.Run { try Tool.run(["index"] + words, in: scratch.path) }

    /// Stories of the day have their headlines, known ones too: they are in the input.
    @Test(arguments: ["jsonl", "tsv", "text"])
    func saysWhatTextsSay(_ format: String) throws {
        try days()
        for verb in ["match", "add"] {
            let kept = try dedup(verb, "kept.index", "b.jsonl", "--format", format)
            let bare = try dedup(verb, "bare.index", "b.jsonl", "--format", format)
            #expect(bare.code == 0 && bare.talk == kept.talk)
            #expect(bare.text.replacing("bare.index", with: "kept.index") == kept.text)
            #expect(bare.text.contains("known"))
        }
        let settled = try dedup("settle", "bare.index")
        #expect(try dedup("settle", "kept.index").text == settled.text)
        #expect(try dedup("check", "bare.index").said == "dedup: bare.index: 61 stories, all as they were written\n")
    }

    /// All columns but the headline.
    @Test func exportsWhatItHas() throws {
        try days()
        let kept = try dedup("export", "kept.index", "--format", "tsv").lines.map { $0.split(separator: "\t") }
        let bare = try dedup("export", "bare.index", "--format", "tsv").lines
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        let at = try #require(bare.first?.firstIndex(of: "headline"))
        #expect(bare.count == 41 && bare.dropFirst().allSatisfy { $0[at].isEmpty })
        #expect(bare.map { $0.prefix(at) } == kept.map { $0.prefix(at) })
        // For people a story is called by its link or its id.
        let text = try dedup("export", "bare.index", "--format", "text")
        #expect(text.code == 0 && text.text.contains("2 stories"), "\(text.text)")
    }

    @Test(arguments: ["exact", "near"])
    func filteredAgainst(_ level: String) throws {
        try days()
        func filter(_ index: String) throws -> (Tool.Run, [UInt8]) {
            let words = ["--against", index, "b.jsonl", "--level", level, "--dupes", "gone.jsonl"]
            return (try Tool.run(["filter"] + words, in: scratch.path), scratch.read("gone.jsonl"))
        }
        let (kept, goneOfKept) = try filter("kept.index"), (bare, goneOfBare) = try filter("bare.index")
        #expect(bare.output == kept.output && bare.said == kept.said && bare.code == 0)
        #expect(goneOfBare == goneOfKept && !goneOfBare.isEmpty)
        let preview = try Tool.run(
            ["filter", "--against", "bare.index", "b.jsonl", "--level", level, "--sample", "3"], in: scratch.path)
        #expect(preview.code == 0, "\(preview.said)")
    }

    /// What is told from texts is refused with the way out, and changes nothing.
    @Test func refusals() throws {
        try days()
        let before = scratch.read("bare.index/manifest")
        func expect(_ words: String, _ run: Tool.Run) {
            #expect(run.code == 64 && run.output.isEmpty && run.said.contains(words), "\(run.said)")
        }
        for level in ["copy", "event"] {
            let way = "bare.index: keeps no texts, and there is no level \(level) without them; --level near needs none"
            for verb in ["add", "match"] { expect(way, try dedup(verb, "bare.index", "b.jsonl", "--level", level)) }
            let words = ["filter", "--against", "bare.index", "b.jsonl", "--level", level]
            expect(way, try Tool.run(words, in: scratch.path))
            expect(
                "--level \(level) is told from texts, which --no-texts does not keep",
                try dedup("create", "no.index", "--no-texts", "--level", level))
        }
        #expect(try dedup("stats", "no.index").code == 66)
        expect("add NEW, from where", try dedup("add", "bare.index", "b.jsonl", "--threshold", "0.8"))
        let page = "bare.index: keeps no texts, and there is no page without them; dedup index export lists its labels"
        expect(page, try dedup("add", "bare.index", "b.jsonl", "-o", "day.html"))
        expect(page, try dedup("match", "bare.index", "b.jsonl", "-o", "day.html"))
        expect(page, try Tool.run(["report", "bare.index", "-o", "week.html"], in: scratch.path))
        expect("there is no story to be given again without them", try dedup("export", "bare.index", "--records"))
        #expect(scratch.read("bare.index/manifest") == before)
    }

    @Test func statsTellWhatItKeeps() throws {
        try days()
        let bare = try dedup("stats", "bare.index", "--format", "jsonl").text
        #expect(bare.contains(#""bytes_texts":0,"#) && bare.contains(", without texts\""), "\(bare)")
        let kept = try dedup("stats", "kept.index", "--format", "jsonl").text
        #expect(kept.contains(#""bytes_shingles":0,"#), "\(kept)")
    }

    /// No word that a text or a headline has, and no other field, is in any file; a superseded one is not, either.
    @Test func noWordIsOnTheDisk() throws {
        try days()
        let first = String(decoding: Self.stories[0], as: UTF8.self)
        scratch.write("c.jsonl", first.replacing("\"text\": \"", with: "\"text\": \"Superseding "))
        #expect(try dedup("add", "bare.index", "c.jsonl", "-o", "c.csv").code == 0)
        #expect(try dedup("settle", "bare.index", "-q").code == 0)
        // The journal is compressed, and all else as it is.
        let all =
            try Tool.shell("cat bare.index/* && zstdcat bare.index/*.journal", in: scratch.path).output.map {
                CChar(bitPattern: max(1, $0))
            } + [0]
        func isThere(_ word: Substring) -> Bool { unsafe strstr(all, String(word)) != nil }
        var fields = Set<Substring>(), words = Set<Substring>()
        for story in try Records(Self.stories[..<40].joined().map { $0 }).all {
            for (name, value) in story {
                let own = (value as? String ?? "").split { !$0.isLetter }.filter { $0.utf8.count > 6 }
                if name == "text" || name == "title" { words.formUnion(own) } else { fields.formUnion(own) }
            }
        }
        // Of the manifest and the journal themselves.
        let names: Set<Substring> = ["threshold", "transaction", "published", "version", "document"]
        words.subtract(fields.union(names))
        #expect(words.count > 500)
        #expect(words.filter(isThere) == [])
        #expect(fields.filter { !isThere($0) } == [])
    }
}
