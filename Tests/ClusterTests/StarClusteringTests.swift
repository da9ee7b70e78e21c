import Cluster
import MinHash
import Shingle
import TestSupport
import Testing

/// The sequential definition: items in order; one becomes a representative unless it reaches one before it that
/// a common bucket holds. A bucket holds the first `capacity` representatives that it meets.
struct NaiveStar {
    var isRepresentative: [Bool]
    /// Of each bucket, the representatives that it holds.
    var held: [[Int]]

    /// - Parameter anchors: so many items, the first, are representatives whatever they reach.
    init(_ graph: RandomGraph, anchors: Int = 0, capacity: Int) {
        isRepresentative = Array(repeating: false, count: graph.count)
        held = graph.buckets.map { _ in [] }
        for item in 0..<graph.count {
            let own = graph.buckets.indices.filter { graph.buckets[$0].contains(ItemNumber(item)) }
            if item >= anchors, own.contains(where: { held[$0].contains { graph.reaches($0, item) } }) { continue }
            isRepresentative[item] = true
            for bucket in own where held[bucket].count < capacity { held[bucket].append(item) }
        }
    }

    /// Representatives that an item may belong to, of those buckets that pass.
    func candidates(_ item: Int, _ graph: RandomGraph, where passes: (Int) -> Bool = { _ in true }) -> Set<Int> {
        var found: Set<Int> = []
        for bucket in graph.buckets.indices where graph.buckets[bucket].contains(ItemNumber(item)) && passes(bucket) {
            found.formUnion(held[bucket].filter { graph.reaches($0, item) })
        }
        return found
    }

    /// The most similar one, the first among equals.
    static func best(_ candidates: Set<Int>, for item: Int, _ graph: RandomGraph) -> Int? {
        candidates.sorted().max {
            graph.similarity($0, item) < graph.similarity($1, item)
                || (graph.similarity($0, item) == graph.similarity($1, item) && $0 > $1)
        }
    }
}

@Suite struct StarClusteringTests {
    private func star(_ graph: RandomGraph, capacity: Int = 1000, _ comparisons: Comparisons? = nil) -> StarClustering {
        let comparisons = comparisons ?? Comparisons(graph.overlap)
        return StarClustering(
            graph.index, threshold: graph.threshold, limits: BucketLimits(representatives: capacity),
            plausible: { _ in true },
            verify: comparisons.verify)
    }

