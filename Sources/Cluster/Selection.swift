import MinHash

/// The state of the greedy choice of representatives: who is decided, and who comes first in each bucket.
struct Selection {
    private let index: BucketIndex
    private let capacity: Int

    /// Wave in which an item was decided, 0 while it is not.
    private var wave: [UInt32]
    private var representative: [Bool]
    /// Buckets in which an undecided item stands before this one.
    private var blocked: [UInt32]
    /// Position of each bucket's first undecided item.
    private var head: [UInt32]
    /// Representatives that each bucket holds.
    private var held: [UInt32]
    private var frontier: [ItemNumber]
    private var current: UInt32 = 0
    /// The item that last saw this one as a candidate.
    private var seenBy: [ItemNumber]

    /// - Parameter anchors: so many items, the first, are representatives in any case.
    init(_ index: BucketIndex, anchors: Int, capacity: Int) {
        self.index = index
        self.capacity = capacity
        let items = index.itemCount
        wave = Array(repeating: 0, count: items)
        representative = Array(repeating: false, count: items)
        blocked = Array(repeating: 0, count: items)
        seenBy = Array(repeating: .none, count: items)
        head = Array(index.buckets.starts.dropLast())
        held = Array(repeating: 0, count: index.buckets.count)
        for bucket in 0..<index.buckets.count {
            for at in index.buckets[bucket].dropFirst() { blocked[index.buckets.items[at].index] += 1 }
        }
        frontier = blocked.indices.lazy.filter { [blocked] in blocked[$0] == 0 || $0 < anchors }.map { ItemNumber($0) }
    }

    func isRepresentative(_ item: ItemNumber) -> Bool { representative[item.index] }

    /// Makes representatives of the items that nothing undecided stands before, and returns the pairs of each with
    /// the undecided items behind it, grouped by the representative; nil when all are decided.
    mutating func nextWave(_ plausible: Plausible) -> [CandidatePair<OfItem>]? {
        guard !frontier.isEmpty else { return nil }
        current += 1
        for item in frontier {
            wave[item.index] = current
            representative[item.index] = true
        }
        var pairs: [CandidatePair<OfItem>] = []
        for item in frontier {
            for bucket in index.buckets(of: item).lazy.map({ $0.index }) where held[bucket] < capacity {
                held[bucket] += 1
                for at in Int(head[bucket])..<index.buckets[bucket].upperBound {
                    let other = index.buckets.items[at]
                    guard wave[other.index] == 0, seenBy[other.index] != item else { continue }
                    seenBy[other.index] = item
                    let pair = CandidatePair(item, other)
                    if plausible(pair) { pairs.append(pair) }
                }
            }
        }
        return pairs
    }

    /// Decides the items that a representative of this wave reaches, and moves on to those that now come first.
    mutating func finishWave(_ reached: some Sequence<ItemNumber>) {
        var decided = frontier
        for item in reached where wave[item.index] == 0 {
            wave[item.index] = current
            decided.append(item)
        }
        frontier = []
        for item in decided {
            for bucket in index.buckets(of: item).lazy.map({ $0.index }) { advance(bucket, past: item) }
        }
        frontier.sort()
    }

    private mutating func advance(_ bucket: Int, past item: ItemNumber) {
        let range = index.buckets[bucket]
        guard Int(head[bucket]) < range.upperBound, index.buckets.items[Int(head[bucket])] == item else { return }
        while Int(head[bucket]) < range.upperBound {
            let next = index.buckets.items[Int(head[bucket])]
            if wave[next.index] == 0 {
                unblock(next)
                if held[bucket] < capacity { return }
            }
            head[bucket] += 1
        }
    }

    private mutating func unblock(_ item: ItemNumber) {
        blocked[item.index] -= 1
        if blocked[item.index] == 0 { frontier.append(item) }
    }

    /// Pairs of a representative and a member that was decided before it, which no wave has compared: grouped by
    /// the representative. A full bucket adds none.
    mutating func uncompared(_ plausible: Plausible) -> [CandidatePair<OfItem>] {
        var pairs: [CandidatePair<OfItem>] = []
        seenBy = Array(repeating: .none, count: index.itemCount)
        for item in representative.indices.lazy.map({ ItemNumber($0) }) where representative[item.index] {
            for bucket in index.buckets(of: item).lazy.map({ $0.index }) where held[bucket] < capacity {
                for at in index.buckets[bucket] {
                    let other = index.buckets.items[at]
                    guard !representative[other.index], wave[other.index] < wave[item.index],
                        seenBy[other.index] != item
                    else { continue }
                    seenBy[other.index] = item
                    let pair = CandidatePair(min(item, other), max(item, other))
                    if plausible(pair) { pairs.append(pair) }
                }
            }
        }
        return pairs
    }
}
