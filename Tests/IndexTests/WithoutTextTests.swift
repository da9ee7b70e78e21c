import DedupKit
import Glibc
import JSON
import Records
import TestSupport
import Testing

@testable import Index

/// An index without texts says what one with texts says, and holds no word of them. `DEDUP_HISTORIES=1000` tries so many
/// random histories.
@Suite struct WithoutTextTests {
    private static let seeds = 0..<(getenv("DEDUP_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 16)

    /// Stories with headlines, some of lost letters, some of no word.
    private static func stories(_ seed: Int, _ random: inout SplitMix64) -> [Document] {
        syntheticStories(seed: seed, count: 10 + random.below(80), datesDiffer: random.flip(0.5)).map { story in
            var document = story.document
            if random.flip(0.5) { document.title = "headline \(random.below(5))" }
            if random.flip(0.05) { document.text = String(repeating: "\u{FFFD}\u{FFFD} ", count: 3 + random.below(20)) }
            if random.flip(0.05) { document.text = "…" }
            return document
        }
    }

    /// Another version of a story: of another text, or only of other signs or another headline.
    private static func revised(_ document: Document, _ random: inout SplitMix64) -> Document {
        var document = document
        switch random.below(4) {
        case 0: document.text += " and this was added to it later on"
        case 1: document.text = document.text.uppercased()
        case 2: document.text += "!"
        default: document.title = "another headline"
        }
        return document
    }

    @Test(arguments: seeds, [Level.exact, .near])
    func saysWhatTextsSay(_ seed: Int, _ level: Level) throws {
        var random = SplitMix64(seed: UInt64(seed) + 500)
        var stories = Self.stories(seed, &random)
        let with = Scratch(), without = Scratch()
        var definition = Definition()
        definition.keep = [.earliest, .longest, .first][seed % 3]
        var kept = try Index(create: with.path, IndexDefinition(definition, level: level))
        var bare = try Index(create: without.path, IndexDefinition(definition, level: level, keepsTexts: false))
        var there: [String: Document] = [:], order: [String] = []
        for _ in 0..<10 {
            switch random.below(7) {
            case 0:
                let gone = there.keys.sorted().filter { _ in random.flip(0.1) }
                try kept.remove(gone)
                try bare.remove(gone)
                for id in gone { there[id] = nil }
            case 1:
                let moment = 1_704_067_200 + Int64(random.below(4)) * 86_400
                #expect(try kept.expire(before: moment) == bare.expire(before: moment))
                let left = try kept.labels()
                there = there.filter { left[$0.key] != nil }
            case 2: #expect(try kept.settle() == bare.settle())
            default:
                stories.shuffle(using: &random)
                for at in stories.indices where random.flip(0.1) {
                    stories[at] = Self.revised(stories[at], &random)
                }
                let day = Array(stories.prefix(1 + random.below(25)))
                #expect(try kept.match(day).byID == bare.match(day).byID)
                let (answer, other) = (try kept.add(day), try bare.add(day))
                #expect(answer.byID == other.byID)
                #expect(answer.standings == other.standings)
                for (document, standing) in zip(day, other.standings) where standing != .known {
                    there[document.id!] = document
                    order.removeAll { $0 == document.id! }
                    order.append(document.id!)
                }
            }
            order.removeAll { there[$0] == nil }
            #expect(try kept.labels() == bare.labels())
            #expect(kept.count == bare.count && bare.count == there.count)
            #expect(bare.check() == [])
            try hold(stories, kept, bare, &random)
        }
        _ = try bare.settle()
        let live = order.map { there[$0]! }
        #expect(try bare.labels() == clustered(live, IndexDefinition(definition, level: level)).byID)
        #expect(try Index(open: without.path).labels() == bare.labels())
    }

    /// Held against either, the same documents go, for the same ones, by the same score.
    private func hold(_ stories: [Document], _ kept: Index, _ bare: Index, _ random: inout SplitMix64) throws {
        var pipeline = Pipeline(kept.definition.definition)
        pipeline.options.level = kept.definition.level
        pipeline.options.threads = 2
        pipeline.definition.keepsKnown = true
        let new = stories.suffix(20).map { story in
            var story = story
            story.id = random.flip(0.5) ? "\(story.id!)-new" : story.id
            return story
        }
        for few in [0, .max] {
            let rows = try [kept, bare].map { index in
                let held = try index.hold(MemorySource(documents: new), by: pipeline, few: few)
                let ids = held.clustering.documents.identifiers, removals = try Removals(held.clustering)
                #expect(removals.problems.isEmpty)
                try held.requireTexts()
                return removals.all.map { "\(ids[$0.document]) \($0.relation) \(ids[$0.of]) \($0.score ?? -1)" }
            }
            #expect(rows[0] == rows[1])
        }
    }

    /// Every byte that is on the disk, what is compressed restored.
    private static func bytes(of scratch: Scratch, _ index: Index) throws -> [UInt8] {
        var all: [UInt8] = []
        for name in TemporaryFolder.names(in: scratch.path) { all += scratch.folder.read("news.index/\(name)") }
        for file in index.snapshot.manifest.journal {
            try Journal.forEachLine(of: file, in: index.snapshot.folder) { row in
                guard case .object(let fields) = row else { return }
                for value in fields.values { all += value.bytes ?? [] }
            }
        }
        return all
    }

    @Test(arguments: [true, false])
    func holdsNoWord(_ keepsTexts: Bool) throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path, IndexDefinition(level: .near, keepsTexts: keepsTexts))
        func story(_ number: Int, _ revision: String) -> Document {
            let words = (0..<(number % 9 == 0 ? 3 : 60)).map { "lantern\(number / 2)harbour\($0)" }
            return Document(
                text: (words + [revision]).joined(separator: " "), id: "story-\(number)",
                title: "Ferryman\(number) sails", date: "2024-03-0\(1 + number % 9)", source: "Outlet \(number % 3)",
                language: "en")
        }
        for day in 0..<8 { _ = try index.add((0..<10).map { story(10 * day + $0, "firstly") }) }
        _ = try index.add((0..<20).map { story($0, "secondly") })
        try index.remove((30..<40).map { "story-\($0)" })
        _ = try index.expire(before: 1_709_424_000)
        let words = ["lantern", "harbour", "erryman", "firstly", "secondly"]
        // What is looked for would be found: the index with texts shows it, as long as they are not compressed.
        for word in words { #expect(try Self.isThere(word, scratch, index) == keepsTexts, "\(word)") }
        if keepsTexts { return }
        _ = try index.settle()
        for word in words { #expect(try !Self.isThere(word, scratch, index), "\(word)") }
        for word in ["story-17", "Outlet 2"] { #expect(try Self.isThere(word, scratch, index), "\(word)") }
    }

    private static func isThere(_ word: String, _ scratch: Scratch, _ index: Index) throws -> Bool {
        let all = try bytes(of: scratch, index).map { CChar(bitPattern: max(1, $0)) } + [0]
        return unsafe strstr(all, word) != nil
    }

    /// What a text of the day is replaced by is in the journal by its id alone and what else is kept of it.
    @Test func theJournalKeepsNoOldText() throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path, IndexDefinition(level: .near, keepsTexts: false))
        let text = "the old words of this story are not to be found anywhere"
        _ = try index.add([Document(text: text, id: "a", title: "Old", date: "2024-03-01", source: "Herald")])
        let answer = try index.add([Document(text: "\(text) now", id: "a", title: "New", date: "2024-03-02")])
        #expect(answer.standings == [.supersedes])
        var lines: [JSONValue] = []
        for file in index.snapshot.manifest.journal {
            try Journal.forEachLine(of: file, in: index.snapshot.folder) { lines.append($0) }
        }
        let old = try #require(lines.first { $0["type"]?.string == "superseded" })
        #expect(old["id"]?.string == "a" && old["source"]?.string == "Herald")
        #expect(old["published_at"]?.string == "2024-03-01")
        #expect(old["text"] == nil && old["title"] == nil)
    }

    /// Levels that are told from texts, and the texts themselves, are refused.
    @Test func refusesWhatTextsAreFor() throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path, IndexDefinition(level: .near, keepsTexts: false))
        _ = try index.add(syntheticStories(seed: 3, count: 9).map(\.document))
        #expect { _ = try index.source() } throws: {
            "\($0)" == "\(scratch.path): keeps no texts, and there is no story to be given again without them"
        }
        for level in [Level.copy, .event] {
            var pipeline = Pipeline()
            pipeline.options.level = level
            pipeline.definition.keepsKnown = true
            #expect { try index.hold(MemorySource(documents: []), by: pipeline) } throws: {
                "\($0)" == "\(scratch.path): keeps no texts, and there is no level \(level.rawValue) without them"
            }
        }
        #expect(throws: IndexError.self) { try Index(create: Scratch().path, IndexDefinition(keepsTexts: false)) }
        #expect(index.definition.description.hasSuffix(", without texts"))
        #expect(index.statistics.texts == 0 && index.statistics.shingles > 0)
    }

    /// Merged and settled as often as one likes, it has no dictionary and nothing compressed but the journal.
    @Test func manyDays() throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path, IndexDefinition(level: .near, keepsTexts: false))
        let stories = syntheticStories(seed: 8, count: 60).map(\.document)
        for story in stories { _ = try index.add([story]) }
        _ = try index.settle()
        #expect(index.statistics.segments < 16)
        #expect(index.snapshot.segments.allSatisfy { $0.layout.form == .withoutText })
        #expect(index.snapshot.manifest.dictionary == nil)
        #expect(try index.labels() == clustered(stories, IndexDefinition(level: .near)).byID)
        #expect(index.check() == [])
    }
}
