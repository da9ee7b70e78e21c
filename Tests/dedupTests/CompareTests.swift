import TestSupport
import Testing

/// `dedup compare`: files, ids of a dump, a terminal, a pipe, and texts that mean harm.
@Suite struct CompareTests {
    private static let a = """
        The port of Halden will reopen on Monday, the ministry said after nine days of strike by the dockers. \
        “Nobody has won”, said Anna Lindqvist of the union.
        """
    private static let b = """
        Good news from the coast. The port of Halden will open again on Monday, the ministry said, after nine days of \
        strike by the dockers. Shops were busy. Lindqvist told us that “nobody has won”.
        """

    private func scratch(_ a: String = a, _ b: String = b) -> Scratch {
        let scratch = Scratch()
        scratch.write("a.txt", a)
        scratch.write("b.txt", b)
        return scratch
    }

    private func compare(_ arguments: String..., input: String = "", scratch: Scratch? = nil) throws -> Tool.Run {
        let scratch = scratch ?? self.scratch()
        return try withExtendedLifetime(scratch) {
            try Tool.run(["compare"] + arguments, input: Array(input.utf8), in: scratch.path)
        }
    }

    @Test func textIsGolden() throws {
        let run = try compare("a.txt", "b.txt", "--format", "text")
        #expect(run.code == 0 && run.talk.isEmpty)
        expectGolden("compare.txt", run.text)
        let full = try compare("a.txt", "b.txt", "--format", "text", "--full", "--color", "always")
        expectGolden("compare-full.txt", full.text)
    }

    @Test func sampleIsGolden() throws {
        let run = try Tool.run(["compare", "nw-0792", "cm-1177", "--in", Place.sample])
        expectGolden("compare-sample.jsonl", run.text)
        expectGolden(
            "compare-sample.txt",
            try Tool.run(["compare", "nw-0792", "cm-1177", "--in", Place.sample, "--format", "text"]).text)
    }

    @Test func rangesCutTheFiles() throws {
        let pair = try Records(compare("a.txt", "b.txt"))("pair")[0]
        #expect(pair["a"] as? String == "a.txt" && pair["b"] as? String == "b.txt")
        let passage = (pair["passages"] as! [[String: Any]])[0]
        func cut(_ text: String, _ range: Any?) -> String {
            let range = range as! [Int]
            return String(decoding: Array(text.utf8)[range[0]..<range[1]], as: UTF8.self)
        }
        #expect(cut(Self.a, passage["a"]).hasPrefix("The port of Halden will reopen"))
        #expect(cut(Self.b, passage["b"]).hasSuffix("strike by the dockers"))
        let difference = (passage["differences"] as! [[String: Any]])[0]
        #expect(difference["kind"] as? String == "replaced")
        #expect(cut(Self.a, difference["a"]) == "reopen" && cut(Self.b, difference["b"]) == "open again")
        for fact in pair["facts"] as! [[String: Any]] where fact["kind"] as? String == "quotation" {
            #expect(cut(Self.a, (fact["a"] as! [Any])[0]) == "Nobody has won")
            #expect(cut(Self.b, (fact["b"] as! [Any])[0]) == "nobody has won")
        }
    }

    /// Every link has an end, and nothing of the texts is markup.
    @Test func htmlHasBothTextsAndLinks() throws {
        let scratch = scratch(Self.a + "<script>&", Self.b + "\u{0} ]]> <!--")
        let html = try compare("a.txt", "b.txt", "--format", "html", scratch: scratch).text
        #expect(html == (try compare("a.txt", "b.txt", "--format", "html", scratch: scratch).text))
        #expect(html.contains("64 % of A is in B"))  // a tag is no word
        #expect(html.contains("&lt;script&gt;&amp;") && html.split(separator: "<script>").count == 2)
        let ends = html.matches(of: /href="#([^"]+)"/).map { $0.1 }
        #expect(ends.count > 3)
        for end in ends { #expect(html.contains("id=\"\(end)\""), "\(end)") }
        #expect(html.contains(#"<span class="edit">reopen</span>"#))
        #expect(html.contains(#"<span class="edit">open again</span>"#))
    }

