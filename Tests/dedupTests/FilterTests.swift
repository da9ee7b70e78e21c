import Foundation
import Testing

/// `dedup filter` as a step among others.
@Suite struct FilterTests {
    private let scratch = Scratch()
    private static let story = DirtyCases.story
    private static let (a, b) = (DirtyCases.a, DirtyCases.b)
    private static let other = DirtyCases.line("c", "A report on quite another thing that nobody has read before")
    private static let dump = "\(a)\r\n\n\(b)\njunk\n\(other)"
    private static let kept = "\(a)\r\n\njunk\n\(other)"
    private static let complaint = "dedup: in.jsonl:4: not JSON; each line must be one JSON object\n"

    private func filter(_ words: String..., dump: String = Self.dump) throws -> Tool.Run {
        scratch.write("in.jsonl", dump)
        return try Tool.run(["filter", "in.jsonl"] + words, in: scratch.path)
    }

    @Test func keepsBytesAndOrder() throws {
        let run = try filter()
        #expect(run.code == 2)
        #expect(run.text == Self.kept)
        #expect(run.talk == "dedup: kept 2 of 3 documents, removed 1 (33.3 %): 1 exact\n" + Self.complaint)
    }

    @Test func standardInputByDefault() throws {
        for words in [[], ["-"]] {
            let run = try Tool.run(["filter", "-q"] + words, input: Array(Self.dump.utf8))
            #expect(run.code == 2, "\(words)")
            #expect(run.text == Self.kept, "\(words)")
        }
        let run = try Tool.shell(
            "cat corpora/sample/stories.jsonl | \"$DEDUP\" filter -q | \"$DEDUP\" filter -q | wc -l")
        #expect(run.text == "48\n")
    }

    @Test func dupesTellWhyAndHoldTheRecord() throws {
        #expect(try filter("-o", "out", "--dupes", "gone", "-q").code == 2)
        #expect(scratch.text("out") == Self.kept)
        let records = try Records(scratch.read("gone")).all
        #expect(records.count == 1)
        #expect(records[0]["type"] as? String == "removed")
        #expect(records[0]["id"] as? String == "b")
        #expect(records[0]["of"] as? String == "a")
        #expect(records[0]["relation"] as? String == "exact")
        #expect(records[0]["score"] as? Double == 1)
        #expect(records[0]["file"] as? String == "in.jsonl")
        #expect(records[0]["offset"] as? Int == Self.a.utf8.count + 3)
        #expect(records[0]["record"] as? String == Self.b + "\n")
    }

    @Test func brokenUnicodeOfARemovedRecord() throws {
        let b = Array(DirtyCases.line("b", Self.story + " ~").utf8).map { $0 == UInt8(ascii: "~") ? 0xff : $0 }
        let dump = Array("\(DirtyCases.line("a", Self.story + " \u{fffd}"))\n".utf8) + b
        let run = try Tool.run(["filter", "-q", "--dupes", "gone"], input: dump, in: scratch.path)
        #expect(run.text == String(decoding: dump, as: UTF8.self).components(separatedBy: "{\"id\":\"b\"")[0])
        let record = try Records(scratch.read("gone")).all[0]
        #expect(record["record"] == nil)
        #expect(record["record_base64"] as? String == base64(b))
    }

    private func base64(_ bytes: [UInt8]) -> String {
        scratch.write("raw", bytes)
        return try! Tool.shell("base64 -w0 raw", in: scratch.path).text
    }

