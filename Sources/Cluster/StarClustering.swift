public import MinHash
public import Overlap
import Shingle

/// Representatives as the greedy maximal independent set of the verified pairs, and the others around them.
///
/// Items come in the order of preference. An item becomes a representative unless it reaches one before it; every
/// other item then belongs to the most similar representative that it reaches, the preferred one among equals.
///
/// The greedy choice is made in waves (Blelloch, Fineman, Shun: Greedy Sequential Maximal Independent Set and
/// Matching are Parallel on Average, SPAA 2012): a wave takes all undecided items that come first in each of
/// their buckets, and compares them with the undecided items behind them. The outcome is that of the sequential
/// walk. Ten thousand copies of a page are one wave with one representative: linear in time and memory.
public struct StarClustering: Sendable {
    /// Of each item; its own number for a representative itself.
    public private(set) var representatives: [ItemNumber]
    /// The compared pairs that reach the threshold, ascending.
    public private(set) var pairs: [VerifiedPair<OfItem>] = []
    /// The compared pairs that do not.
    public private(set) var rejected: [CandidatePair<OfItem>] = []

    /// - Parameters:
    ///   - anchors: so many items, the first, are representatives whatever they reach, and are not compared with each
    ///     other.
    ///   - isStopped: whether nobody waits for the outcome any more; it is then left undone.
    public init(
        _ index: BucketIndex, threshold: Double, anchors: Int = 0, limits: BucketLimits = BucketLimits(),
        isStopped: () -> Bool = { false }, plausible: Plausible, verify: Verify
    ) {
        representatives = (0..<index.itemCount).map { ItemNumber($0) }
        var selection = Selection(index, anchors: anchors, capacity: limits.representatives)
        while !isStopped(), let candidates = selection.nextWave(plausible) {
            let before = pairs.count
            add(candidates, threshold, verify)
            selection.finishWave(pairs[before...].lazy.map { $0.b })
        }
        add(selection.uncompared(plausible), threshold, verify)
        pairs.sort { ($0.a, $0.b) < ($1.a, $1.b) }
        var best = [Double](repeating: -1, count: index.itemCount)
        for pair in pairs {
            let (center, member) = selection.isRepresentative(pair.a) ? (pair.a, pair.b) : (pair.b, pair.a)
            let similarity = pair.overlap.jaccard
            let held = representatives[member.index]
            if similarity > best[member.index] || (similarity == best[member.index] && center < held) {
                best[member.index] = similarity
                representatives[member.index] = center
            }
        }
    }

    /// Takes over how the anchors cluster among themselves: whoever was with one of them is now with its representative,
    /// and may not reach that.
    public mutating func join(anchors: StarClustering) {
        let own = representatives
        for item in own.indices where own[item].index < anchors.representatives.count {
            representatives[item] = anchors.representatives[own[item].index]
        }
        pairs = (anchors.pairs + pairs).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Compares the candidates, some at a time: the first wave may have one for every other document.
    private mutating func add(_ candidates: [CandidatePair<OfItem>], _ threshold: Double, _ verify: Verify) {
        let blockSize = 1 << 18
        for first in stride(from: 0, to: candidates.count, by: blockSize) {
            let block = Array(candidates[first..<min(candidates.count, first + blockSize)])
            for (pair, overlap) in zip(block, verify(block)) {
                if overlap.jaccard >= threshold {
                    pairs.append(VerifiedPair(a: pair.a, b: pair.b, overlap: overlap))
                } else {
                    rejected.append(pair)
                }
            }
        }
    }
}