    /// What stands behind the two is not read, and what stands before them counts.
    @Test func idsAreFoundAsTheWholeDumpHasThem() throws {
        let scratch = Scratch()
        func line(_ id: String, _ text: String) -> String { "{\"id\":\"\(id)\",\"text\":\"\(text) \(Self.words)\"}" }
        let lines = [
            line("a", "first"), line("b", "second"), line("a", "third"), #"{"text":"without an id"}"#, "{broken",
            line("x:4", "fourth"), line("c#2", "fifth"),
        ]
        scratch.write("dump.jsonl", lines.joined(separator: "\n"))
        scratch.write("note.txt", "a note")
        for (a, b, inputs, found) in [
            ("a", "b", ["dump.jsonl"], ["first", "second"]), ("b", "a#2", ["dump.jsonl"], ["second", "third"]),
            ("dump.jsonl:4", "a", ["dump.jsonl"], ["without", "first"]),
            ("x:4", "c#2", ["dump.jsonl"], ["fourth", "fifth"]),
            ("note", "a", ["note.txt", "dump.jsonl"], ["note", "first"]),
            ("a", "note", ["dump.jsonl", "note.txt"], ["first", "note"]),
        ] {
            let run = try Tool.run(
                ["compare", a, b, "--format", "html"] + inputs.flatMap { ["--in", $0] }, in: scratch.path)
            #expect(run.code == 0, "\(a), \(b): \(run.talk)")
            for word in found { #expect(run.text.contains(word), "\(a), \(b): \(word)") }
        }
        let run = try Tool.run(["compare", "a", "nowhere", "--in", "dump.jsonl"], in: scratch.path)
        #expect(run.code == 66 && run.talk.contains("no document with the id nowhere"), "\(run.talk)")
        #expect(run.talk.contains("(1 more could not be read: dump.jsonl:5: "), "\(run.talk)")
    }

    private static let words = "the port of halden will reopen on monday the ministry said after nine days of strike"

    @Test func everyFieldIsDocumented() throws {
        let page = String(decoding: Scratch.read(Place.root + "/docs/output.md") ?? [], as: UTF8.self)
        var names: Set<String> = []
        func collect(_ value: Any) {
            if let record = value as? [String: Any] {
                names.formUnion(record.keys)
                record.values.forEach(collect)
            } else if let list = value as? [Any] {
                list.forEach(collect)
            }
        }
        try Records(compare("a.txt", "b.txt")).all.forEach(collect)
        for name in names { #expect(page.contains("`\(name)`"), "\(name)") }
    }

    @Test func theSameTwice() throws {
        let pair = try Records(compare("a.txt", "a.txt"))("pair")[0]
        #expect(pair["share_a"] as? Double == 1 && pair["jaccard"] as? Double == 1)
        let text = try compare("a.txt", "a.txt", "--format", "text").text
        #expect(text.contains("100 % of A is in B, 100 % of B is in A · 1 passage"))
        let once = try compare("-", "b.txt", input: Self.a)
        #expect(once.code == 0 && once.text.contains(#""a":"-""#))
    }

    private static let hostile: [(a: String, b: String)] = {
        let word = String(repeating: "x", count: 1 << 20)
        return [
            ("", ""), ("", a), (" \n", "\u{feff}"), ("\u{0}\u{1}\u{1b}[2J", a), (word, a), (word, word + " " + a),
            (a + "\u{1b}]0;evil\u{7}\u{202e}" + a, a + "\u{202e}\u{2066}\u{2028}" + a), ("القدس " + a, a),
            ("😀👩‍👩‍👧‍👦 " + a, "😀" + a),
            ("北京消息：港口将于周一重新开放，部长在九天罢工之后说。", "港口将于周一再次开放，部长在九天罢工之后说。"),
        ]
    }()

    @Test(arguments: hostile.indices)
    func nothingBreaksTheTerminal(_ number: Int) throws {
        let (a, b) = Self.hostile[number]
        let scratch = scratch(a, b)
        for color in ["always", "never"] {
            let run = try compare("a.txt", "b.txt", "--format", "text", "--color", color, scratch: scratch)
            #expect(run.code == 0 && run.talk.isEmpty)
            let plain = run.text.replacing(/\u{1b}\[(0|1|2|4;33)m/, with: "")
            #expect(color == "always" || plain == run.text)
            let steering = plain.unicodeScalars.filter {
                ($0.properties.generalCategory == .control && $0 != "\n")
                    || "\u{202e}\u{2066}\u{2028}".unicodeScalars.contains($0)
            }
            #expect(steering.isEmpty, "\(steering.map(\.value))")
            for line in plain.split(separator: "\n") where line.unicodeScalars.allSatisfy(\.isASCII) {
                #expect(line.utf8.count <= 120, "\(line)")
            }
        }
    }

    @Test func bytesThatAreNoText() throws {
        let scratch = scratch()
        var random = SplitMix64(seed: 9)
        scratch.write("a.txt", (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) })
        for format in ["text", "jsonl", "html"] {
            #expect(try compare("a.txt", "b.txt", "--format", format, scratch: scratch).code == 0)
        }
    }

    private static let wrong: [(arguments: String, code: Int32, message: String)] = [
        ("none.txt b.txt", 66, "none.txt: no such file; ids need --in"),
        ("a.txt .", 66, ".: "),
        ("nw-792 cm-1177 --in SAMPLE", 66, "no document with the id nw-792 among 61; nearest: nw-0792"),
        ("nw-0792 cm-1177 --in none.jsonl", 66, "none.jsonl: no such file"),
        ("a.jsonl b.txt", 64, "name two of its ids: dedup compare ID ID --in a.jsonl"),
        ("a.txt b.txt -o a.txt", 64, "a.txt is an input"),
        ("- -", 64, "standard input can be read only once"),
        ("a.txt b.txt --format tsv", 64, "Please provide one of 'text', 'jsonl' or 'html'"),
        ("a.txt b.txt --id-field x", 64, "need --in"),
        ("a.txt", 64, "Missing expected argument '<b>'"),
    ]

    @Test(arguments: wrong.indices)
    func wrongUse(_ number: Int) throws {
        let (words, code, message) = Self.wrong[number]
        let arguments = words.split(separator: " ").map { $0 == "SAMPLE" ? Place.sample : String($0) }
        let scratch = scratch()
        let run = try Tool.run(["compare"] + arguments, in: scratch.path)
        #expect(run.code == code && run.output.isEmpty, "\(run.talk)")
        #expect(run.talk.contains(message) && run.talk.hasPrefix("dedup: "), "\(run.talk)")
        #expect(scratch.text("a.txt") == Self.a)
    }

    @Test func pairsOfFlagHavePassages() throws {
        let records = try Records(Tool.run(["flag", Place.sample, "--pairs"]))
        let copies = records("flag").filter { $0["of"] != nil }
        #expect(records("pair").map { $0["b"] as! String } == copies.map { $0["id"] as! String })
        for pair in records("pair") where pair["level"] as? String != "exact" {
            #expect(!(pair["passages"] as! [Any]).isEmpty, "\(pair)")
        }
    }
}