    @Test func annotates() throws {
        let run = try filter("--annotate", "-q")
        let mark = #","dedup":{"keep":false,"of":"a","relation":"exact","score":1.0000}}"#
        #expect(
            run.text == "\(Self.a.dropLast()),\"dedup\":{\"keep\":true}}\r\n\n\(Self.b.dropLast())\(mark)\njunk\n"
                + "\(Self.other.dropLast()),\"dedup\":{\"keep\":true}}")
    }

    @Test(arguments: [("earliest", "b"), ("longest", "c"), ("first", "a")])
    func keeps(which: String, id: String) throws {
        func line(_ id: String, _ day: Int, _ text: String) -> String {
            #"{"id":"\#(id)","date":"2024-01-0\#(day)","text":"\#(text)"}"# + "\n"
        }
        let dump = line("a", 2, Self.story) + line("b", 1, Self.story) + line("c", 3, Self.story + " yard")
        let run = try filter("--keep", which, "-q", dump: dump)
        #expect(run.lines.count == 1)
        #expect(run.text.hasPrefix(#"{"id":"\#(id)""#), "\(run.text)")
    }

    @Test func againstAnArchive() throws {
        func line(_ id: String, _ text: String) -> String { DirtyCases.line(id, text) + "\n" }
        let two = "Nobody had heard of the second lighthouse until the storm put out the first one for good"
        scratch.write("old.jsonl", line("o1", Self.story) + line("o2", Self.story) + "junk\n" + line("o3", two))
        let new = [line("n1", Self.story), line("n2", two + " in May"), Self.other + "\n", "\r\n", Self.other + "\n"]
        scratch.write("day/new.jsonl", new.joined())
        let words = ["filter", "--against", "old.jsonl", "day/new.jsonl"]
        let run = try Tool.run(words + ["--dupes", "gone"], in: scratch.path)
        #expect(run.text == Self.other + "\n\r\n")
        #expect(
            run.talk.hasPrefix(
                "dedup: kept 1 of 4 documents against 3 known ones, removed 3 (75.0 %): 2 exact, 1 near\n"))
        let gone = try Records(scratch.read("gone")).all.map { "\($0["id"]!) \($0["of"]!) \($0["file"]!)" }
        #expect(gone == ["n1 o1 day/new.jsonl", "n2 o3 day/new.jsonl", "c#2 c day/new.jsonl"])
        #expect(try Tool.run(words + ["--out-dir", "out", "-q"], in: scratch.path).code == 2)
        #expect(scratch.text("out/day/new.jsonl") == Self.other + "\n\r\n")
        #expect(!scratch.names.contains("out/old.jsonl"))
        let preview = try Tool.run(words + ["--dry-run", "-q"], in: scratch.path).text
        #expect(
            preview.hasPrefix(
                "4 documents, \(new.joined().utf8.count) bytes, against 3 known ones\n3 would go (75.0 %)"))
        let marks = try Tool.run(words + ["--annotate", "-q"], in: scratch.path).lines
        #expect(
            marks.count == 4
                && marks[0].hasSuffix(#","dedup":{"keep":false,"of":"o1","relation":"exact","score":1.0000}}"#))
    }

    @Test func keepsTheFavourite() throws {
        func line(_ id: String, _ outlet: String) -> String {
            #"{"id":"\#(id)","source":"\#(outlet)","text":"\#(Self.story)"}"# + "\n"
        }
        let dump = line("a", "morning.example") + line("b", "Evening.example") + line("c", "evening.example")
        let run = try filter("--keep-first-of", "outlet=noon.example,evening.example,morning.example", dump: dump)
        #expect(run.lines.count == 1 && run.text.hasPrefix(#"{"id":"b""#), "\(run.text)")
        #expect(run.talk.contains("dedup: --keep-first-of: no record has the outlet noon.example\n"))
        let wrong = try filter("--keep-first-of", "colour=red")
        #expect(wrong.code == 64 && wrong.talk.contains("outlet=a,b"), "\(wrong.talk)")
    }

    @Test func ignores() throws {
        let form = (0..<120).map { "form\($0)" }.joined(separator: " ")
        func line(_ id: String) -> String {
            DirtyCases.line(id, form + (0..<40).map { " \(id)\($0)" }.joined()) + "\n"
        }
        scratch.write("form.txt", form)
        scratch.write("few.txt", "two words")
        let dump = line("a") + line("b")
        #expect(try filter("--level", "copy", dump: dump).lines.count == 1)
        #expect(try filter("--level", "copy", "--ignore", "form.txt", dump: dump).text == dump)
        let few = try filter("--ignore", "few.txt", dump: dump), none = try filter("--ignore", "none.txt", dump: dump)
        #expect(few.code == 64 && few.talk == "dedup: few.txt: --ignore needs a text of three words or more\n")
        #expect(none.code == 66 && none.talk == "dedup: none.txt: no such file\n")
    }

    @Test func filesMeetAtALineFeed() throws {
        scratch.write("1.jsonl", Self.a)
        scratch.write("2.jsonl", "")
        scratch.write("3.jsonl", Self.other)
        let run = try Tool.run(["filter", "1.jsonl", "2.jsonl", "3.jsonl", "-q"], in: scratch.path)
        #expect(run.text == Self.a + "\n" + Self.other)
    }

    @Test func strictWritesNothing() throws {
        let run = try filter("--strict", "-o", "out", "--dupes", "gone")
        #expect(run.code == 2)
        #expect(run.talk == Self.complaint)
        #expect(scratch.names == ["in.jsonl"])
    }

    @Test func previews() throws {
        let run = try filter("--sample", "3", "-o", "out")
        #expect(scratch.text("out").hasPrefix("3 documents, 280 bytes\n1 would go (33.3 %): 1 exact\n"))
        #expect(scratch.text("out").contains("\nexact 1.0000\n  goes    b  15 words  The harbour was"))
        #expect(run.talk == Self.complaint)
        #expect(try filter("--dry-run").text == scratch.text("out").components(separatedBy: "\n\n")[0] + "\n")
    }

    @Test(arguments: [["-o", "in.jsonl"], ["--dupes", "in.jsonl"], ["--dupes", "./in.jsonl", "-o", "out"]])
    func inputsAreNotOverwritten(_ words: [String]) throws {
        scratch.write("in.jsonl", Self.dump)
        let run = try Tool.run(["filter", "in.jsonl"] + words, in: scratch.path)
        #expect(run.code == 64)
        #expect(run.talk == "dedup: in.jsonl is an input: write to another file\n")
        #expect(scratch.text("in.jsonl") == Self.dump)
    }

    @Test(arguments: [
        (["-o", "x", "--dupes", "x"], "-o, --dupes and --stats need different files"),
        (["--dupes", "-"], "--dupes - needs -o or --out-dir"), (["--sample", "0"], "--sample is at least 1"),
        (["--dry-run", "--annotate"], "--dry-run and --sample write no records"),
        (["-", "-"], "standard input can be read only once"), (["-o", ""], "-o needs a name"),
    ])
    func usage(_ words: [String], _ message: String) throws {
        let run = try Tool.run(["filter"] + words)
        #expect(run.code == 64)
        #expect(run.talk.contains(message), "\(run.talk)")
        #expect(run.output.isEmpty)
    }

    @Test func fullDiskFailsBeforeAnythingIsGone() throws {
        let run = try filter("--dupes", "/dev/full")
        #expect(run.code == 74)
        #expect(run.output.isEmpty)
        #expect(run.talk == "dedup: /dev/full: No space left on device\n")
        #expect(try filter("-o", "/dev/full").code == 74)
    }

    @Test func brokenPipe() throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        let run = try Tool.shell(
            "\"$DEDUP\" filter --level exact --annotate -q \(dump) | head -1; echo ${PIPESTATUS[0]}")
        #expect(run.talk.isEmpty)
        #expect(run.lines.last == "141")
    }
}
