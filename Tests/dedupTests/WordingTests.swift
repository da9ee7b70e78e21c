import TestSupport
import Testing

/// What is wrong, and the way out, to the letter; more of it in `DirtyCases` and `InputPathTests`.
@Suite struct WordingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var bytes: [UInt8]
        var message: String
        var testDescription: String { message }

        init(_ name: String, _ text: String, _ message: String) {
            (self.name, bytes, self.message) = (name, Array(text.utf8), message)
        }

        init(_ name: String, bytes: [UInt8], _ message: String) {
            (self.name, self.bytes, self.message) = (name, bytes, message)
        }
    }

    /// Told among the complaints of a run, and as an `error` record: message and hint of its own.
    @Test(arguments: [
        Case(
            "a.csv", "id,text\n1,x,y\n",
            "2: 3 columns where the first row has 2; put a field in double quotes that holds a separator or a line end, "
                + "and double the quotes in it"),
        Case("a.csv", "id,text\n1\n", "2: 1 column where the first row has 2; put a field in double quotes that"),
        Case("a.csv", "id,text\n1,\"x\n", "2: a quoted field that never ends; double the quotes in quoted fields"),
        Case("a.csv", "id,text\n1,x\ry\n", "2: a carriage return outside quotes; put the field in double quotes"),
        Case("a.jsonl", #"{"text":"\x41"}"#, "1: a string with an escape that JSON does not have\n"),
        Case("a.txt", "PAR1", " Parquet, not UTF-8 text; convert it first\n"),
        Case(
            "a.txt", bytes: [0x1f, 0x8b, 8],
            " compressed, and not named so; call it .txt.gz, .txt.zst or the like\n"),
    ])
    func complaints(_ example: Case) throws {
        let scratch = Scratch()
        scratch.write(example.name, example.bytes)
        let run = try Tool.run(["cluster", example.name], in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk.hasPrefix("dedup: \(example.name):\(example.message)"), "\(run.talk)")
        let error = try #require(try Records(run)("error").first)
        let line = (error["line"] as? Int).map { "\($0):" } ?? ""
        let hint = (error["hint"] as? String).map { "; \($0)" } ?? ""
        let told = "dedup: \(error["file"]!):\(line) \(error["message"]!)\(hint)\n"
        #expect(run.talk.hasPrefix(told), "\(told)")
        let page = try Tool.run(["cluster", example.name, "--html", "page.html", "-o", "out"], in: scratch.path)
        #expect(page.code == 2)
        let shown = example.message.split(separator: "; ").last!.prefix { $0 != "\n" && $0 != "\"" }
        #expect(scratch.text("page.html").contains(shown), "\(shown)")
        // Told again by a page that is drawn later.
        let later = try Tool.run(["report", "out"], in: scratch.path)
        #expect(later.text.contains(shown), "\(shown)")
    }

    @Test func refusals() throws {
        let scratch = Scratch()
        scratch.write("secret.zip", packed([Member("a.txt", "secret".utf8)], format: "zip", password: "x"))
        scratch.write("two.json", #"{"a":[{"text":"x"}],"b":{"c":[{"text":"y"}]},"n":[1]}"#)
        let header = (0..<10_000).map { "column \($0)" }.joined(separator: ",")
        scratch.write("wide.csv", header)
        scratch.write("result", "{\"type\":\"document\",\"id\":\"a\"}\n")
        scratch.write("cut", "{\"type\":\"run\n")
        let none = "no .jsonl, .ndjson, .json, .jl, .jsonlines, .csv, .tsv or .txt file in this archive"
        let cases = [
            (["cluster", "secret.zip"], "secret.zip: \(none); there is secret.zip/a.txt: encrypted"),
            (["cluster", "no*.jsonl"], "no*.jsonl: no such file; nothing matches this pattern"),
            (
                ["cluster", "two.json"],
                "two.json: several arrays of records: /a, /b/c; name one with --records /a"
            ),
            (
                ["cluster", "two.json", "--records", "d"],
                "two.json: no array d: there is /a, /b/c, /n; name one that is there with --records PATH"
            ),
            (["cluster", "wide.csv"], "wide.csv: the row of column names is longer than 65536 bytes"),
            (
                ["cluster", "-", "--temp-dir", "none"],
                "none: no such file; set TMPDIR or --temp-dir to a folder with room for the whole input"
            ),
            (["compare", ".", "result"], ".: Is a directory; name one file in it"),
            (["report", "result"], "result: not a result of dedup cluster; write one with --format jsonl"),
            (["report", "cut"], "cut:1: cut off or malformed JSON"),
            (["report", "none"], "none: No such file or directory"),
        ]
        for (words, message) in cases {
            let run = try Tool.run(words, in: scratch.path)
            #expect(run.code == 66, "\(message)")
            #expect(run.talk == "dedup: \(message)\n", "\(message)")
        }
    }

    @Test func outputs() throws {
        let scratch = Scratch()
        let run = try Tool.run(["filter", "-", "--out-dir", "new"], in: scratch.path)
        #expect(run.code == 64)
        #expect(run.talk == "dedup: new: standard input has no name to be written under; use -o\n")
        scratch.write("a.jsonl", "\(DirtyCases.a)\n")
        let full = try Tool.run(
            ["cluster", "a.jsonl", "--memory", "1M", "--temp-dir", "none", "-q"], in: scratch.path)
        #expect(full.code == 74)
        #expect(
            full.talk == "dedup: none: temporary files could not be written: No such file or directory "
                + "(set TMPDIR or --temp-dir to a folder with room, or --memory to more)\n")
    }
}
