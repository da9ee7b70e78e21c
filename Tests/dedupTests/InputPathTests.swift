import Glibc
import TestSupport
import Testing

/// Files, folders, streams, and what is none of them.
@Suite struct InputPathTests {
    static let story = DirtyCases.story
    static let record = #"{"id":"a","text":"\#(story)"}"# + "\n"

    @Test func missingFile() throws {
        try expectNoInput(["no.jsonl"], in: Scratch(), "no.jsonl: no such file")
    }

    @Test func oneOfTwoIsMissing() throws {
        let scratch = Scratch()
        scratch.write("a.jsonl", Self.record)
        try expectNoInput(["a.jsonl", "b.jsonl"], in: scratch, "b.jsonl: no such file")
    }

    @Test func emptyFolder() throws {
        try expectNoInput(
            ["."], in: Scratch(),
            ".: no .jsonl, .ndjson, .json, .jl, .jsonlines, .csv, .tsv or .txt file in this folder")
    }

    @Test func device() throws {
        try expectNoInput(
            ["/dev/null"], in: Scratch(), "/dev/null: a device or socket, not a file; pipe its output into")
    }

    @Test(
        .enabled("root may read everything, and setpriv is absent") {
            !Place.isRoot || Place.command("setpriv") != nil
        })
    func forbidden() throws {
        let scratch = Scratch()
        chmod(scratch.write("a.jsonl", Self.record), 0o200)
        chmod(scratch.path, 0o755)
        let asNobody = Place.isRoot ? "setpriv --reuid=65534 --clear-groups " : ""
        // The build may lie where nobody but root may go.
        #expect(try Tool.shell("cp \"$DEDUP\" dedup", in: scratch.path).code == 0)
        let run = try Tool.shell("\(asNobody)./dedup cluster a.jsonl", in: scratch.path)
        #expect(run.code == 66)
        #expect(run.talk == "dedup: a.jsonl: permission denied\n")
    }

    @Test(arguments: [
        ("a.jsonl.gz", [0x1f, 0x8b, 8], "damaged or cut off (the gzip data end too early)"),
        ("a.jsonl", [0x28, 0xb5, 0x2f, 0xfd], "damaged or cut off ("),
        ("a.jsonl.zst", [0x28, 0xb5], "not what its name says; copy it again, or rename it"),
        ("a.tar.xz", Array("no archive".utf8), "not what its name says; copy it again, or rename it"),
        (
            "a.csv", Array("x,y\n1,2\n".utf8),
            "no text column: looked for text, maintext, body, content, article in x, y; name the right one with --text-field"
        ),
        ("a.parquet", [0x50], "Parquet is not read directly; write it as JSON Lines first"),
        ("a.jsonl", [0xff, 0xfe, 0x7b, 0], "UTF-16 is not read directly; iconv -f UTF-16 -t UTF-8 < a.jsonl |"),
    ])
    func foreign(name: String, bytes: [UInt8], message: String) throws {
        let scratch = Scratch()
        scratch.write(name, bytes)
        try expectNoInput([name], in: scratch, "\(name): \(message)")
    }

    @Test func gzipOnStandardInput() throws {
        let bytes = compressed(Array(Self.record.utf8), "gzip")
        let run = try Tool.run(["cluster", "-"], input: bytes)
        #expect(run.code == 0)
        #expect(try Records(run).ids == ["a"])
        let cut = try Tool.run(["cluster", "-"], input: Array(bytes.prefix(6)))
        #expect(cut.code == 66)
        #expect(cut.talk == "dedup: -: damaged or cut off (the gzip data end too early)\n")
    }

