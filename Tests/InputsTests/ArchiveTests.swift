import Glibc
import Records
import TestSupport
import Testing

@testable import Inputs

/// Archives are read as folders are, and nothing in them is trusted.
@Suite struct ArchiveTests {
    let scratch = TemporaryFolder()

    private static let members = [
        Member("a.jsonl", #"{"text":"one","id":"1"}"#.utf8), Member("sub", kind: .folder),
        Member("sub/b.csv", "id,text\n2,two\n".utf8), Member("sub/c.txt", "three".utf8),
        Member("readme.md", "no".utf8), Member("sub/.hidden.json", "no".utf8), Member("__MACOSX/a.json", "no".utf8),
    ]

    @Test(arguments: [("zip", "none"), ("ustar", "none"), ("pax", "gzip"), ("gnutar", "zstd"), ("ustar", "xz")])
    func members(format: String, filter: String) throws {
        let path = scratch.write("news.archive", packed(Self.members, format: format, filter: filter))
        let inputs = try InputSet(paths: [path])
        let all = Everything(inputs)
        #expect(all.texts == ["one", "two", "three"])
        #expect(inputs.files.map { $0.path.dropFirst(path.count) } == ["/a.jsonl", "/sub/b.csv", "/sub/c.txt"])
        #expect(inputs.files.allSatisfy { $0.origin == path })
        #expect(inputs.passedOver.inArchives == 3)
        #expect(all.ids == ["1", "2", "c"])
    }

    @Test(arguments: ["zip", "ustar"])
    func namesAreOnlyNames(_ format: String) throws {
        let names = ["../../x.txt", "/etc/y.txt", "a/../../z.txt", "bad\u{1b}[31m.txt"]
        let path = scratch.write("in/a.zip", packed(names.map { Member($0, $0.utf8) }, format: format))
        let inputs = try InputSet(paths: [path], temporaryDirectory: scratch.path)
        #expect(Everything(inputs).texts == names)
        #expect(inputs.files.last?.path.hasSuffix("bad\u{FFFD}[31m.txt") == true)
        #expect(scratch.names == ["in"])
    }

    @Test func linksAndDevicesAreRefused() throws {
        let kinds: [Member.Kind] = [.link, .hardLink, .device, .file]
        let members = kinds.map { Member("\($0).txt", $0 == .file ? Array("x".utf8) : [], kind: $0) }
        let inputs = try InputSet(paths: [scratch.write("a.tar", packed(members, format: "pax"))])
        #expect(Everything(inputs).texts == ["x"])
        #expect(inputs.passedOver.refusedCount == 3)
        #expect(inputs.passedOver.refused.first?.hasSuffix("a.tar/link.txt: a link") == true)
    }

    @Test func encryptedMembersAreRefused() throws {
        let bytes = packed([Member("a.txt", "secret".utf8)], format: "zip", password: "x")
        let error = #expect(throws: Problem.self) { try InputSet(paths: [scratch.write("a.zip", bytes)]) }
        let refused = "\(scratch.path)/a.zip/a.txt: encrypted"
        let extensions = Formats.standard.extensions
        #expect(error?.fault == .nothingToRead(container: "archive", extensions: extensions, refused: refused))
    }

    @Test func archivesWithNothingToRead() throws {
        let bytes = packed([Member("a.md", "x".utf8)], format: "zip")
        let path = scratch.write("in/a.zip", bytes)
        #expect(throws: Problem.self) { try InputSet(paths: [path]) }
        scratch.write("in/b.txt", "b")
        let inputs = try InputSet(paths: ["\(scratch.path)/in"])
        #expect(Everything(inputs).texts == ["b"])
        #expect(inputs.passedOver.inFolders == 1)
    }

    @Test func whatIsWrongWithAMemberIsTold() throws {
        let members = [Member("a.json", "[\n1]".utf8), Member("b.csv", "x,y\n".utf8), Member("c.txt", "c".utf8)]
        let all = Everything(try InputSet(paths: [scratch.write("a.zip", packed(members, format: "zip"))]))
        #expect(all.texts == ["c"])
        #expect(all.problems.map { $0.path.suffix(12) } == ["a.zip/a.json", "/a.zip/b.csv"])
    }

    @Test(arguments: [("zip", "none"), ("ustar", "none"), ("ustar", "gzip"), ("pax", "zstd")])
    func damage(format: String, filter: String) throws {
        let stories = (0..<20).map { Member("\(100 + $0).txt", "story \($0 &* 2_654_435_761 % 1_000_003)".utf8) }
        let bytes = packed(stories, format: format, filter: filter)
        let whole = Everything(try InputSet(paths: [scratch.write("whole", bytes)])).texts
        var random = SplitMix64(seed: 6)
        for round in 0..<150 {
            var damaged = bytes
            let place = random.below(bytes.count), isCut = round % 2 == 0
            if isCut { damaged.removeLast(bytes.count - place) } else { damaged[place] ^= 1 << UInt8(random.below(8)) }
            guard let inputs = try? InputSet(paths: [scratch.write("damaged", damaged)]) else { continue }
            let all = Everything(inputs)
            guard isCut else { continue }
            #expect(
                all.texts.dropLast().elementsEqual(whole.prefix(max(0, all.texts.count - 1))),
                "\(format) \(filter), cut at \(place)")
        }
    }

    @Test func bombsOfManyMembers() throws {
        let zeros = [UInt8](repeating: 0, count: 100 << 20)
        let members = ["a.txt", "b.txt", "c.txt", "d.txt"].map { Member($0, zeros) }
        let inputs = try InputSet(paths: [
            scratch.write("bomb.tar.gz", packed(members, format: "ustar", filter: "gzip"))
        ])
        #expect(inputs.totalBytes < 200 << 20)
        #expect(inputs.files.compactMap(\.problem).contains { $0.message.contains("250 times") })
    }

    @Test func patterns() throws {
        for name in ["b.jsonl", "a.jsonl", "c.csv"] { scratch.write("dump/\(name)", "{\"text\":\"\(name)\"}") }
        let all = Everything(try InputSet(paths: ["\(scratch.path)/dump/*.jsonl"]))
        #expect(all.texts == ["a.jsonl", "b.jsonl"])
        let error = #expect(throws: Problem.self) { try InputSet(paths: ["\(scratch.path)/dump/*.txt"]) }
        #expect(error?.fault == .noMatch(ENOENT))
    }
}
