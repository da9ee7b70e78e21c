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
        (
            "a.parquet", [0x50],
            "Parquet is not read directly; duckdb -c \"COPY (FROM 'a.parquet') TO 'a.jsonl' (FORMAT json)\""
        ),
        ("a.x", Array("ARROW1\0\0".utf8), "Arrow is not read directly; python3 -c \"import pyarrow.feather as f"),
        ("a.x", Array("Obj\u{1}".utf8), "Avro is not read directly; fastavro a.x > a.jsonl"),
        (
            "a.db", Array("SQLite format 3\0".utf8),
            "a SQLite database is not read directly; sqlite3 -json a.db 'SELECT * FROM TABLE' > a.json"
        ),
        ("a.pkl", [0x80, 4, 0x95], "a Python pickle is not read directly; python3 -c \"import pandas;"),
        ("a.pdf", Array("%PDF-1.7\n".utf8), "PDF is not read directly; pdftotext a.pdf a.txt"),
        (
            "a.doc", [0xd0, 0xcf, 0x11, 0xe0],
            "an old Word document is not read directly; antiword -w 0 a.doc > a.txt"
        ),
        (
            "a.docx", packed([Member("word/document.xml", "x".utf8)], format: "zip"),
            "a Word document is not read directly; pandoc -t plain --wrap=none -o a.txt a.docx"
        ),
        (
            "a.xlsx", packed([Member("xl/workbook.xml", "x".utf8)], format: "zip"),
            "an Excel workbook is not read directly; in2csv a.xlsx > a.csv"
        ),
        (
            "a.odt", packed([Member("META-INF/manifest.xml", "x".utf8)], format: "zip"),
            "an OpenDocument file is not read directly; pandoc -t plain --wrap=none -o a.txt a.odt"
        ),
        (
            "a.rtf", Array("{\\rtf1 x}".utf8),
            "RTF is not read directly; pandoc -t plain --wrap=none -o a.txt a.rtf"
        ),
        (
            "a.warc", Array("WARC/1.0\r\n".utf8),
            "WARC is not read directly; docs/recipes.md has a command that makes JSON Lines of it"
        ),
        (
            "page.html", Array("\u{feff}\n<!DOCTYPE html>\n<html>".utf8),
            "HTML is not read directly; trafilatura --json --with-metadata < page.html > page.json"
        ),
        ("a.json", Array("<html><body>no JSON".utf8), "HTML is not read directly; trafilatura"),
        (
            "a.xml", Array("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">".utf8),
            "an RSS or Atom feed is not read directly; docs/recipes.md has a command that makes JSON Lines of it"
        ),
        (
            "a.xml", Array("<?xml version=\"1.0\"?>\n<nitf>".utf8),
            "XML is not read directly; write its records as JSON Lines or CSV first"
        ),
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

    /// As Spark writes them; and a name that is not UTF-8 stops nothing else.
    @Test func namesInFolders() throws {
        let scratch = Scratch()
        scratch.write("out/part-00000", Self.record)
        scratch.write("out/part-00001-0a1b.gz", compressed(Array(#"{"id":"b","text":"x"}"#.utf8), "gzip"))
        scratch.write("out/_SUCCESS", "")
        #expect(try Tool.shell("printf x > $'out/\\xff.txt'", in: scratch.path).code == 0)
        let run = try Tool.run(["cluster", "out"], in: scratch.path)
        #expect(run.code == 2)
        #expect(try Records(run).ids == ["a", "b"])
        #expect(
            run.talk.hasPrefix("dedup: out/\u{FFFD}.txt: the name of the file is not UTF-8; rename it\n"), "\(run.talk)"
        )
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
