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
    private var frontier: [UInt32]
    private var current: UInt32 = 0
    /// The item that last saw this one as a candidate.
    private var seenBy: [UInt32]

    init(_ index: BucketIndex, capacity: Int) {
        self.index = index
        self.capacity = capacity
        let items = index.itemCount
        wave = Array(repeating: 0, count: items)
        representative = Array(repeating: false, count: items)
        blocked = Array(repeating: 0, count: items)
        seenBy = Array(repeating: .max, count: items)
        head = Array(index.buckets.starts.dropLast())
        held = Array(repeating: 0, count: index.buckets.count)
        for bucket in 0..<index.buckets.count {
            for at in index.buckets[bucket].dropFirst() { blocked[Int(index.buckets.items[at])] += 1 }
        }
        frontier = (0..<UInt32(items)).filter { [blocked] in blocked[Int($0)] == 0 }
    }

    func isRepresentative(_ item: UInt32) -> Bool { representative[Int(item)] }

    /// Makes representatives of the items that nothing undecided stands before, and returns the pairs of each with
    /// the undecided items behind it, grouped by the representative; nil when all are decided.
    mutating func nextWave(_ plausible: Plausible) -> [CandidatePair]? {
        guard !frontier.isEmpty else { return nil }
        current += 1
        for item in frontier {
            wave[Int(item)] = current
            representative[Int(item)] = true
        }
        var pairs: [CandidatePair] = []
        for item in frontier {
            for bucket in index.buckets(of: item).lazy.map(Int.init) where held[bucket] < capacity {
                held[bucket] += 1
                for at in Int(head[bucket])..<index.buckets[bucket].upperBound {
                    let other = index.buckets.items[at]
                    guard wave[Int(other)] == 0, seenBy[Int(other)] != item else { continue }
                    seenBy[Int(other)] = item
                    let pair = CandidatePair(item, other)
                    if plausible(pair) { pairs.append(pair) }
                }
            }
        }
        return pairs
    }

    /// Decides the items that a representative of this wave reaches, and moves on to those that now come first.
    mutating func finishWave(_ reached: some Sequence<UInt32>) {
        var decided = frontier
        for item in reached where wave[Int(item)] == 0 {
            wave[Int(item)] = current
            decided.append(item)
        }
        frontier = []
        for item in decided {
            for bucket in index.buckets(of: item).lazy.map(Int.init) { advance(bucket, past: item) }
        }
        frontier.sort()
    }

    private mutating func advance(_ bucket: Int, past item: UInt32) {
        let range = index.buckets[bucket]
        guard Int(head[bucket]) < range.upperBound, index.buckets.items[Int(head[bucket])] == item else { return }
        while Int(head[bucket]) < range.upperBound {
            let next = index.buckets.items[Int(head[bucket])]
            if wave[Int(next)] == 0 {
                unblock(next)
                if held[bucket] < capacity { return }
            }
            head[bucket] += 1
        }
    }

    private mutating func unblock(_ item: UInt32) {
        blocked[Int(item)] -= 1
        if blocked[Int(item)] == 0 { frontier.append(item) }
    }

    /// Pairs of a representative and a member that was decided before it, which no wave has compared: grouped by
    /// the representative. A full bucket adds none.
    mutating func uncompared(_ plausible: Plausible) -> [CandidatePair] {
        var pairs: [CandidatePair] = []
        seenBy = Array(repeating: .max, count: index.itemCount)
        for item in 0..<UInt32(index.itemCount) where representative[Int(item)] {
            for bucket in index.buckets(of: item).lazy.map(Int.init) where held[bucket] < capacity {
                for at in index.buckets[bucket] {
                    let other = index.buckets.items[at]
                    guard !representative[Int(other)], wave[Int(other)] < wave[Int(item)],
                        seenBy[Int(other)] != item
                    else { continue }
                    seenBy[Int(other)] = item
                    let pair = CandidatePair(min(item, other), max(item, other))
                    if plausible(pair) { pairs.append(pair) }
                }
            }
        }
        return pairs
    }
}
