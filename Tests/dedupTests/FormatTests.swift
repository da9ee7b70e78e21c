import Glibc
import TestSupport
import Testing

/// The same records in any format, through each command.
@Suite struct FormatTests {
    let scratch = Scratch()
    private static let sample = Scratch.read(Place.sample)!

    /// The sample as a table, every field quoted.
    private func table(_ separator: String) throws -> [UInt8] {
        let names = ["id", "title", "text", "published_at", "source", "lang"]
        let rows = try Records(Self.sample).all.map { record in
            names.map { "\"" + (record[$0] as? String ?? "").replacing("\"", with: "\"\"") + "\"" }
                .joined(separator: separator)
        }
        return Array(([names.joined(separator: separator)] + rows).map { $0 + "\n" }.joined().utf8)
    }

    private func clusters(_ path: String) throws -> String {
        let run = try Tool.run(["cluster", path, "--level", "near"], in: scratch.path)
        #expect(run.code == 0 && run.talk.isEmpty, "\(path): \(run.talk)")
        return run.lines.filter { !$0.contains("\"type\":\"input\"") }.joined(separator: "\n")
    }

    @Test func sameClustersInEveryFormat() throws {
        scratch.write("s.jsonl", Self.sample)
        let plain = try clusters("s.jsonl")
        let (csv, tsv) = (try table(","), try table("\t"))
        var files: [(String, [UInt8])] = [("s.csv", csv), ("s.tsv", tsv), ("a.zip", [])]
        files[2].1 = packed([Member("s.csv", csv)], format: "zip")
        for (filter, name) in compressions {
            files.append(("s.jsonl.\(name)", compressed(Self.sample, filter)))
            files.append(("s.csv.\(name)", compressed(csv, filter)))
            files.append(("s.tar.\(name)", packed([Member("s.jsonl", Self.sample)], format: "ustar", filter: filter)))
        }
        for (name, bytes) in files {
            scratch.write(name, bytes)
            #expect(try clusters(name) == plain, "\(name)")
        }
    }

    @Test func tablesIntoOneOutput() throws {
        scratch.write("a.csv", "id,text\n1,\(DirtyCases.story)\n")
        scratch.write("b.csv", "id,text\n2,\(DirtyCases.story)\n3,another one\n")
        scratch.write("c.csv", "text,id\nx,4\n")
        let run = try Tool.run(["filter", "a.csv", "b.csv"], in: scratch.path)
        #expect(run.text == "id,text\n1,\(DirtyCases.story)\n3,another one\n")
        let other = try Tool.run(["filter", "a.csv", "c.csv"], in: scratch.path)
        #expect(other.code == 64 && other.output.isEmpty)
        #expect(other.talk == "dedup: c.csv has other columns than a.csv: filter them one by one\n")
        scratch.write("d.jsonl", "{\"text\":\"x\"}\n")
        #expect(try Tool.run(["filter", "a.csv", "d.jsonl"], in: scratch.path).code == 64)
        let annotated = try Tool.run(["filter", "--annotate", "a.csv", "b.csv"], in: scratch.path)
        #expect(annotated.lines.first == "id,text,dedup_keep,dedup_of,dedup_relation,dedup_score")
        #expect(annotated.lines.dropFirst().map { $0.suffix(19) }.last == "another one,true,,,")
        #expect(annotated.text.contains(",false,1,exact,1.0000\n"))
    }

    @Test func filterWritesWhatACompressedInputHolds() throws {
        let plain = try Tool.run(["filter", "-"], input: Self.sample).output
        for (filter, name) in compressions {
            let run = try Tool.run(["filter"], input: compressed(Self.sample, filter))
            #expect(run.output == plain, "\(name)")
        }
    }

    @Test func reportAndCompareReadThemAgain() throws {
        scratch.write("s.jsonl.gz", compressed(Self.sample, "gzip"))
        scratch.write("s.zip", packed([Member("in/s.jsonl", Self.sample)], format: "zip"))
        #expect(
            try Tool.run(["cluster", "s.jsonl.gz", "--level", "near", "-o", "out.jsonl"], in: scratch.path).code == 0)
        let page = try Tool.run(["report", "out.jsonl"], in: scratch.path)
        #expect(page.code == 0 && page.talk.isEmpty, "\(page.talk)")
        #expect(try Tool.run(["report", "out.jsonl", "--input", "s.zip"], in: scratch.path).output == page.output)
        let ids = try Records(Self.sample).all.prefix(2).map { $0["id"] as! String }
        #expect(try Tool.run(["compare"] + ids + ["--in", "s.zip"], in: scratch.path).code == 0)
    }

    @Test func damageIsToldAndCounted() throws {
        let bytes = compressed(Self.sample, "gzip")
        scratch.write("cut.jsonl.gz", bytes.dropLast(200))
        let run = try Tool.run(["filter", "cut.jsonl.gz"], in: scratch.path)
        #expect(run.code == 2)
        #expect(!run.output.isEmpty)
        #expect(run.talk.contains("dedup: cut.jsonl.gz: damaged or cut off (the gzip data end too early)\n"))
    }

    @Test func temporaryFolderThatIsFull() throws {
        scratch.write("s.jsonl.gz", compressed(Self.sample, "gzip"))
        let run = try Tool.run(["filter", "s.jsonl.gz", "--temp-dir", "/proc"], in: scratch.path)
        #expect(run.code == 66 && run.output.isEmpty, "\(run.talk)")
        #expect(run.talk.contains("set TMPDIR or --temp-dir to a folder with room for the whole input"))
    }

    /// A pattern is read again as it was given.
    @Test func patterns() throws {
        for name in ["b", "a"] { scratch.write("dump/\(name).jsonl", "{\"id\":\"\(name)\",\"text\":\"x\"}\n") }
        let run = try Tool.run(["cluster", "dump/*.jsonl"], in: scratch.path)
        #expect(try Records(run).ids == ["a", "b"])
        #expect(try Records(run)("input").map { $0["path"] as? String } == ["dump/*.jsonl"])
    }
}
