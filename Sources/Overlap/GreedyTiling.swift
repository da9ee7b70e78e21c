import Tables

/// A run of tokens that is the same in two texts: where it starts in both.
struct Tile: Equatable {
    var a, b, count: Int
    var endA: Int { a + count }
    var endB: Int { b + count }
}

/// Greedy string tiling: the longest run of tokens that two texts have in common becomes a tile, then the longest that
/// touches no tile, until none is left of at least a given length. Among the longest, the first in `a`; of its places in
/// `b`, the first.
///
/// M. J. Wise: String Similarity via Greedy String Tiling and Running Karp–Rabin Matching, 1993, whose own method takes
/// cubic time where phrases repeat. Here the suffixes of what both texts may have in common are sorted once. Those that have `level` tokens in
/// common stand side by side, a group, and groups merge while `level` falls. A group with suffixes of both texts has a
/// tile; a tile shortens the suffixes that start less than its own length before it. O(*n* log *n*).
struct GreedyTiling {
    /// Longest first.
    let tiles: [Tile]

    init(_ a: [UInt64], _ b: [UInt64], least: Int) {
        let runs = CommonRuns(a, b, width: least)
        tiles = runs.isUnique ? runs.uniqueTiles : SuffixTiling(runs).tiles
    }
}

/// Greedy tiling of texts that repeat themselves.
private struct SuffixTiling {
    private(set) var tiles: [Tile] = []

    private let least: Int
    private let lengthOfA: Int
    private let places: [Int32]
    /// The place of each suffix in order.
    private let rank: [Int32]
    /// Tokens from each suffix's start to the next tile or end, as far as that is less than the level.
    private var free: [Int32]
    private var groups: SuffixGroups
    /// Suffixes that tiles have shortened, by what is left of them.
    private var shortened: LevelLists
    private var level = 0

    init(_ runs: CommonRuns) {
        least = runs.width
        let stretches = CommonStretches(runs)
        let text = stretches.text, lengthOfA = stretches.lengthOfA
        self.lengthOfA = lengthOfA
        places = stretches.places
        let order = suffixArray(text, largest: stretches.largest)
        var rank = [Int32](repeating: 0, count: text.count)
        for (place, suffix) in order.enumerated() { rank[Int(suffix)] = Int32(place) }
        let common = commonPrefixes(text, order: order, rank: rank)
        let longest = Int(common.max() ?? 0)
        free = text.indices.map { Int32($0 <= lengthOfA ? lengthOfA - $0 : text.count - $0) }
        self.rank = rank
        groups = SuffixGroups(order: order, lengthOfA: lengthOfA)
        shortened = LevelLists(levels: longest + 1)
        var neighbours = LevelLists(levels: longest + 1)
        for (place, common) in common.enumerated() where common >= least {
            neighbours.add(Int32(place), at: Int(common))
        }
        for level in stride(from: longest, through: least, by: -1) { lay(level, &neighbours) }
    }

    private mutating func lay(_ level: Int, _ neighbours: inout LevelLists) {
        self.level = level
        var touched: [Int32] = []
        neighbours.forEach(at: level) { touched.append(groups.merge($0 - 1, $0)) }
        shortened.forEach(at: level) { suffix in
            guard free[Int(suffix)] == level else { return }
            touched.append(groups.insert(suffix, at: rank[Int(suffix)]))
        }
        var queue = Heap<QueuedGroup>()
        for group in touched where groups.isGroup(group) && !groups.isQueued(group, at: level) {
            if let first = firstPair(of: group)?.a { queue.insert(QueuedGroup(first: first, group: group)) }
        }
        while let queued = queue.popFirst() {
            guard let pair = firstPair(of: queued.group) else { continue }
            if pair.a == queued.first { lay(pair) }
            if let next = firstPair(of: queued.group)?.a {
                queue.insert(QueuedGroup(first: next, group: queued.group))
            }
        }
    }

    /// The first suffix of each text in a group that is still long enough.
    private mutating func firstPair(of group: Int32) -> (a: Int32, b: Int32)? {
        let (free, level) = (free, level)
        guard let a = groups.first(of: group, .a, where: { free[Int($0)] >= level }),
            let b = groups.first(of: group, .b, where: { free[Int($0)] >= level })
        else { return nil }
        return (a, b)
    }

    private mutating func lay(_ pair: (a: Int32, b: Int32)) {
        tiles.append(Tile(a: Int(places[Int(pair.a)]), b: Int(places[Int(pair.b)]), count: level))
        for start in [Int(pair.a), Int(pair.b)] {
            for at in start..<start + level { free[at] = 0 }
            for length in 1..<max(1, level) {
                let at = start - length
                guard at >= 0, free[at] > length else { break }
                free[at] = Int32(length)
                if length >= least { shortened.add(Int32(at), at: length) }
            }
        }
    }
}

/// A list of numbers for each level.
struct LevelLists {
    private var heads: [Int32]
    private var items: [(number: Int32, next: Int32)] = []

    var count: Int { heads.count }

    init(levels: Int) { heads = [Int32](repeating: -1, count: levels) }

    mutating func add(_ number: Int32, at level: Int) {
        items.append((number, heads[level]))
        heads[level] = Int32(items.count - 1)
    }

    func forEach(at level: Int, _ body: (Int32) -> Void) {
        var item = heads[level]
        while item >= 0 {
            body(items[Int(item)].number)
            item = items[Int(item)].next
        }
    }
}

/// A group by the first suffix that it has in `a`.
private struct QueuedGroup: Comparable {
    let first, group: Int32

    static func < (left: Self, right: Self) -> Bool { left.first < right.first }
}
