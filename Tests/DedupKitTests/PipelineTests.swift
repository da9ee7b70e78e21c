import Cluster
import Columns
import DedupKit
import Inputs
import MinHash
import Synchronization
import TestSupport
import Testing

@Suite struct PipelineTests {
    private func run(
        _ stories: [SyntheticStory], _ pipeline: Pipeline, chunkSize: Int = 1 << 20, memory: Memory = .unlimited
    ) throws -> Clustering {
        let folder = TemporaryFolder()
        let file = folder.write("news.jsonl", stories.map(\.jsonLine).joined())
        var pipeline = pipeline
        pipeline.options.memory = memory
        return try pipeline.run(InputSet(paths: [file], chunkSize: chunkSize))
    }

    /// Thresholds, widths and linkages in turn.
    private func pipeline(_ seed: Int, level: Level) -> Pipeline {
        var pipeline = Pipeline()
        pipeline.options.level = level
        pipeline.definition.threshold = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9][seed % 7]
        pipeline.definition.shingleWidth = [5, 5, 3, 1, 2][seed % 5]
        pipeline.definition.linkage = seed % 3 == 0 ? .single : .star
        pipeline.options.pairs = seed % 2 == 0
        pipeline.options.threads = 1 + seed % 3
        return pipeline
    }

    @Test func againstBruteForce() throws {
        var reachable = 0, missed = 0
        for seed in 0..<300 {
            let stories = syntheticStories(seed: seed, count: 1 + seed % 45),
                pipeline = pipeline(seed, level: .near)
            let found = try run(stories, pipeline, chunkSize: seed % 4 == 0 ? 500 : 1 << 20)
            let expected = BruteForce(stories, pipeline)
            let name: Comment =
                "seed \(seed), threshold \(pipeline.definition.threshold), width \(pipeline.definition.shingleWidth), \(pipeline.definition.linkage)"
            #expect(found.labels[.exact]?.map(\.rawValue) == expected.exact, name)
            #expect(found.labels[.near]?.map(\.rawValue) == expected.near, name)
            let pairs = Set(found.pairs.map { CandidatePair($0.a, $0.b) })
            #expect(pipeline.options.pairs ? pairs == expected.found : pairs.isSubset(of: expected.found), name)
            for pair in found.pairs {
                #expect(
                    pair.overlap.jaccard == expected.jaccard(pair.a.index, pair.b.index),
                    "\(name), pair \(pair.a), \(pair.b)")
            }
            reachable += expected.found.count + expected.missed
            missed += expected.missed
        }
        #expect(reachable > 2000 && missed * 100 < reachable, "bands missed \(missed) of \(reachable) pairs")
    }

    /// The first two resemble no other but one each of the last two, which resemble each other: a chain that stars do
    /// not see.
    @Test(arguments: [true, false])
    func singleLinkage(pairs: Bool) throws {
        var pipeline = Pipeline(options: RunOptions(level: .near))
        pipeline.options.pairs = pairs
        pipeline.definition.threshold = 0.5
        pipeline.definition.linkage = .single
        let texts = [0, 36, 12, 24].map { start in (start..<start + 40).map { "word\($0)" }.joined(separator: " ") }
        #expect(try pipeline.run(texts: texts).labels[.near] == [0, 0, 0, 0])
        pipeline.definition.linkage = .star
        #expect(try pipeline.run(texts: texts).labels[.near] == [0, 1, 0, 1])
    }

    /// Of distinct dates, the order of the input decides nothing.
    @Test func orderOfInput() throws {
        for seed in 0..<12 {
            let stories = syntheticStories(seed: 1000 + seed, count: 40, datesDiffer: true)
            let pipeline = pipeline(seed, level: .event)
            let expected = try byIdentifier(run(stories, pipeline))
            var random = SplitMix64(seed: UInt64(seed))
            for shuffle in 0..<3 {
                let found = try byIdentifier(run(stories.shuffled(using: &random), pipeline, chunkSize: 700))
                #expect(found == expected, "seed \(seed), shuffle \(shuffle)")
            }
        }
    }

    private func byIdentifier(_ clustering: Clustering) -> [Level: [String: String]] {
        let identifiers = clustering.documents.identifiers
        return clustering.labels.mapValues { labels in
            Dictionary(
                uniqueKeysWithValues: labels.enumerated().map { (identifiers[DocumentNumber($0)], identifiers[$1]) })
        }
    }

    @Test func threadsDecideNothing() throws {
        for seed in 0..<8 {
            let stories = syntheticStories(seed: 2000 + seed, count: 60)
            var pipeline = pipeline(seed, level: .event)
            pipeline.options.threads = 1
            let expected = try run(stories, pipeline, chunkSize: 400)
            for threads in [2, 7] {
                pipeline.options.threads = threads
                let found = try run(stories, pipeline, chunkSize: 400)
                #expect(
                    found.labels == expected.labels && found.pairs == expected.pairs, "seed \(seed), \(threads) threads"
                )
            }
        }
    }

    /// From the first chunk in files, moved there on the way, moved back for the report.
    @Test func memoryDecidesNothing() throws {
        for seed in 0..<40 {
            let stories = syntheticStories(seed: 5000 + seed, count: 60)
            let pipeline = pipeline(seed, level: Level.allCases[seed % 4])
            let expected = try run(stories, pipeline)
            for limit in [1, 60, 100].map({ $0 == 1 ? 1 : Memory.least(for: $0, pipeline.options.level) }) {
                let found = try run(stories, pipeline, chunkSize: 700, memory: Memory(limit: limit))
                let name: Comment = "seed \(seed), \(pipeline.options.level), \(limit) bytes"
                #expect(found.documents.isSpilled, name)
                #expect(found.labels == expected.labels && found.pairs == expected.pairs, name)
                #expect(found.copies == expected.copies && found.boilerplate == expected.boilerplate, name)
                #expect(found.documents.locations.map { $0 } == expected.documents.locations.map { $0 }, name)
                #expect(found.documents.dates.map { $0 } == expected.documents.dates.map { $0 }, name)
                for story in found.documents.numbers {
                    #expect(found.documents.identifiers[story] == expected.documents.identifiers[story], name)
                    #expect(found.documents.source(of: story) == expected.documents.source(of: story), name)
                    #expect(found.nearSimilarity()?[story] == expected.nearSimilarity()?[story], name)
                }
            }
        }
    }

    @Test func noFolderForWhatDoesNotFit() throws {
        #expect(throws: SpillError.self) {
            _ = try run(
                syntheticStories(seed: 1, count: 10), pipeline(1, level: .near),
                memory: Memory(limit: 1, folder: SpillFolder("/nowhere")))
        }
    }

    /// Each level refines the next; a label is the story that stands for itself; short texts are with their exact copies only.
    /// At any moment a run may be stopped: it ends, whatever it returns.
    @Test(arguments: [0, 1, 5, 20, 50, 100, 200, 500, 1000, 2000, 5000])
    func stopped(after questions: Int) throws {
        let asked = Atomic<Int>(0)
        var pipeline = pipeline(1, level: .event)
        pipeline.options.threads = 2
        pipeline.options.isStopped = { asked.wrappingAdd(1, ordering: .relaxed).newValue > questions }
        let texts = syntheticStories(seed: 3, count: 2000).map(\.text)
        _ = try pipeline.run(texts: texts)
    }

    @Test func levelsNest() throws {
        for seed in 0..<20 {
            let stories = syntheticStories(seed: 3000 + seed, count: 50), pipeline = pipeline(seed, level: .event)
            let found = try run(stories, pipeline)
            #expect(found.levels == Level.allCases, "seed \(seed)")
            for (inner, outer) in zip(Level.allCases, Level.allCases.dropFirst()) {
                for story in found.documents.numbers {
                    let representative = found.label(inner, of: story)
                    #expect(
                        found.label(outer, of: story) == found.label(outer, of: representative),
                        "seed \(seed), story \(story): \(inner) is not within \(outer)")
                }
            }
            for level in Level.allCases {
                for story in found.documents.numbers {
                    let label = found.label(level, of: story)
                    #expect(found.label(level, of: label) == label, "seed \(seed), story \(story), \(level)")
                    #expect(
                        !found.tooShort[story.index] || label == found.label(.exact, of: story),
                        "seed \(seed), short story \(story), \(level)")
                }
            }
        }
    }

    /// Members reach their representative's text.
    @Test func starMembersReachTheirRepresentative() throws {
        for seed in 0..<60 {
            let stories = syntheticStories(seed: 4000 + seed, count: 40)
            var pipeline = pipeline(seed, level: .near)
            pipeline.definition.linkage = .star
            let found = try run(stories, pipeline), truth = BruteForce(stories, pipeline)
            for story in found.documents.numbers where found.label(.near, of: story) != story {
                let similarity = truth.jaccard(story.index, found.label(.near, of: story).index)
                #expect(similarity >= pipeline.definition.threshold, "seed \(seed), story \(story)")
            }
        }
    }

    @Test func levelsAskedFor() throws {
        let stories = syntheticStories(seed: 1, count: 20)
        for level in Level.allCases {
            #expect(
                try run(stories, pipeline(1, level: level)).levels == Level.allCases.filter { $0 <= level },
                "\(level)")
        }
    }
}
