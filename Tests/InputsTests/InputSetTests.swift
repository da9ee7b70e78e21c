import Glibc
import Records
import TestSupport
import Testing

@testable import Inputs

@Suite struct InputSetTests {
    let scratch = TemporaryFolder()

    private func refusal(_ paths: String...) -> Problem? {
        do throws(Problem) {
            _ = try InputSet(paths: paths)
            return nil
        } catch {
            return error
        }
    }

    @Test func foldersAreSortedByTheirBytes() throws {
        scratch.write("news/b.jsonl", #"{"text":"b"}"#)
        scratch.write("news/a/z.txt", "z")
        scratch.write("news/B.ndjson", #"{"text":"B"}"#)
        scratch.write("news/c.json", #"{"text":"c"}"#)
        scratch.write("news/.hidden.jsonl", "no")
        scratch.write("news/.git/x.jsonl", "no")
        scratch.write("news/readme.md", "no")
        let inputs = try InputSet(paths: ["\(scratch.path)/news"])
        #expect(
            inputs.files.map { $0.path.dropFirst(scratch.path.count + 6) } == [
                "B.ndjson", "a/z.txt", "b.jsonl", "c.json",
            ])
        #expect(inputs.passedOver.inFolders == 1)
        #expect(Everything(inputs).texts == ["B", "z", "b", "c"])
    }

    @Test func otherExtensionsAreJSONLines() throws {
        let path = scratch.write("dump.data", #"{"text":"a"}"#)
        #expect(Everything(try InputSet(paths: [path])).texts == ["a"])
    }

    @Test func missingFile() {
        #expect(refusal("\(scratch.path)/none.jsonl")?.message == "no such file")
        #expect(refusal("\(scratch.path)/none.txt")?.message == "no such file")
    }

    @Test func folderWithNothingToRead() {
        scratch.write("empty/readme.md", "x")
        #expect(refusal("\(scratch.path)/empty")?.description.contains("no .jsonl") == true)
    }

    @Test func devices() {
        #expect(refusal("/dev/zero")?.message == "a device or socket, not a file")
    }

    @Test func permissionDenied() throws {
        // The superuser may read everything.
        guard geteuid() != 0 else { return }
        for name in ["a.jsonl", "a.txt"] {
            let path = scratch.write(name, "{}")
            chmod(path, 0)
            #expect(refusal(path)?.message == "permission denied", "\(name)")
        }
    }

    @Test(arguments: [("parquet", ForeignFormat.parquet), ("7z", .archive), ("rar", .archive)])
    func foreignExtensions(_ name: String, _ format: ForeignFormat) throws {
        let path = scratch.write("news.jsonl.\(name)", "x")
        #expect(refusal(path) == Problem(path: path, .foreign(format)))
        #expect(refusal(path)?.message.hasSuffix("is not read directly") == true)
    }

    @Test(
        arguments: [
            [0x1F, 0x8B, 8], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x42, 0x5A, 0x68, 0x39],
            [0x50, 0x4B, 3, 4],
        ] as [[UInt8]])
    func compressedNothing(_ magic: [UInt8]) throws {
        let path = scratch.write("news.jsonl", magic)
        #expect(refusal(path)?.message.hasPrefix("damaged or cut off") == true, "\(magic)")
        let text = scratch.write("a.txt", magic)
        #expect(Everything(try InputSet(paths: [text])).problems.count == 1)
    }

    @Test func oneBadFileInAFolderIsReportedAndTheOthersAreRead() throws {
        scratch.write("mixed/a.json", "{\"a\":[{\"text\":\"x\"}],\"b\":[{\"text\":\"y\"}]}")
        scratch.write("mixed/b.jsonl", #"{"text":"b"}"#)
        scratch.write("mixed/c.txt", [0xFF])
        symlink("nowhere", "\(scratch.path)/mixed/d.txt")
        let all = Everything(try InputSet(paths: ["\(scratch.path)/mixed"]))
        #expect(all.texts == ["b", "\u{FFFD}"])
        #expect(all.problems.count == 2, "\(all.problems)")
        #expect(all.report.repaired == 1)
    }

    @Test func linksToFoldersDoNotRunInCircles() throws {
        scratch.write("loop/a.txt", "a")
        symlink(".", "\(scratch.path)/loop/again.txt")
        symlink("a.txt", "\(scratch.path)/loop/b.txt")
        #expect(Everything(try InputSet(paths: ["\(scratch.path)/loop"])).texts == ["a", "a"])
    }

    @Test func truncatedWhileBeingRead() throws {
        for name in ["a.jsonl", "a.txt"] {
            let path = scratch.write(name, String(repeating: "{\"text\":\"a\"}\n", count: 100))
            let inputs = try InputSet(paths: [path], chunkSize: 200)
            truncate(path, 700)
            let all = Everything(inputs, blockSize: 64)
            #expect(all.problems.contains { $0.message == "became shorter while it was being read" }, "\(name)")
        }
    }

    @Test func vanishedTextFile() throws {
        let path = scratch.write("a.txt", "a")
        let inputs = try InputSet(paths: [path])
        unlink(path)
        #expect(Everything(inputs).problems.map(\.message) == ["no such file"])
    }

    @Test func pipesAreSpooledAndLeaveNothing() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let line = "{\"text\":\"a\"}\n"
        write(ends[1], line, line.utf8.count)
        close(ends[1])
        let folder = "\(scratch.path)/spool"
        mkdir(folder, 0o700)
        let inputs = try InputSet(paths: ["/dev/fd/\(ends[0])"], temporaryDirectory: folder)
        close(ends[0])
        #expect(Everything(inputs).texts == ["a"])
        #expect(Everything(inputs).texts == ["a"])
        #expect(rmdir(folder) == 0, "the folder is not empty")
    }

    @Test func spoolFolderThatIsMissing() throws {
        let path = "\(scratch.path)/pipe"
        mkfifo(path, 0o600)
        let holder = open(path, O_RDWR)
        defer { close(holder) }
        #expect(throws: Problem.self) {
            try InputSet(paths: [path], temporaryDirectory: "\(self.scratch.path)/none")
        }
    }

    @Test func manyTextFilesShareChunks() throws {
        for index in 0..<600 { scratch.write("many/\(1000 + index).txt", "text \(index)") }
        let inputs = try InputSet(paths: ["\(scratch.path)/many"])
        #expect(inputs.chunkCount == 3)
        #expect(Everything(inputs).texts == (0..<600).map { "text \($0)" })
    }

    @Test func moreFilesThanDescriptors() throws {
        for index in 0..<1200 { scratch.write("files/\(10_000 + index).jsonl", "{\"text\":\"\(index)\"}") }
        #expect(Everything(try InputSet(paths: ["\(scratch.path)/files"])).texts == (0..<1200).map { "\($0)" })
    }
}
