/// From tiles to passages.
///
/// 1. Long tiles are seeds. Those that are neighbours in both texts, over a short gap, are one passage.
/// 2. A passage of at least `fewest` words grows at both ends over single changed words into what is free. Then smaller
///    ones, the largest first, try as much: a scanned copy has few long runs.
/// 3. What is neighbours now is one passage, and the gaps are aligned word by word.
///
/// Decision 009 has the numbers.
struct PassageFinder {
    /// Tokens of a tile.
    static let leastTile = 5
    /// In half words, as `TokenText.weight`: of a seed, of a passage's equal tokens, of a gap.
    static let seed = 8, fewest = 16, gap = 24

    /// Each the runs of equal tokens, in the order of both texts; by their place in `a`.
    private(set) var passages: [[Tile]] = []

    private let a, b: TokenText
    private var isTaken: (a: [Bool], b: [Bool])
    private lazy var alignment = GapAlignment()

    init(_ a: TokenText, _ b: TokenText) {
        (self.a, self.b) = (a, b)
        isTaken = ([], [])
        let tiles = GreedyTiling(a.hashes, b.hashes, least: Self.leastTile).tiles
        let seeds = tiles.filter { a.weight($0.a..<$0.endA) >= Self.seed }
        guard !seeds.isEmpty else { return }
        isTaken = ([Bool](repeating: false, count: a.count), [Bool](repeating: false, count: b.count))
        let joined = joined(seeds.map { [$0] })
        var passages = joined.filter { weight($0) >= Self.fewest }
        for passage in passages { take(passage) }
        for at in passages.indices { grow(&passages[at]) }
        let small = joined.filter { weight($0) < Self.fewest }.sorted { (weight($1), $0[0].a) < (weight($0), $1[0].a) }
        for var passage in small where isFree(passage) {
            grow(&passage)
            if weight(passage) >= Self.fewest { passages.append(passage) } else { take(passage, false) }
        }
        self.passages = self.joined(passages).map { filled($0) }
    }

    /// Of the equal tokens of a passage.
    private func weight(_ passage: [Tile]) -> Int { passage.reduce(0) { $0 + a.weight($1.a..<$1.endA) } }

    /// Makes one of passages that are neighbours in both texts; by their place in `a`.
    private func joined(_ passages: [[Tile]]) -> [[Tile]] {
        let byA = passages.sorted { $0[0].a < $1[0].a }
        var placeInB = [Int](repeating: 0, count: byA.count)
        for (place, at) in byA.indices.sorted(by: { byA[$0][0].b < byA[$1][0].b }).enumerated() { placeInB[at] = place }
        var joined: [[Tile]] = []
        for (at, passage) in byA.enumerated() {
            if at > 0, placeInB[at] == placeInB[at - 1] + 1, isShort(between: byA[at - 1].last!, passage[0]) {
                joined[joined.count - 1] += passage
            } else {
                joined.append(passage)
            }
        }
        return joined
    }

    private func isShort(between first: Tile, _ second: Tile) -> Bool {
        a.weight(first.endA..<second.a) <= Self.gap && b.weight(first.endB..<second.b) <= Self.gap
    }

    private func isFree(_ passage: [Tile]) -> Bool {
        let (first, last) = (passage.first!, passage.last!)
        return !isTaken.a[first.a..<last.endA].contains(true) && !isTaken.b[first.b..<last.endB].contains(true)
    }

    private mutating func take(_ passage: [Tile], _ taken: Bool = true) {
        let (first, last) = (passage.first!, passage.last!)
        for at in first.a..<last.endA { isTaken.a[at] = taken }
        for at in first.b..<last.endB { isTaken.b[at] = taken }
    }

    /// Extends a passage at both ends as long as that is worth something, and takes what it covers then.
    private mutating func grow(_ passage: inout [Tile]) {
        while true {
            let end = passage.last!
            let a = end.endA..<freeEnd(isTaken.a, after: end.endA), b = end.endB..<freeEnd(isTaken.b, after: end.endB)
            let runs = growth(Stretch(self.a.hashes, a), Stretch(self.b.hashes, b))
            guard !runs.isEmpty else { break }
            append(runs, to: &passage)
        }
        while true {
            let start = passage[0]
            let a = freeStart(isTaken.a, before: start.a)..<start.a, b = freeStart(isTaken.b, before: start.b)..<start.b
            let runs = growth(Stretch(self.a.hashes, a, isBackward: true), Stretch(self.b.hashes, b, isBackward: true))
            guard !runs.isEmpty else { break }
            let grown = passage
            passage = []
            append(runs + grown, to: &passage)
        }
        take(passage)
    }

    private mutating func growth(_ a: Stretch, _ b: Stretch) -> [Tile] {
        a.count == 0 || b.count == 0 ? [] : runs(alignment.extend(a, b), a, b)
    }

    private func freeEnd(_ isTaken: [Bool], after start: Int) -> Int {
        var end = start
        while end < isTaken.count, end - start < GapAlignment.reach, !isTaken[end] { end += 1 }
        return end
    }

    private func freeStart(_ isTaken: [Bool], before end: Int) -> Int {
        var start = end
        while start > 0, end - start < GapAlignment.reach, !isTaken[start - 1] { start -= 1 }
        return start
    }

    /// With the equal tokens in its gaps.
    private mutating func filled(_ passage: [Tile]) -> [Tile] {
        var filled: [Tile] = []
        for tile in passage {
            if let last = filled.last {
                let gap = (a: Stretch(a.hashes, last.endA..<tile.a), b: Stretch(b.hashes, last.endB..<tile.b))
                if gap.a.count > 0, gap.b.count > 0 {
                    append(runs(alignment.fill(gap.a, gap.b), gap.a, gap.b), to: &filled)
                }
            }
            append([tile], to: &filled)
        }
        return filled
    }

    /// Equal pairs as tiles in the order of the texts.
    private func runs(_ pairs: [(a: Int, b: Int)], _ a: Stretch, _ b: Stretch) -> [Tile] {
        let tiles = pairs.map { Tile(a: a.place(of: $0.a), b: b.place(of: $0.b), count: 1) }
        return tiles.count > 1 && tiles[1].a < tiles[0].a ? tiles.reversed() : tiles
    }

    /// Adds tiles in their order; one that goes on where the last ends lengthens that.
    private func append(_ tiles: [Tile], to passage: inout [Tile]) {
        for tile in tiles {
            if let last = passage.last, last.endA == tile.a, last.endB == tile.b {
                passage[passage.count - 1].count += tile.count
            } else {
                passage.append(tile)
            }
        }
    }
}
