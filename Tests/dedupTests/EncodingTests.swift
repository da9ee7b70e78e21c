import Glibc
import TestSupport
import Testing

/// What is said of encodings, and that a filter keeps the bytes.
@Suite struct EncodingMessageTests {
    private let scratch = Scratch()
    private static let hasIconv = Place.command("iconv") != nil
    private static let story = "Вчера вечером в порту загорелся склад с зерном, сообщила городская служба спасения."
    private static let other = "Пекарь из деревни получил премию округа за ржаной хлеб, опередив сорок соперников."

    private func write(_ name: String, _ text: String, _ encoding: String) throws {
        scratch.write("utf8", text)
        #expect(try Tool.shell("iconv -f UTF-8 -t \(encoding) utf8 > \(name)", in: scratch.path).code == 0)
    }

    @Test(.enabled("needs iconv") { hasIconv })
    func saidOnceAFile() throws {
        try write("a.jsonl", "{\"text\":\"\(Self.story)\"}\n{\"text\":\"\(Self.other)\"}\n", "KOI8-R")
        try write("b.txt", Self.story, "UTF-16LE")
        scratch.write("c.txt", (0..<600).map { UInt8(0x80 + $0 * 7 % 31) })
        let run = try Tool.run(["cluster", "a.jsonl", "b.txt", "c.txt", "--level", "exact"], in: scratch.path)
        #expect(run.code == 0)
        let said = run.talk.split(separator: "\n").filter { $0.contains("--encoding") }
        #expect(
            said == [
                "dedup: a.jsonl: read as KOI8-R; --encoding NAME if it is another",
                "dedup: b.txt: read as UTF-16LE; --encoding NAME if it is another",
                "dedup: c.txt: neither UTF-8 nor another encoding that can be told; what is not UTF-8 was replaced; name it "
                    + "with --encoding NAME",
            ], "\(run.talk)")
        #expect(try Records(run).groups("exact").contains(["a.jsonl:1", "b"]))
        let quiet = try Tool.run(["cluster", "a.jsonl", "-q"], in: scratch.path)
        #expect(quiet.talk.isEmpty)
        let named = try Tool.run(["cluster", "a.jsonl", "--encoding", "koi8-r"], in: scratch.path)
        #expect(named.talk == "dedup: a.jsonl: read as KOI8-R; --encoding NAME if it is another\n")
        let none = try Tool.run(["cluster", "a.jsonl", "--encoding", "x-none"], in: scratch.path)
        #expect(none.code == 64)
        #expect(none.talk.contains("x-none is no encoding that iconv knows; iconv -l lists them."), "\(none.talk)")
    }

    @Test(.enabled("needs iconv") { hasIconv })
    func filterKeepsTheBytes() throws {
        let line = { (id: String, text: String) in "{\"id\":\"\(id)\",\"text\":\"\(text)\"}" }
        let kept = [line("a", Self.story), line("c", Self.other)]
        for encoding in ["WINDOWS-1251", "KOI8-R", "UTF-16", "UTF-16BE", "UTF-32LE"] {
            try write("want", kept.joined(separator: "\n") + "\n", encoding)
            try write("a.jsonl", [kept[0], line("b", Self.story), kept[1]].joined(separator: "\n") + "\n", encoding)
            let run = try Tool.run(["filter", "a.jsonl", "--level", "exact"], in: scratch.path)
            #expect(run.code == 0 && run.output == scratch.read("want"), "\(encoding): \(run.talk)")
            try write("want", "[" + kept.joined(separator: ",\n") + "]", encoding)
            try write(
                "a.json", "[" + [kept[0], line("b", Self.story), kept[1]].joined(separator: ",\n") + "]", encoding)
            let array = try Tool.run(["filter", "a.json", "--level", "exact"], in: scratch.path)
            #expect(array.code == 0 && array.output == scratch.read("want"), "\(encoding): \(array.talk)")
        }
        try write("b.jsonl", line("b", Self.other), "UTF-16")
        let mixed = try Tool.run(["filter", "b.jsonl", "b.jsonl"], in: scratch.path)
        #expect(mixed.code == 64)
        #expect(
            mixed.talk
                == "dedup: b.jsonl: files of which some are in UTF-16LE cannot be written one behind the other; use "
                + "--out-dir\n")
    }
}
