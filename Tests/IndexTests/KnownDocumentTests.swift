import DedupKit
import Glibc
import Index
import TestSupport
import Testing

/// Held against an index, documents go as they do held against its documents: of the same kept ones, at the same level,
/// by the same score. `DEDUP_HISTORIES=1000` tries so many random histories.
@Suite struct KnownDocumentTests {
    private static let seeds = 0..<(getenv("DEDUP_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 24)

    /// A removal by ids.
    private struct Row: Hashable, CustomStringConvertible {
        var id, of: String
        var relation: Level
        var score: Double?
        var description: String { "\(id) \(relation) \(of) \(score ?? -1)" }
    }

    private static func rows(_ clustering: Clustering) throws -> [Row] {
        let ids = clustering.documents.identifiers
        return try Removals(clustering).all.map {
            Row(id: ids[$0.document], of: ids[$0.of], relation: $0.relation, score: $0.score)
        }
    }

    /// An index after a random history, and others that may be in it, by their own ids or theirs.
    private static func history(_ seed: Int, _ index: inout Index) throws -> (new: [Document], SplitMix64) {
        var random = SplitMix64(seed: UInt64(seed) + 77)
        var documents = syntheticStories(seed: seed, count: 20 + random.below(100), datesDiffer: seed % 3 != 0).map(
            \.document)
        if seed % 4 == 1 { for at in documents.indices { documents[at].source = nil } }
        documents.shuffle(using: &random)
        let new = Array(documents.suffix(documents.count / 3)), old = Array(documents.dropLast(documents.count / 3))
        for day in days(of: old, &random) {
            _ = try index.add(day)
            if random.flip(0.2) { _ = try index.settle() }
            if random.flip(0.3) { try index.remove(day.compactMap(\.id).filter { _ in random.flip(0.2) }) }
        }
        let ids = try index.labels().keys.sorted()
        let renamed = new.map { document in
            var document = document
            if random.flip(0.2) { document.id = ids.randomElement(using: &random) }
            if random.flip(0.1) { document.id = new[random.below(new.count)].id }
            if random.flip(0.05) { document.id! += "#2" }
            return document
        }
        return (renamed + old.filter { _ in random.flip(0.05) }, random)
    }

    private static func pipeline(_ seed: Int, _ level: Level) -> Pipeline {
        var pipeline = Pipeline()
        pipeline.options.level = level
        pipeline.options.threads = 2
        pipeline.definition.keepsKnown = true
        pipeline.definition.keep = Keep.allCases[seed % Keep.allCases.count]
        if seed % 5 == 2 { pipeline.definition.favour = Favour(.outlet, values: ["outlet 2", "outlet 0"]) }
        return pipeline
    }

    private static func dump(_ index: Index, _ new: [Document]) throws -> MemorySource {
        let source = try index.source(), reader = source.reader()
        var known: [Document] = [], chunk = 0
        while source.hasChunk(chunk) {
            _ = reader.forEachRecord(inChunk: chunk) { known.append(Document($0)) }
            chunk += 1
        }
        return MemorySource(documents: new, known: known)
    }

    @Test(arguments: seeds)
    func goAsAgainstItsDocuments(_ seed: Int) throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path)
        let (new, _) = try Self.history(seed, &index)
        let dump = try Self.dump(index, new)
        for level in Level.allCases {
            for few in level == .copy ? [.max] : [0, .max] {
                let pipeline = Self.pipeline(seed, level)
                let held = try index.hold(MemorySource(documents: new, chunkSize: 3000), by: pipeline, few: few)
                let rows = try Self.rows(held.clustering), wanted = try Self.rows(pipeline.run(dump))
                #expect(rows == wanted, "level \(level), \(few)")
                #expect(held.known == index.count && held.read.documents.count == new.count)
                if few == 0, level < .event { #expect(held.clustering.documents.knownCount < index.count || index.count < 9) }
            }
        }
    }
}
