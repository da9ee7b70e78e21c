import Cluster
import MinHash
import Overlap
import Shingle
import TestSupport
import Testing

/// By repeated relabelling until nothing changes.
private func naiveComponents(_ pairs: [VerifiedPair<OfItem>], count: Int) -> [ItemNumber] {
    var labels = (0..<count).map { ItemNumber($0) }
    var changed = true
    while changed {
        changed = false
        for pair in pairs {
            let least = min(labels[pair.a.index], labels[pair.b.index])
            for item in [pair.a, pair.b] where labels[item.index] != least {
                labels[item.index] = least
                changed = true
            }
        }
    }
    return labels
}

@Suite struct AllPairsTests {
    /// With and without full buckets in the clustering before: what it left out is compared here, once.
    @Test func everyPairThatMeets() {
        for seed in 0..<1000 {
            let graph = RandomGraph(seed: seed), comparisons = Comparisons(graph.overlap)
            let star = StarClustering(
                graph.index, threshold: graph.threshold, limits: BucketLimits(representatives: 1 + seed % 5),
                plausible: { _ in true },
                verify: comparisons.verify)
            let all = AllPairs(graph.index, threshold: graph.threshold, star: star)
            let expected = graph.reachablePairs
            #expect(all.verified(plausible: { _ in true }, verify: comparisons.verify) == expected, "seed \(seed)")
            #expect(comparisons.repeated == 0, "seed \(seed): a pair was compared twice")
            let components = all.components(plausible: { _ in true }, verify: Comparisons(graph.overlap).verify)
            #expect(components == naiveComponents(expected, count: graph.count), "seed \(seed)")
            #expect(Cluster.components(of: expected, count: graph.count) == components, "seed \(seed)")
        }
    }

    /// Star clusters lie within the components.
    @Test func starRefinesSingle() {
        for seed in 0..<300 {
            let graph = RandomGraph(seed: seed), verify = Comparisons(graph.overlap).verify
            let star = StarClustering(graph.index, threshold: graph.threshold, plausible: { _ in true }, verify: verify)
            let single = AllPairs(graph.index, threshold: graph.threshold, star: star).components(
                plausible: { _ in true }, verify: verify)
            for (item, representative) in star.representatives.enumerated() {
                #expect(single[item] == single[representative.index], "seed \(seed), item \(item)")
            }
        }
    }

    /// A bucket beyond the limit gives the pairs with its representatives only.
    @Test func hugeBuckets() {
        let items = BucketLimits().pairs + 1
        let index = BucketIndex(Buckets(count: items) { _ in 0 }, itemCount: items)
        let comparisons = Comparisons { _ in SetOverlap(common: 1, a: 1, b: 1) }
        let star = StarClustering(index, threshold: 0.7, plausible: { _ in true }, verify: comparisons.verify)
        let all = AllPairs(index, threshold: 0.7, star: star)
        #expect(all.verified(plausible: { _ in true }, verify: comparisons.verify).count == items - 1)
        #expect(comparisons.pairs.count == items - 1)
        #expect(all.components(plausible: { _ in true }, verify: comparisons.verify).allSatisfy { $0 == 0 })
    }

    /// One at the limit gives all.
    @Test func fullBuckets() {
        let items = 9
        let index = BucketIndex(Buckets(count: items) { _ in 0 }, itemCount: items)
        let verify = Comparisons { _ in SetOverlap(common: 1, a: 1, b: 1) }.verify
        let limits = BucketLimits(pairs: items)
        let star = StarClustering(index, threshold: 0.7, limits: limits, plausible: { _ in true }, verify: verify)
        let all = AllPairs(index, threshold: 0.7, limits: limits, star: star)
        #expect(all.verified(plausible: { _ in true }, verify: verify).count == items * (items - 1) / 2)
    }
}
