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

    private static let definitions = [
        IndexDefinition(level: .copy), IndexDefinition(), IndexDefinition(level: .near, keepsTexts: false),
    ]

    private func fill(_ definition: IndexDefinition = definitions[0]) throws -> Index {
        var index = try Index(create: scratch.path, definition)
        _ = try index.add(Array(Self.documents[..<20]))
        _ = try index.add(Array(Self.documents[20..<40]))
        try index.remove([Self.documents[3].id!])
        return index
    }

    /// What it says, or an error.
    private func said() -> [String: [Level: String]]? { try? Index(open: scratch.path).match(Self.asked).byID }

    @Test(arguments: definitions) func everyFlippedByteIsFound(_ definition: IndexDefinition) throws {
        try EventLedger.$few.withValue(10) { try flip(definition) }
    }

    private func flip(_ definition: IndexDefinition) throws {
        let index = try fill(definition), expected = try index.match(Self.asked).byID, all = try index.labels()
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

    @Test(arguments: definitions) func whatIsCutOffOrGoneIsFound(_ definition: IndexDefinition) throws {
        let index = try fill(definition)
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
    @Test(arguments: definitions) func aHostileManifestIsRefused(_ definition: IndexDefinition) throws {
        _ = try fill(definition)
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
                let other = ["0", "1", "2", "4096", "99999999999", "-1", "4611686018427387903", "1e300"]
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

    /// A segment whose checksums are right and which says anything.
    @Test(arguments: definitions) func aHostileSegmentIsNoCrash(_ definition: IndexDefinition) throws {
        let index = try fill(definition)
        let segment = index.snapshot.segments[0].file.name, name = "news.index/\(segment.name)"
        let whole = scratch.folder.read(name), manifest = scratch.folder.text("news.index/manifest")
        let files = TemporaryFolder.names(in: scratch.path).map { ($0, scratch.folder.read("news.index/\($0)")) }
        var random = SplitMix64(seed: 3), refused = 0
        for round in 0..<Self.flips {
            var bytes = whole
            // Half of them where the records are, and where it is said what is where.
            let records = SegmentLayout.Section.records.rawValue
            let start = index.snapshot.segments[0].layout.starts[records] / 4088 * 4096
            for _ in 0...random.below(3) {
                let at = round % 2 == 0 ? start + random.below(4096) : random.below(bytes.count)
                bytes[at] = [0, 1, 0xff, UInt8(random.below(256))].randomElement(using: &random)!
            }
            write(bytes, as: segment, manifest)
            guard var opened = try? Index(open: scratch.path) else { continue }
            // Not for its checksums, which are right; without texts what they were made into vouches for the shingles.
            let findings = opened.check()
            #expect(!findings.contains { $0.contains("not what was written") || $0.contains("not those that were") })
            refused += findings.isEmpty ? 0 : 1
            _ = opened.statistics
            _ = try? opened.match(Self.asked)
            _ = try? opened.labels()
            _ = try? opened.settle()
            for (name, bytes) in files { scratch.folder.write("news.index/\(name)", bytes) }
        }
        #expect(refused > Self.flips / 3)
    }

    /// One that has a table less than its index asks for.
    @Test func aTableThatLacksIsFound() throws {
        let index = try fill(), segment = index.snapshot.segments[0].file.name
        let pages = scratch.folder.read("news.index/\(segment.name)")
        var payload = pages.indices.filter { $0 % 4096 < 4088 }.map { pages[$0] }
        // The last word says how many come before it, the two before that where the last table is.
        let end = segment.bytes, count = Int(payload[end - 8]) | Int(payload[end - 7]) << 8
        let words = payload[end - 8 * (count + 1)..<end - 24]
        payload.replaceSubrange(end - 8 - words.count..<end - 8, with: words)
        (payload[end - 8], payload[end - 7]) = (UInt8((count - 2) & 0xff), UInt8((count - 2) >> 8))
        let bytes = stride(from: 0, to: payload.count, by: 4088).flatMap {
            payload[$0..<$0 + 4088] + [UInt8](repeating: 0, count: 8)
        }
        write(bytes, as: segment, scratch.folder.text("news.index/manifest"))
        #expect { try Index(open: scratch.path) } throws: { "\($0)".hasSuffix("it is of another index") }
    }

    /// The pages of a file with checksums that are right, and a manifest that says so.
    private func write(_ bytes: [UInt8], as file: PagedFileName, _ manifest: String) {
        var bytes = bytes, sums: [UInt8] = []
        for page in 0..<bytes.count / 4096 {
            let seed = file.tag &+ UInt64(page) &* 0x9e37_79b9_7f4a_7c15
            let sum = checksum(Array(bytes[page * 4096..<page * 4096 + 4088]), seed: seed)
            let own = (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) }
            bytes.replaceSubrange(page * 4096 + 4088..<page * 4096 + 4096, with: own)
            sums += own
        }
        scratch.folder.write("news.index/\(file.name)", bytes)
        write(manifest.replacing(file.checksum.hex, with: checksum(sums, seed: file.tag).hex))
    }

    /// A manifest with its checksum.
    private func write(_ manifest: String) {
        let body = Array(manifest.split(separator: "\n").dropLast().joined(separator: "\n").utf8) + [10]
        let end = "{\"type\":\"end\",\"checksum\":\"\(checksum(body).hex)\"}\n"
        scratch.folder.write("news.index/manifest", body + Array(end.utf8))
    }

    /// What one kind of index has written is no part of the other.
    @Test func withTextsAndWithoutAreToldApart() throws {
        let index = try fill(IndexDefinition(level: .near))
        let whole = scratch.folder.text("news.index/manifest")
        let keep = "\"keep\":", bare = whole.replacing(keep, with: "\"texts\":false,\(keep)")
        write(bare)
        #expect(throws: IndexError.self) { try Index(open: scratch.path) }
        write(bare.replacing("\"format\":1", with: "\"format\":2"))
        #expect { try Index(open: scratch.path) } throws: { "\($0)".hasSuffix("it is of another index") }
        write(whole.replacing("\"format\":1", with: "\"format\":2"))
        #expect(throws: IndexError.self) { try Index(open: scratch.path) }
        write(whole)
        #expect(try Index(open: scratch.path).labels() == index.labels())
    }

    @Test func anotherFormatOrDefinitionIsRefused() throws {
        _ = try fill()
        let whole = scratch.folder.text("news.index/manifest")
        write(whole.replacing("\"format\":1", with: "\"format\":9"))
        #expect { try Index(open: scratch.path) } throws: {
            "\($0)".hasSuffix("an index of format 9, and this version reads formats up to 2")
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
