import DedupKit
import Foundation
import Inputs
import TestSupport
import Testing

@Suite struct DefinitionTests {
    /// If this fails and the new answers are meant, raise `Definition.version` and put the new digests here.
    @Test func answersOfThisVersion() throws {
        #expect(Definition.version == 6)
        let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpora/sample/stories.jsonl")
        var digests = [try digest(Pipeline().run(InputSet(paths: [sample.path])))]
        for (seed, threshold) in [(1, 0.3), (2, 0.5), (3, 0.7), (4, 0.9)] {
            var pipeline = Pipeline()
            pipeline.definition.threshold = threshold
            let stories = syntheticStories(seed: 9000 + seed, count: 400)
            digests.append(try digest(pipeline.run(texts: stories.map(\.text))))
        }
        #expect(
            digests == [
                13_472_232_508_555_072_715, 14_803_345_496_833_128_061, 13_757_915_804_374_141_289,
                6_916_785_182_071_008_543, 3_813_817_046_099_400_821,
            ])
    }

    /// FNV-1a over the labels of all levels, in their order.
    private func digest(_ clustering: Clustering) -> UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for level in clustering.levels {
            for label in clustering.labels[level]! { digest = (digest ^ UInt64(label.rawValue)) &* 0x100_0000_01b3 }
        }
        return digest
    }

    @Test func whatDecidesAnAnswerIsCompared() {
        var definitions = [Definition](repeating: Definition(), count: 9)
        definitions[1].threshold = 0.8
        definitions[2].linkage = .single
        definitions[3].keep = .longest
        definitions[4].shingleWidth = 4
        definitions[5].buckets.representatives = 255
        definitions[6].agreementMargin = 3
        definitions[7].copy.candidates.neighbours = 9
        definitions[8].event.postingWindow = 64
        for (a, one) in definitions.enumerated() {
            for (b, other) in definitions.enumerated() { #expect((one == other) == (a == b), "\(a), \(b)") }
        }
    }
}