    @Test func isTheSequentialDefinition() {
        for seed in 0..<1500 {
            let graph = RandomGraph(seed: seed), comparisons = Comparisons(graph.overlap)
            let found = star(graph, comparisons), naive = NaiveStar(graph, capacity: .max)
            let expected = (0..<graph.count).map { item in
                ItemNumber(
                    naive.isRepresentative[item]
                        ? item : NaiveStar.best(naive.candidates(item, graph), for: item, graph)!)
            }
            #expect(found.representatives == expected, "seed \(seed)")
            #expect(comparisons.repeated == 0, "seed \(seed): a pair was compared twice")
            #expect(
                Set(found.pairs.map { CandidatePair($0.a, $0.b) } + found.rejected) == Set(comparisons.pairs),
                "seed \(seed)")
        }
    }

    @Test func anchorsStay() {
        for seed in 0..<1000 {
            let graph = RandomGraph(seed: 3000 + seed), anchors = seed % (graph.count + 1)
            let comparisons = Comparisons(graph.overlap)
            let found = StarClustering(
                graph.index, threshold: graph.threshold, anchors: anchors, plausible: { _ in true },
                verify: comparisons.verify)
            let naive = NaiveStar(graph, anchors: anchors, capacity: .max)
            let expected = (0..<graph.count).map { item in
                ItemNumber(
                    naive.isRepresentative[item]
                        ? item : NaiveStar.best(naive.candidates(item, graph), for: item, graph)!)
            }
            #expect(found.representatives == expected, "seed \(seed)")
            #expect(comparisons.pairs.allSatisfy { $0.b.index >= anchors }, "seed \(seed): known ones were compared")
            #expect(comparisons.repeated == 0, "seed \(seed): a pair was compared twice")
        }
    }

    /// With full buckets the representatives are those of the definition, and a member's is as similar as any that an
    /// open bucket holds.
    @Test func fullBuckets() {
        for seed in 0..<1500 {
            let graph = RandomGraph(seed: seed), capacity = 1 + seed % 4
            let found = star(graph, capacity: capacity), naive = NaiveStar(graph, capacity: capacity)
            for item in 0..<graph.count {
                let own = found.representatives[item].index
                #expect(
                    (own == item) == naive.isRepresentative[item], "seed \(seed), capacity \(capacity), item \(item)")
                guard own != item, !naive.isRepresentative[item] else { continue }
                #expect(naive.candidates(item, graph).contains(own), "seed \(seed), capacity \(capacity), item \(item)")
                let open = naive.candidates(item, graph) { naive.held[$0].count < capacity }
                if let best = NaiveStar.best(open, for: item, graph) {
                    #expect(
                        graph.similarity(own, item) >= graph.similarity(best, item),
                        "seed \(seed), capacity \(capacity), item \(item)")
                }
            }
        }
    }

    /// Members reach their representative; no two representatives reach each other.
    @Test func promises() {
        for seed in 0..<500 {
            let graph = RandomGraph(seed: 10_000 + seed, complete: true)
            let labels = star(graph).representatives.map(\.index)
            for a in 0..<graph.count {
                #expect(labels[labels[a]] == labels[a], "seed \(seed), item \(a)")
                #expect(labels[a] == a || graph.reaches(labels[a], a), "seed \(seed), item \(a)")
                for b in 0..<a where labels[a] == a && labels[b] == b {
                    #expect(!graph.reaches(a, b), "seed \(seed), representatives \(b) and \(a)")
                }
            }
        }
    }

    /// A filter that holds for every pair that reaches the threshold changes nothing.
    @Test func implausiblePairsAreNotCompared() {
        for seed in 0..<300 {
            let graph = RandomGraph(seed: seed), comparisons = Comparisons(graph.overlap)
            let plausible: Plausible = {
                graph.overlap($0).jaccard >= graph.threshold || ($0.a.index ^ $0.b.index) % 3 == 0
            }
            let found = StarClustering(
                graph.index, threshold: graph.threshold, plausible: plausible, verify: comparisons.verify)
            #expect(found.representatives == star(graph).representatives, "seed \(seed)")
            #expect(comparisons.pairs.allSatisfy(plausible), "seed \(seed)")
        }
    }

    private func cluster(
        _ items: Int, keys: [(Int) -> UInt32], capacity: Int = BucketLimits().representatives,
        reaches: @escaping (Int, Int) -> Bool
    ) -> (star: StarClustering, comparisons: Comparisons) {
        var buckets = Buckets()
        for key in keys { buckets.append(Buckets(count: items, key: key)) }
        let comparisons = Comparisons { SetOverlap(common: reaches($0.a.index, $0.b.index) ? 10 : 0, a: 10, b: 10) }
        let star = StarClustering(
            BucketIndex(buckets, itemCount: items), threshold: 0.7, limits: BucketLimits(representatives: capacity),
            plausible: { _ in true },
            verify: comparisons.verify)
        return (star, comparisons)
    }

    /// Ten thousand copies of a page in all of their buckets are compared once each.
    @Test func copiesAreLinear() {
        let items = 10_000
        let (star, comparisons) = cluster(items, keys: Array(repeating: { _ in 0 }, count: 5)) { _, _ in true }
        #expect(comparisons.pairs.count == items - 1)
        #expect(star.representatives.allSatisfy { $0 == 0 })
    }

    /// Ten thousand pages of one frame, none like another: a bucket compares them with its first representatives only.
    @Test func fullBucketsAreBounded() {
        let items = 10_000, capacity = 20
        let (star, comparisons) = cluster(items, keys: [{ _ in 0 }], capacity: capacity) { _, _ in false }
        #expect(comparisons.pairs.count <= capacity * items)
        #expect(comparisons.calls <= capacity + 2, "a wave for each page")
        #expect(star.representatives == (0..<items).map { ItemNumber($0) })
    }

    /// Each item reaches its neighbours only: every second one is a representative, found in as many waves.
    @Test func chains() {
        let items = 2001
        let (star, comparisons) = cluster(items, keys: [{ UInt32($0 / 2) }, { UInt32(($0 + 1) / 2) }]) { $1 - $0 == 1 }
        #expect(star.representatives.enumerated().allSatisfy { $0 % 2 == 0 ? $1.index == $0 : $1.index == $0 - 1 })
        #expect(comparisons.pairs.count == items - 1 && comparisons.repeated == 0)
    }

    @Test func nothingToCluster() {
        let empty = cluster(0, keys: []) { _, _ in true }.star
        #expect(empty.representatives.isEmpty && empty.pairs.isEmpty)
        let alone = cluster(3, keys: [{ UInt32($0) }]) { _, _ in true }.star
        #expect(alone.representatives == [0, 1, 2] && alone.pairs.isEmpty)
    }
}
