import Glibc
import Testing

/// `-o FILE`: complete or not at all.
@Suite struct OutputFileTests {
    static let result = try! Tool.run(["cluster", Place.sample]).text

    private let scratch = Scratch()
    private let old = "what stood here\n"

    private func cluster(_ options: String...) throws -> Tool.Run {
        try Tool.run(["cluster", Place.sample] + options, in: scratch.path)
    }

    @Test func writesTheFileAndNothingElse() throws {
        let run = try cluster("-o", "new.jsonl")
        #expect(run.code == 0)
        #expect(run.output.isEmpty)
        #expect(run.talk.isEmpty)
        #expect(scratch.text("new.jsonl") == Self.result)
        #expect(scratch.names == ["new.jsonl"])
    }

    @Test func isWhatItsNameSays() throws {
        for (name, format) in [
            ("a.txt", "text"), ("b.tsv", "tsv"), ("c.csv", "csv"), ("d.json", "jsonl"), ("e", "jsonl"),
        ] {
            _ = try cluster("-o", name)
            #expect(try cluster("--format", format).text == scratch.text(name), "\(name)")
        }
        _ = try cluster("-o", "f.HTML")
        #expect(scratch.text("f.HTML").hasPrefix("<!doctype html>"))
        _ = try cluster("-o", "g.csv", "--format", "jsonl")
        #expect(scratch.text("g.csv") == Self.result)
    }

    @Test func replaces() throws {
        scratch.write("there.jsonl", old)
        #expect(try cluster("-o", "there.jsonl").code == 0)
        #expect(scratch.text("there.jsonl") == Self.result)
        #expect(scratch.names == ["there.jsonl"])
    }

    @Test func keepsPermissions() throws {
        chmod(scratch.write("there.jsonl", old), 0o640)
        #expect(try cluster("-o", "there.jsonl").code == 0)
        var status = stat()
        stat(scratch.path + "/there.jsonl", &status)
        #expect(status.st_mode & 0o777 == 0o640)
    }

    @Test func touchesNoNeighbour() throws {
        scratch.write("there.jsonl.part", old)
        #expect(try cluster("-o", "there.jsonl").code == 0)
        #expect(scratch.text("there.jsonl.part") == old)
        #expect(scratch.names == ["there.jsonl", "there.jsonl.part"])
    }

    @Test(arguments: [["missing.jsonl"], ["bad.jsonl", "--strict"], ["bad.jsonl", "--threshold", "7"]])
    func failureLeavesItAsItWas(_ words: [String]) throws {
        scratch.write("bad.jsonl", "no JSON\n")
        scratch.write("there.jsonl", old)
        let run = try Tool.run(["cluster"] + words + ["-o", "there.jsonl"], in: scratch.path)
        #expect(run.code != 0)
        #expect(scratch.text("there.jsonl") == old)
        #expect(scratch.names == ["bad.jsonl", "there.jsonl"])
    }

    @Test func unreadableRecordsAreNoReasonNotToWrite() throws {
        scratch.write("bad.jsonl", "no JSON\n")
        #expect(try Tool.run(["cluster", "bad.jsonl", "-o", "out.jsonl"], in: scratch.path).code == 2)
        #expect(try Records(scratch.read("out.jsonl"))("error").count == 1)
    }

    @Test func linkStaysALink() throws {
        scratch.write("real/there.jsonl", old)
        symlink("real/there.jsonl", scratch.path + "/link")
        #expect(try cluster("-o", "link").code == 0)
        #expect(scratch.text("real/there.jsonl") == Self.result)
        var status = stat()
        lstat(scratch.path + "/link", &status)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test func danglingLinkGetsItsTarget() throws {
        symlink("target.jsonl", scratch.path + "/link")
        #expect(try cluster("-o", "link").code == 0)
        #expect(scratch.text("target.jsonl") == Self.result)
    }

    @Test func device() throws { #expect(try cluster("-o", "/dev/null").code == 0) }

    @Test func dashIsStandardOutput() throws { #expect(try cluster("-o", "-").text == Self.result) }

    @Test func namedPipe() throws {
        mkfifo(scratch.path + "/pipe", 0o600)
        let run = try Tool.shell("cat pipe & \"$DEDUP\" cluster \(Place.sample) -o pipe; wait", in: scratch.path)
        #expect(run.text == Self.result)
    }

    @Test(arguments: [
        (".", ".: Is a directory"), ("no/out.jsonl", "no/out.jsonl: No such file or directory"),
        ("file/out.jsonl", "file/out.jsonl: Not a directory"), ("", "-o needs the name of a file"),
    ])
    func impossible(_ path: String, message: String) throws {
        scratch.write("file", old)
        let run = try cluster("-o", path)
        #expect(run.code == (path.isEmpty ? 64 : 74))
        #expect(run.talk.contains(message), "\(run.talk)")
        #expect(scratch.names == ["file"])
    }

    // MARK: An input is never an output

    @Test(arguments: ["in.jsonl", "./in.jsonl", "hard", "soft"])
    func ontoItsInput(_ name: String) throws {
        let stories = scratch.text(copySample())
        link(scratch.path + "/in.jsonl", scratch.path + "/hard")
        symlink("in.jsonl", scratch.path + "/soft")
        for option in ["-o", "--stats"] {
            let run = try Tool.run(["cluster", "in.jsonl", option, name], in: scratch.path)
            #expect(run.code == 64, "\(option)")
            #expect(run.talk == "dedup: in.jsonl is an input: write to another file\n", "\(option)")
            #expect(scratch.text("in.jsonl") == stories, "\(option)")
        }
    }

    @Test func ontoItsStandardInput() throws {
        let stories = scratch.text(copySample())
        let run = try Tool.shell("\"$DEDUP\" cluster - < in.jsonl -o in.jsonl", in: scratch.path)
        #expect(run.code == 64)
        #expect(scratch.text("in.jsonl") == stories)
    }

    @Test func appendedToItsInput() throws {
        let stories = scratch.text(copySample())
        let run = try Tool.shell("\"$DEDUP\" cluster in.jsonl >> in.jsonl", in: scratch.path)
        #expect(run.code == 64)
        #expect(scratch.text("in.jsonl") == stories)
    }

    @Test func intoTheFolderThatIsRead() throws {
        _ = copySample()
        #expect(try Tool.run(["cluster", ".", "-o", "out.jsonl"], in: scratch.path).code == 0)
        let again = try Tool.run(["cluster", ".", "-o", "out.jsonl"], in: scratch.path)
        #expect(again.code == 64)
        #expect(again.talk == "dedup: ./out.jsonl is an input: write to another file\n")
        #expect(!scratch.text("out.jsonl").isEmpty)
    }

    private func copySample() -> String {
        scratch.write("in.jsonl", Scratch.read(Place.sample)!)
        return "in.jsonl"
    }
}
