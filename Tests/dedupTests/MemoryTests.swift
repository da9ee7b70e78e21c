import Testing

/// Bounded memory: the same bytes, and nothing said where nothing is wrong.
@Suite struct MemoryTests {
    private let scratch = Scratch()

    @Test(arguments: ["exact", "near", "copy", "event"])
    func sameBytes(level: String) throws {
        scratch.write("temp/mine", "")
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        for words in [
            ["cluster", dump, "--format", "jsonl", "--level", level],
            ["cluster", dump, "--format", "tsv", "--level", level],
            ["cluster", dump, "--format", "text", "--level", level], ["filter", dump, "--level", level],
            ["filter", dump, "--annotate", "--level", level],
        ] {
            let expected = try Tool.run(words + ["-q"])
            for memory in ["1M", "34M", "40m"] {
                let run = try Tool.run(words + ["-q", "--memory", memory, "--temp-dir", "temp"], in: scratch.path)
                #expect(run.code == 0 && run.talk.isEmpty, "\(words), \(memory): \(run.talk)")
                #expect(run.output == expected.output, "\(words), \(memory)")
            }
        }
        #expect(Scratch.names(in: scratch.path + "/temp") == ["mine"])
    }

    @Test func exceededLimitIsTold() throws {
        let run = try Tool.run(["cluster", Place.sample, "--memory", "1M", "--level", "near"])
        #expect(run.talk.wholeMatch(of: /dedup: --memory 1024K: 61 documents took \d+[KM]\n/) != nil, "\(run.talk)")
        #expect(try Tool.run(["cluster", Place.sample, "--memory", "1G", "--level", "near"]).talk.isEmpty)
        let event = try Tool.run(["cluster", Place.sample, "--memory", "8K", "--level", "event"])
        #expect(
            event.talk.hasPrefix("dedup: --memory 8192: level event takes 16K or more; the others keep to it\n"),
            "\(event.talk)")
    }

    @Test(arguments: ["", "0", "-1M", "M", "1.5G", "1X", "99999999999G"])
    func sizesThatAreNone(size: String) throws {
        #expect(try Tool.run(["cluster", Place.sample, "--memory", size]).code == 64, "\(size)")
    }

    @Test func folderThatIsNot() throws {
        let run = try Tool.run(["cluster", Place.sample, "--memory", "1M", "--temp-dir", "/nowhere"])
        #expect(run.code == 74)
        #expect(run.talk.hasPrefix("dedup: /nowhere: temporary files could not be written: No such file or directory "))
    }
}
