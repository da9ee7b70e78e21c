public import MinHash
public import Overlap
import Shingle
import Tables

/// Every pair of items that share a bucket, compared: what `--pairs` lists and single linkage joins.
///
/// A bucket of more than `limits.pairs` items contributes only the pairs that the star clustering compared, those
/// with its representatives: all pairs of ten thousand copies would be fifty million.
public struct AllPairs {
    private let index: BucketIndex
    private let threshold: Double
    private let limits: BucketLimits
    private let star: StarClustering

    public init(
        _ index: BucketIndex, threshold: Double, limits: BucketLimits = BucketLimits(), star: StarClustering
    ) {
        self.index = index
        self.threshold = threshold
        self.limits = limits
        self.star = star
    }

    /// Pairs that reach the threshold, ascending; O(their number) memory.
    public func verified(plausible: Plausible, verify: Verify) -> [VerifiedPair<OfItem>] {
        var pairs = star.pairs
        forEachBlock(plausible) { block in
            for (pair, overlap) in zip(block, verify(block)) where overlap.jaccard >= threshold {
                pairs.append(VerifiedPair(a: pair.a, b: pair.b, overlap: overlap))
            }
        }
        return pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Connected components as the first item of each item's component. Pairs already connected are not compared.
    public func components(plausible: Plausible, verify: Verify) -> [ItemNumber] {
        var sets = DisjointSets(count: index.itemCount)
        for pair in star.pairs { sets.join(pair.a, pair.b) }
        forEachBlock({ sets.find($0.a) != sets.find($0.b) && plausible($0) }) { block in
            for (pair, overlap) in zip(block, verify(block)) where overlap.jaccard >= threshold {
                sets.join(pair.a, pair.b)
            }
        }
        return sets.representatives()
    }

    /// Pairs that the star clustering has not compared, grouped by the first item, some thousands at a time.
    private func forEachBlock(_ wanted: (CandidatePair<OfItem>) -> Bool, _ body: ([CandidatePair<OfItem>]) -> Void) {
        let blockSize = 1 << 15
        var compared = Set(star.rejected)
        for pair in star.pairs { compared.insert(CandidatePair(pair.a, pair.b)) }
        var seenBy = [ItemNumber](repeating: .none, count: index.itemCount)
        var block: [CandidatePair<OfItem>] = []
        for a in (0..<index.itemCount).lazy.map({ ItemNumber($0) }) {
            for bucket in index.buckets(of: a).lazy.map({ $0.index }) where index.buckets[bucket].count <= limits.pairs
            {
                for at in index.buckets[bucket].reversed() {
                    let b = index.buckets.items[at]
                    guard b > a else { break }
                    let pair = CandidatePair(a, b)
                    guard seenBy[b.index] != a, !compared.contains(pair) else { continue }
                    seenBy[b.index] = a
                    if wanted(pair) { block.append(pair) }
                }
            }
            if block.count >= blockSize {
                body(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        body(block)
    }
}

/// Connected components of pairs: of each item the smallest that it is connected with.
public func components(of pairs: [VerifiedPair<OfItem>], count: Int) -> [ItemNumber] {
    var sets = DisjointSets(count: count)
    for pair in pairs { sets.join(pair.a, pair.b) }
    return sets.representatives()
}
