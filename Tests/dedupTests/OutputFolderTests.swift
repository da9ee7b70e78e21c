import Glibc
import Testing

/// `dedup filter --out-dir`: a filtered copy of each input.
@Suite struct OutputFolderTests {
    private let scratch = Scratch()
    private static let (a, b) = (DirtyCases.a + "\n", DirtyCases.b + "\n")
    private static let other = "A report on quite another thing that nobody has read before"

    private func filter(_ words: String...) throws -> Tool.Run {
        try Tool.run(["filter"] + words + ["-q"], in: scratch.path)
    }

    private func names(_ folder: String) throws -> [String] {
        try Tool.shell("cd \(folder) && find . -type f | sort", in: scratch.path).lines
    }

    @Test func mirrorsItsInputs() throws {
        scratch.write("dump/1.jsonl", Self.a + "junk\n")
        scratch.write("dump/x/1.jsonl", "\n\(Self.b)\r\n")
        scratch.write("dump/x/2.txt", DirtyCases.story)
        scratch.write("dump/y/2.txt", Self.other)
        scratch.write("dump/empty.jsonl", "")
        #expect(try filter("dump", "--out-dir", "a/b", "--dupes", "gone").code == 2)
        #expect(try names("a/b") == ["./dump/1.jsonl", "./dump/empty.jsonl", "./dump/x/1.jsonl", "./dump/y/2.txt"])
        #expect(scratch.text("a/b/dump/1.jsonl") == Self.a + "junk\n")
        #expect(scratch.text("a/b/dump/x/1.jsonl") == "\n\r\n")
        #expect(scratch.text("a/b/dump/y/2.txt") == Self.other)
        let gone = try Records(scratch.read("gone")).all
        #expect(gone.map { $0["file"] as? String } == ["dump/x/1.jsonl", "dump/x/2.txt"])
        #expect(gone[1]["record"] as? String == DirtyCases.story)
    }

    @Test func replacesWhatAnEarlierRunLeft() throws {
        scratch.write("1.txt", DirtyCases.story)
        scratch.write("2.txt", Self.other)
        scratch.write("out/keep", "")
        #expect(try filter("1.txt", "2.txt", "--out-dir", "out").code == 0)
        #expect(try names("out") == ["./1.txt", "./2.txt", "./keep"])
        scratch.write("2.txt", DirtyCases.story)
        #expect(try filter("1.txt", "2.txt", "--out-dir", "out").code == 0)
        #expect(try names("out") == ["./1.txt", "./keep"])
    }

    @Test func tablesKeepTheirHeaders() throws {
        scratch.write("1.csv", "id,text\na,\(DirtyCases.story)\n")
        scratch.write("2.csv", "text,other,id\n\(DirtyCases.story),x,b\n\"\(Self.other)\",y,c\n")
        #expect(try filter("1.csv", "2.csv", "--out-dir", "out").code == 0)
        #expect(scratch.text("out/1.csv") == scratch.text("1.csv"))
        #expect(scratch.text("out/2.csv") == "text,other,id\n\"\(Self.other)\",y,c\n")
    }

    @Test(.enabled("needs gzip") { Place.command("gzip") != nil })
    func compressedStaysCompressed() throws {
        scratch.write("1.jsonl", Self.a + Self.b)
        #expect(try Tool.shell("gzip 1.jsonl", in: scratch.path).code == 0)
        #expect(try filter("1.jsonl.gz", "--out-dir", "out").code == 0)
        #expect(try Tool.shell("gzip -dc out/1.jsonl.gz", in: scratch.path).text == Self.a)
    }

    @Test func nothingLeavesTheFolder() throws {
        scratch.write("here/1.jsonl", Self.a)
        scratch.write("2.jsonl", Self.a)
        let run = try Tool.run(
            ["filter", "./1.jsonl", "../2.jsonl", "\(scratch.path)/2.jsonl", "-q", "--out-dir", "out"],
            in: scratch.path + "/here")
        #expect(run.code == 0)
        #expect(try names("here/out") == [".\(scratch.path)/2.jsonl", "./1.jsonl", "./2.jsonl"].sorted())
        #expect(scratch.names == ["2.jsonl", "here"])
    }

    @Test(arguments: [
        (["1.jsonl", "--out-dir", "."], "1.jsonl is an input: write to another file"),
        (["1.jsonl", "--out-dir", "out"], "1.jsonl is an input: write to another file"),
        (
            ["1.jsonl", "../here/1.jsonl", "1.jsonl", "--out-dir", "new"],
            "both 1.jsonl and 1.jsonl would be written here"
        ),
        (["-", "--out-dir", "new"], "standard input has no name"),
        (["1.jsonl", "--out-dir", "new", "-o", "x"], "-o and --out-dir exclude each other"),
        (["1.txt", "--out-dir", "new", "--annotate"], "1.txt: a text file has no field to add to"),
        (["1.txt", "-o", "x"], "1.txt: text files cannot be written one behind the other; use --out-dir"),
        (["1.jsonl", "--out-dir", "1.txt"], "1.txt: Not a directory"),
        (["1.jsonl", "--out-dir", ""], "--out-dir needs a name"),
    ])
    func refuses(_ words: [String], _ message: String) throws {
        scratch.write("here/1.jsonl", Self.a)
        scratch.write("here/1.txt", DirtyCases.story)
        mkdir(scratch.path + "/here/out", 0o755)
        symlink("../1.jsonl", scratch.path + "/here/out/1.jsonl")
        let run = try Tool.run(["filter"] + words, input: Array(Self.a.utf8), in: scratch.path + "/here")
        #expect(run.code == 64)
        #expect(run.talk.contains(message), "\(run.talk)")
        #expect(scratch.text("here/1.jsonl") == Self.a)
        #expect(Scratch.names(in: scratch.path + "/here").sorted() == ["1.jsonl", "1.txt", "out"])
    }

    @Test func previewMakesNoFolder() throws {
        scratch.write("1.jsonl", Self.a + Self.b)
        #expect(try filter("1.jsonl", "--out-dir", "out", "--dry-run").text.contains("1 would go"))
        #expect(scratch.names == ["1.jsonl"])
    }
}
