import Cluster
import MinHash
import Overlap
import Shingle
import TestSupport

/// Items with a similarity for every pair and buckets in which some of them meet: what clustering gets to see, without texts.
struct RandomGraph {
    let count: Int
    let threshold: Double
    /// Items of each bucket, ascending.
    let buckets: [[ItemNumber]]
    let index: BucketIndex
    private let overlaps: [SetOverlap]

    /// - Parameter complete: whether all pairs meet in one bucket.
    init(seed: Int, mostItems: Int = 24, complete: Bool = false) {
        var random = SplitMix64(seed: UInt64(seed))
        count = 1 + random.below(mostItems)
        // Few values, so that equal similarities are common; the threshold is one of them.
        let values = (0..<1 + random.below(5)).map { _ in 20 + random.below(80) }
        threshold = SetOverlap(common: values[0], a: 100, b: 100).jaccard
        let dense = Double(random.below(100)) / 100
        overlaps = (0..<count * count).map { _ in
            SetOverlap(
                common: random.flip(dense) ? values.randomElement(using: &random)! : random.below(20), a: 100, b: 100)
        }
        var all = Buckets()
        if complete { all.append(Buckets(count: count) { _ in 0 }) }
        for _ in 0..<random.below(complete ? 3 : 6) {
            let keys = 1 + random.below(count)
            let assigned = (0..<count).map { _ in UInt32(random.below(keys)) }
            all.append(Buckets(count: count) { assigned[$0] })
        }
        buckets = (0..<all.count).map { Array(all.items[all[$0]]) }
        index = BucketIndex(all, itemCount: count)
    }

    func overlap(_ pair: CandidatePair<OfItem>) -> SetOverlap {
        overlaps[min(pair.a, pair.b).index * count + max(pair.a, pair.b).index]
    }

    func similarity(_ a: Int, _ b: Int) -> Double { overlap(CandidatePair(ItemNumber(a), ItemNumber(b))).jaccard }

    func reaches(_ a: Int, _ b: Int) -> Bool { similarity(a, b) >= threshold }

    func meet(_ a: Int, _ b: Int) -> Bool {
        buckets.contains { $0.contains(ItemNumber(a)) && $0.contains(ItemNumber(b)) }
    }

    var reachablePairs: [VerifiedPair<OfItem>] {
        (0..<count).flatMap { a in
            (a + 1..<max(count, a + 1)).filter { meet(a, $0) && reaches(a, $0) }.map {
                let pair = CandidatePair(ItemNumber(a), ItemNumber($0))
                return VerifiedPair(a: pair.a, b: pair.b, overlap: overlap(pair))
            }
        }
    }
}

/// Counts what is compared, and how often.
final class Comparisons {
    private(set) var pairs: [CandidatePair<OfItem>] = []
    private(set) var calls = 0
    private let overlap: (CandidatePair<OfItem>) -> SetOverlap

    init(_ overlap: @escaping (CandidatePair<OfItem>) -> SetOverlap) { self.overlap = overlap }

    func verify(_ pairs: [CandidatePair<OfItem>]) -> [SetOverlap] {
        calls += 1
        self.pairs += pairs
        return pairs.map(overlap)
    }

    var repeated: Int { pairs.count - Set(pairs).count }
}
