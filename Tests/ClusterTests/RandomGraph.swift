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
    let buckets: [[UInt32]]
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

    func overlap(_ pair: CandidatePair) -> SetOverlap {
        overlaps[Int(min(pair.a, pair.b)) * count + Int(max(pair.a, pair.b))]
    }

    func similarity(_ a: Int, _ b: Int) -> Double { overlap(CandidatePair(UInt32(a), UInt32(b))).jaccard }

    func reaches(_ a: Int, _ b: Int) -> Bool { similarity(a, b) >= threshold }

    func meet(_ a: Int, _ b: Int) -> Bool { buckets.contains { $0.contains(UInt32(a)) && $0.contains(UInt32(b)) } }

    var reachablePairs: [VerifiedPair] {
        (0..<count).flatMap { a in
            (a + 1..<max(count, a + 1)).filter { meet(a, $0) && reaches(a, $0) }.map {
                VerifiedPair(a: UInt32(a), b: UInt32($0), overlap: overlap(CandidatePair(UInt32(a), UInt32($0))))
            }
        }
    }
}

/// Counts what is compared, and how often.
final class Comparisons {
    private(set) var pairs: [CandidatePair] = []
    private(set) var calls = 0
    private let overlap: (CandidatePair) -> SetOverlap

    init(_ overlap: @escaping (CandidatePair) -> SetOverlap) { self.overlap = overlap }

    func verify(_ pairs: [CandidatePair]) -> [SetOverlap] {
        calls += 1
        self.pairs += pairs
        return pairs.map(overlap)
    }

    var repeated: Int { pairs.count - Set(pairs).count }
}
