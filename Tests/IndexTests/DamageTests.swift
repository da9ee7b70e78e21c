import DedupKit
import Glibc
import TestSupport
import Testing

@testable import Index

/// What is not as it was written is found, and changes no answer in silence. `DEDUP_FLIPS=10000` tries so many bytes.
@Suite struct DamageTests {
    private let scratch = Scratch()
    private static let flips = getenv("DEDUP_FLIPS").flatMap { Int(String(cString: $0)) } ?? 120
    private static let documents = syntheticStories(seed: 5, count: 60, datesDiffer: true).map(\.document)
    private static let asked = Array(documents[40...])

    private func fill(_ level: Level = .copy) throws -> Index {
        var index = try Index(create: scratch.path, IndexDefinition(level: level))
        _ = try index.add(Array(Self.documents[..<20]))
        _ = try index.add(Array(Self.documents[20..<40]))
        try index.remove([Self.documents[3].id!])
        return index
    }

    /// What it says, or an error.
    private func said() -> [String: [Level: String]]? { try? Index(open: scratch.path).match(Self.asked).byID }

    @Test(arguments: [Level.copy, .event]) func everyFlippedByteIsFound(_ level: Level) throws {
        try EventLedger.$few.withValue(10) { try flip(level) }
    }

    private func flip(_ level: Level) throws {
        let index = try fill(level), expected = try index.match(Self.asked).byID, all = try index.labels()
        let names = TemporaryFolder.names(in: scratch.path).filter { $0 != "lock" }.sorted()
        let sizes = names.map { scratch.folder.read("news.index/\($0)").count }
        var random = SplitMix64(seed: 1)
        for flip in 0..<Self.flips {
            // All files alike, small as they are; and all places of them.
            let file = flip % names.count, name = "news.index/\(names[file])"
            let whole = scratch.folder.read(name), at = random.below(sizes[file])
            var damaged = whole
            damaged[at] ^= UInt8(1 + random.below(255))
            scratch.folder.write(name, damaged)
            if let opened = try? Index(open: scratch.path) {
                #expect(opened.check() != [], "\(name), byte \(at)")
                if let labels = try? opened.labels() { #expect(labels == all, "\(name), byte \(at)") }
            }
            if let found = said() { #expect(found == expected, "\(name), byte \(at)") }
            scratch.folder.write(name, whole)
        }
        #expect(said() == expected)
    }

    @Test(arguments: [Level.copy, .event]) func whatIsCutOffOrGoneIsFound(_ level: Level) throws {
        let index = try fill(level)
        _ = index
        for name in TemporaryFolder.names(in: scratch.path) where name != "lock" {
            let path = "news.index/\(name)", whole = scratch.folder.read(path)
            for length in [0, 1, whole.count / 2, whole.count - 1] {
                scratch.folder.write(path, whole.prefix(length))
                if let opened = try? Index(open: scratch.path) { #expect(opened.check() != [], "\(name) of \(length)") }
            }
            unlink("\(scratch.path)/\(name)")
            if let opened = try? Index(open: scratch.path) { #expect(opened.check() != [], "\(name) gone") }
            scratch.folder.write(path, whole)
        }
        #expect(try Index(open: scratch.path).check() == [])
    }

    /// A manifest whose checksum is right and which says anything.
    @Test func aHostileManifestIsRefused() throws {
        _ = try fill()
        let whole = scratch.folder.text("news.index/manifest")
        var random = SplitMix64(seed: 2)
        for _ in 0..<400 {
            var lines = whole.split(separator: "\n").dropLast().map(String.init)
            let at = random.below(lines.count)
            switch random.below(4) {
            case 0: lines.remove(at: at)
            case 1: lines.append(lines[at])
            case 2:
                // Another number in place of one.
                let numbers = lines[at].matches(of: /:[0-9]+/)
                guard let number = numbers.randomElement(using: &random) else { continue }
                let other = ["0", "1", "4096", "99999999999", "-1", "4611686018427387903", "1e300"]
                lines[at].replaceSubrange(number.range, with: ":\(other.randomElement(using: &random)!)")
            default:
                let names = lines[at].matches(of: /"[^"]+"/)
                guard let name = names.randomElement(using: &random) else { continue }
                let other = ["\"../x\"", "\"\"", "7", "null", "\"ffffffffffffffff\"", "\"1.segment\""]
                lines[at].replaceSubrange(name.range, with: other.randomElement(using: &random)!)
            }
            let body = Array((lines.joined(separator: "\n") + "\n").utf8)
            let end = "{\"type\":\"end\",\"checksum\":\"\(checksum(body).hex)\"}\n"
            scratch.folder.write("news.index/manifest", body + Array(end.utf8))
            if let opened = try? Index(open: scratch.path) {
                _ = opened.check()
                _ = opened.statistics
                _ = try? opened.match(Self.asked)
            }
        }
    }

    @Test func anotherFormatOrDefinitionIsRefused() throws {
        _ = try fill()
        let whole = scratch.folder.text("news.index/manifest")
        func write(_ text: String) {
            let body = Array(text.split(separator: "\n").dropLast().joined(separator: "\n").utf8) + [10]
            let end = "{\"type\":\"end\",\"checksum\":\"\(checksum(body).hex)\"}\n"
            scratch.folder.write("news.index/manifest", body + Array(end.utf8))
        }
        write(whole.replacing("\"format\":1", with: "\"format\":9"))
        #expect { try Index(open: scratch.path) } throws: {
            "\($0)".hasSuffix("an index of format 9, and this version reads format 1")
        }
        write(whole.replacing("\"version\":\(Definition.version)", with: "\"version\":1"))
        var opened = try Index(open: scratch.path)
        #expect { try opened.match(Self.asked) } throws: { error in
            let text = "\(error)"
            return text.contains("made by definition 1,")
                && text.contains("asked for is definition \(Definition.version),")
        }
        #expect(throws: IndexError.self) { try opened.add(Self.asked) }
        #expect(throws: IndexError.self) { try opened.settle() }
        // What gives no answer is no matter of the definition.
        #expect(opened.check() == [])
        #expect(try opened.labels().count == 39)
        try opened.remove([Self.documents[4].id!])
        #expect(try Index(open: scratch.path).count == 38)
    }
}
