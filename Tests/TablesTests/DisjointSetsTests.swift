import Tables
import TestSupport
import Testing

private enum OfThing {}

@Suite struct DisjointSetsTests {
    @Test func againstRelabelling() {
        for seed in 0..<300 {
            var random = SplitMix64(seed: UInt64(seed))
            let count = 1 + random.below(60)
            var sets = DisjointSets(count: count), labels = (0..<count).map { Number<OfThing>($0) }
            for _ in 0..<random.below(80) {
                let (a, b) = (random.below(count), random.below(count))
                sets.join(a, b)
                let (kept, other) = (min(labels[a], labels[b]), max(labels[a], labels[b]))
                for item in labels.indices where labels[item] == other { labels[item] = kept }
                let asked = Int32(random.below(count))
                if random.flip(0.2) { #expect(sets.find(asked) == Int32(labels[Int(asked)].index), "seed \(seed)") }
            }
            for item in 0..<count {
                #expect(sets.isRepresentative(item) == (labels[item].index == item), "seed \(seed), \(item)")
            }
            #expect(sets.representatives() == labels, "seed \(seed)")
        }
    }

    /// Joined in the order that makes the longest paths.
    @Test func longChains() {
        var sets = DisjointSets(count: 100_000)
        for item in (1..<UInt32(100_000)).reversed() { sets.join(item - 1, item) }
        #expect((sets.representatives() as [Number<OfThing>]).allSatisfy { $0 == 0 })
    }

    @Test func none() {
        var sets = DisjointSets(count: 0)
        #expect((sets.representatives() as [Number<OfThing>]).isEmpty)
    }
}
