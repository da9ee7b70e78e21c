import Testing

/// Results whose names say that they are compressed.
@Suite struct CompressedOutputTests {
    private let scratch = Scratch()

    @Test(arguments: [
        ("gz", "gzip"), ("zst", "zstd"), ("xz", "xz"), ("bz2", "bzip2"), ("lz4", "lz4"), ("GZ", "gzip"),
    ])
    func byExtension(_ suffix: String, _ unpacker: String) throws {
        for words in [["filter", Place.sample, "-q"], ["cluster", Place.sample], ["flag", Place.sample]] {
            let plain = try Tool.run(words)
            for name in ["1.\(suffix)", "2.\(suffix)"] {
                #expect(try Tool.run(words + ["-o", name], in: scratch.path).code == 0)
            }
            #expect(scratch.read("1.\(suffix)") == scratch.read("2.\(suffix)"), "\(words): a time is in it")
            #expect(scratch.read("1.\(suffix)").count < plain.output.count, "\(words)")
            guard Place.command(unpacker) != nil else { continue }
            #expect(try Tool.shell("\(unpacker) -dc < 1.\(suffix)", in: scratch.path).text == plain.text, "\(words)")
        }
    }

    @Test func allOutputsOfAFilter() throws {
        let words = ["filter", Place.sample, "-q", "-o", "kept.gz", "--dupes", "gone.jsonl.gz"]
        #expect(try Tool.run(words, in: scratch.path).code == 0)
        // What was written is an input like any other.
        let kept = try Tool.run(["filter", "kept.gz"], in: scratch.path)
        #expect(kept.text == (try Tool.run(["filter", Place.sample, "-q"]).text))
        let gone = try Tool.run(
            ["cluster", "gone.jsonl.gz", "--text-field", "record", "--level", "exact"], in: scratch.path)
        #expect(try Records(gone).ids.count == 13)
    }

    @Test(arguments: ["gz", "zst", "xz", "bz2", "lz4"])
    func emptyResult(_ suffix: String) throws {
        scratch.write("in.jsonl", "")
        #expect(try Tool.run(["filter", "in.jsonl", "-q", "-o", "out.\(suffix)"], in: scratch.path).code == 0)
        let run = try Tool.run(["filter", "out.\(suffix)", "-q"], in: scratch.path)
        #expect(run.code == 0 && run.output.isEmpty, "\(run.talk)")
    }

    @Test func fullDevice() throws {
        #expect(try Tool.shell("ln -s /dev/full full.gz", in: scratch.path).code == 0)
        let run = try Tool.run(["cluster", Place.sample, "-o", "full.gz"], in: scratch.path)
        #expect(run.code == 74)
        #expect(run.talk == "dedup: full.gz: No space left on device\n")
    }
}
