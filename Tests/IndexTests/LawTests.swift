import DedupKit
import Glibc
import TestSupport
import Testing

@testable import Index

/// The laws that docs/index-format.md promises, on random histories. `DEDUP_HISTORIES=1000` tries so many.
@Suite struct LawTests {
    private static let seeds = 0..<(getenv("DEDUP_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 8)

    /// Up to which number all reports are weighed anew: what is kept of events is asked from the first, or never.
    private static let few = [3, 512]

    private static func stories(_ seed: Int) -> ([Document], SplitMix64) {
        var random = SplitMix64(seed: UInt64(seed) + 1000)
        let count = 5 + random.below(90)
        let stories = syntheticStories(seed: seed, count: count, datesDiffer: random.flip(0.5))
        return (stories.map(\.document), random)
    }

    private static func level(_ seed: Int) -> IndexDefinition {
        switch seed % 8 {
        case 3: IndexDefinition(level: .copy)
        case 4: IndexDefinition(level: .near)
        case 5: IndexDefinition(level: .near, keepsTexts: false)
        case 6 where seed % 3 == 0: IndexDefinition(level: .exact, keepsTexts: false)
        default: IndexDefinition()
        }
    }

    @Test(arguments: seeds, few)
    func settledIsClustered(_ seed: Int, few: Int) throws {
        try EventLedger.$few.withValue(few) { try settledIsClustered(seed) }
    }

    private func settledIsClustered(_ seed: Int) throws {
        var (documents, random) = Self.stories(seed)
        documents.shuffle(using: &random)
        let scratch = Scratch(), definition = Self.level(seed)
        var index = try Index(create: scratch.path, definition)
        for day in days(of: documents, &random) {
            let before = try index.labels()
            let asked = try index.match(day)
            let answer = try index.add(day)
            let after = try index.labels()
            // No label moves, what is asked for is what is given, and what is given is there.
            for (id, labels) in before { #expect(after[id] == labels, "\(id)") }
            #expect(asked.byID == answer.byID)
            for (id, labels) in answer.byID { #expect(after[id] == labels, "\(id)") }
            #expect(answer.standings.allSatisfy { $0 == .new })
        }
        let before = try index.labels()
        let moves = try index.settle()
        let settled = try index.labels()
        #expect(settled == (try clustered(documents, definition)).byID)
        // Each label that moved was told, and no other.
        var told = before
        for move in moves {
            #expect(told[move.id]?[move.level] == move.from)
            told[move.id]?[move.level] = move.to
        }
        #expect(told == settled)
        #expect(index.check() == [])
        #expect(try index.settle().isEmpty)
    }

    @Test(arguments: seeds, few)
    func addingAgainChangesNothing(_ seed: Int, few: Int) throws {
        try EventLedger.$few.withValue(few) { try addingAgainChangesNothing(seed) }
    }

    private func addingAgainChangesNothing(_ seed: Int) throws {
        var (documents, random) = Self.stories(seed)
        let scratch = Scratch()
        var index = try Index(create: scratch.path, Self.level(seed))
        for day in days(of: documents, &random) { _ = try index.add(day) }
        let before = try index.labels(), manifest = scratch.folder.read("news.index/manifest")
        documents.shuffle(using: &random)
        let answer = try index.add(Array(documents.prefix(20)))
        #expect(answer.standings.allSatisfy { $0 == .known })
        for (id, labels) in answer.byID { #expect(before[id] == labels) }
        #expect(try index.labels() == before)
        #expect(scratch.folder.read("news.index/manifest") == manifest)
    }

    /// Removing leaves what would be there without.
    @Test(arguments: seeds, few)
    func removedIsNeverAdded(_ seed: Int, few: Int) throws {
        try EventLedger.$few.withValue(few) { try removedIsNeverAdded(seed) }
    }

    private func removedIsNeverAdded(_ seed: Int) throws {
        var (documents, random) = Self.stories(seed)
        let scratch = Scratch(), definition = Self.level(seed)
        var index = try Index(create: scratch.path, definition)
        for day in days(of: documents, &random) { _ = try index.add(day) }
        let gone = Set(documents.map { $0.id! }.filter { _ in random.flip(0.3) })
        try index.remove(gone.sorted())
        #expect(index.check() == [])
        #expect(index.count == documents.count - gone.count)
        _ = try index.settle()
        documents.removeAll { gone.contains($0.id!) }
        #expect(try index.labels() == clustered(documents, definition).byID)
        #expect(index.check() == [])
    }

    /// Another text by an id takes the place of the first; nothing of that one is left but in the journal.
    @Test(arguments: seeds, few)
    func aNewTextSupersedes(_ seed: Int, few: Int) throws {
        try EventLedger.$few.withValue(few) { try aNewTextSupersedes(seed) }
    }

    private func aNewTextSupersedes(_ seed: Int) throws {
        var (documents, random) = Self.stories(seed)
        let scratch = Scratch(), definition = Self.level(seed)
        var index = try Index(create: scratch.path, definition)
        for day in days(of: documents, &random) { _ = try index.add(day) }
        var revised: [Document] = []
        for at in documents.indices.reversed() where random.flip(0.2) {
            var document = documents.remove(at: at)
            document.text = documents.randomElement(using: &random)?.text ?? "nothing of the old one is left in this"
            document.text += " and this was added to it later on"
            revised.append(document)
        }
        let others = try index.labels()
        let answer = try index.add(revised)
        #expect(answer.standings.allSatisfy { $0 == .supersedes })
        #expect(index.count == others.count)
        #expect(index.check() == [])
        _ = try index.settle()
        #expect(try index.labels() == clustered(documents + revised, definition).byID)
    }

    /// What a random history leaves is sound at every step.
    @Test(arguments: seeds, few)
    func anyHistoryIsSound(_ seed: Int, few: Int) throws {
        try EventLedger.$few.withValue(few) { try anyHistoryIsSound(seed) }
    }

    private func anyHistoryIsSound(_ seed: Int) throws {
        var (documents, random) = Self.stories(seed)
        let scratch = Scratch()
        var index = try Index(create: scratch.path, Self.level(seed))
        for _ in 0..<12 {
            var ids = Set(try index.labels().keys)
            switch random.below(6) {
            case 0:
                let gone = ids.filter { _ in random.flip(0.1) }
                try index.remove(gone.sorted())
                ids.subtract(gone)
            case 1:
                _ = try index.expire(before: 1_704_067_200 + Int64(random.below(10)) * 86_400)
                ids = Set(try index.labels().keys)
            case 2: _ = try index.settle()
            default:
                documents.shuffle(using: &random)
                let day = documents.prefix(1 + random.below(20))
                _ = try index.add(Array(day))
                ids.formUnion(day.map { $0.id! })
            }
            #expect(Set(try index.labels().keys) == ids)
            #expect(index.check() == [])
            #expect(try Index(open: scratch.path).labels() == index.labels())
        }
    }
}