    @Test(arguments: SampleTests.levels)
    func nestedFolder(level: String) throws {
        let scratch = Scratch()
        scratch.write("dump/2024/one.txt", Self.story)
        scratch.write("dump/2024/same.txt", Self.story)
        scratch.write("dump/2025/same.txt", Self.story + "\r\n")
        scratch.write("dump/2025/more.jsonl", Self.record)
        scratch.write("dump/.hidden/x.txt", Self.story)
        scratch.write("dump/README.md", "no story")
        let run = try Tool.run(["cluster", "dump", "--level", level], in: scratch.path)
        #expect(run.code == 0)
        #expect(
            run.talk
                == "dedup: 1 file in folders was passed over: only .jsonl, .ndjson, .json, .jl, .jsonlines, .csv, .tsv "
                + "and .txt are read there\n")
        let records = try Records(run)
        #expect(records.ids == ["one", "dump/2024/same.txt", "a", "dump/2025/same.txt"])
        #expect(records.groups(level) == [Set(records.ids)])
    }

    @Test func textFilesByName() throws {
        let scratch = Scratch()
        scratch.write("b.txt", Self.story)
        scratch.write("a.b.TXT", "\u{feff}\(Self.story)")
        let run = try Tool.run(["cluster", "b.txt", "a.b.TXT"], in: scratch.path)
        #expect(run.code == 0)
        #expect(try Records(run).ids == ["b", "a.b"])
    }

    @Test func emptyTextFile() throws {
        let scratch = Scratch()
        scratch.write("a.txt", "")
        let run = try Tool.run(["cluster", "a.txt"], in: scratch.path)
        #expect(run.code == 0)
        #expect(try Records(run).summary["too_short"] as? Int == 1)
    }

    @Test func binaryTextFile() throws {
        let scratch = Scratch()
        scratch.write("a.txt", [0x1f, 0x8b, 8])
        scratch.write("b.txt", Self.story)
        let run = try Tool.run(["cluster", "."], in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk.hasPrefix("dedup: ./a.txt: compressed, and not named so"), "\(run.talk)")
        #expect(try Records(run).ids == ["b"])
    }

    @Test func standardInput() throws {
        let file = try Tool.run(["cluster", "-"], input: Array(Self.record.utf8))
        #expect(file.code == 0)
        #expect(try Records(file).ids == ["a"])
        let pipe = try Tool.shell("cat corpora/sample/stories.jsonl | \"$DEDUP\" cluster -")
        #expect(pipe.code == 0)
        #expect(apartFromPaths(pipe) == apartFromPaths(try Tool.run(["cluster", Place.sample])))
    }

    @Test func emptyStandardInput() throws {
        for line in ["\"$DEDUP\" cluster - < /dev/null", "true | \"$DEDUP\" cluster -"] {
            let run = try Tool.shell(line)
            #expect(run.code == 0, "\(line)")
            #expect(run.talk == "dedup: no documents in the input\n", "\(line)")
            #expect(try Records(run).summary["documents"] as? Int == 0, "\(line)")
        }
    }

    @Test func closedStandardInput() throws {
        let run = try Tool.shell("\"$DEDUP\" cluster - <&-")
        #expect(run.code == 66)
        #expect(run.talk == "dedup: -: Bad file descriptor\n")
    }

    @Test func namedPipe() throws {
        let run = try Tool.shell("\"$DEDUP\" cluster <(cat corpora/sample/stories.jsonl)")
        #expect(run.code == 0)
        #expect(apartFromPaths(run) == apartFromPaths(try Tool.run(["cluster", Place.sample])))
    }

    private func apartFromPaths(_ run: Tool.Run) -> [String] {
        run.lines.filter { !$0.hasPrefix(#"{"type":"input""#) }
    }

    @Test func manyInputsKeepTheirOrder() throws {
        let scratch = Scratch()
        for name in ["c", "a", "b"] { scratch.write("\(name).jsonl", #"{"id":"\#(name)","text":"x"}"#) }
        let run = try Tool.run(["cluster", "c.jsonl", "a.jsonl", "b.jsonl"], in: scratch.path)
        #expect(try Records(run).ids == ["c", "a", "b"])
    }

    private func expectNoInput(
        _ inputs: [String], in scratch: Scratch, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let run = try Tool.run(["cluster"] + inputs, in: scratch.path)
        #expect(run.code == 66, sourceLocation: sourceLocation)
        #expect(run.talk.hasPrefix("dedup: \(message)"), "\(run.talk)", sourceLocation: sourceLocation)
        #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    }
}
