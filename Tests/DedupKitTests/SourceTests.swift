import DedupKit
import Inputs
import TestSupport
import Testing

/// Where documents come from decides nothing.
@Suite struct SourceTests {
    private static func clusters(_ clustering: Clustering) -> [Level: [String: String]] {
        let identifiers = clustering.documents.identifiers
        return clustering.labels.mapValues { labels in
            Dictionary(
                uniqueKeysWithValues: labels.enumerated().map { (identifiers[DocumentNumber($0)], identifiers[$1]) })
        }
    }

    private func pipeline(_ seed: Int) -> Pipeline {
        var pipeline = Pipeline(options: RunOptions(threads: 1 + seed % 3))
        pipeline.definition.threshold = [0.3, 0.5, 0.7, 0.9][seed % 4]
        pipeline.definition.linkage = seed % 3 == 0 ? .single : .star
        pipeline.definition.keep = Keep.allCases[seed % 3]
        return pipeline
    }

    @Test func filesAndMemoryGiveTheSame() throws {
        for seed in 0..<40 {
            let stories = syntheticStories(seed: 7000 + seed, count: 1 + seed * 3), pipeline = pipeline(seed)
            let folder = TemporaryFolder()
            let file = folder.write("news.jsonl", stories.map(\.jsonLine).joined())
            let expected = try pipeline.run(InputSet(paths: [file], chunkSize: 900))
            for chunkSize in [1, 700, 1 << 20] {
                let source = MemorySource(documents: stories.map(\.document), chunkSize: chunkSize)
                let found = try pipeline.run(source)
                #expect(found.labels == expected.labels, "seed \(seed), chunks of \(chunkSize)")
                #expect(found.pairs == expected.pairs, "seed \(seed), chunks of \(chunkSize)")
                #expect(found.copies == expected.copies, "seed \(seed), chunks of \(chunkSize)")
                #expect(Self.clusters(found) == Self.clusters(expected), "seed \(seed), chunks of \(chunkSize)")
                #expect(CopyFlags(found).flags == CopyFlags(expected).flags, "seed \(seed), chunks of \(chunkSize)")
                guard pipeline.definition.linkage == .star else { continue }
                let gone = try Removals(found).all.map { $0 }, expectedGone = try Removals(expected).all.map { $0 }
                #expect(gone == expectedGone, "seed \(seed), chunks of \(chunkSize)")
            }
        }
    }

    /// Dates and lengths tie again and again: the ordinals alone say who is first.
    @Test func ordinalsDecideTheOrder() throws {
        for seed in 0..<30 {
            var random = SplitMix64(seed: UInt64(seed))
            var documents = syntheticStories(seed: 8000 + seed, count: 60).map(\.document)
            let pipeline = pipeline(seed),
                expected = try Self.clusters(pipeline.run(MemorySource(documents: documents)))
            for at in documents.indices { documents[at].ordinal = UInt32(at * 3 + 7) }
            for _ in 0..<2 {
                documents.shuffle(using: &random)
                let found = try Self.clusters(pipeline.run(MemorySource(documents: documents)))
                #expect(found == expected, "seed \(seed)")
            }
        }
    }
}

extension SyntheticStory {
    fileprivate var document: Document { Document(text: text, id: id, date: date) }
}
