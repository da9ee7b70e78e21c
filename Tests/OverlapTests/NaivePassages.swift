@testable import Overlap

/// Passages by their definition, everything compared with everything.
struct NaivePassages {
    let a: TokenText
    let b: TokenText
    private(set) var passages: [[Tile]] = []

    init(_ a: TokenText, _ b: TokenText) {
        (self.a, self.b) = (a, b)
        let seeds = naiveTiling(a.hashes, b.hashes, least: PassageFinder.leastTile).filter {
            a.weight($0.a..<$0.endA) >= PassageFinder.seed
        }
        let joined = joined(seeds.map { [$0] })
        passages = joined.filter { weight($0) >= PassageFinder.fewest }
        for at in passages.indices { grow(at) }
        let small = joined.filter { weight($0) < PassageFinder.fewest }.sorted {
            (weight($1), $0[0].a) < (weight($0), $1[0].a)
        }
        for passage in small where covers(passage).isDisjoint(with: Set(passages.flatMap(covers))) {
            passages.append(passage)
            grow(passages.count - 1)
            if weight(passages.last!) < PassageFinder.fewest { passages.removeLast() }
        }
        passages = self.joined(passages).map(filled)
    }

    /// Equal tokens, of both texts.
    var equal: Set<Place> {
        Set(passages.joined().flatMap { tile in (0..<tile.count).flatMap { [.a(tile.a + $0), .b(tile.b + $0)] } })
    }

    enum Place: Hashable { case a(Int), b(Int) }

    private func weight(_ passage: [Tile]) -> Int { passage.map { a.weight($0.a..<$0.endA) }.reduce(0, +) }

    private func covers(_ passage: [Tile]) -> Set<Place> {
        Set(
            (passage.first!.a..<passage.last!.endA).map { .a($0) }
                + (passage.first!.b..<passage.last!.endB).map { .b($0) })
    }

    private func joined(_ passages: [[Tile]]) -> [[Tile]] {
        var passages = passages.sorted { $0[0].a < $1[0].a }
        for i in passages.indices.reversed() where i > 0 {
            let (first, second) = (passages[i - 1].last!, passages[i][0])
            let isNext = !passages.contains { $0[0].b > first.b && $0[0].b < second.b } && second.b >= first.endB
            guard isNext, a.weight(first.endA..<second.a) <= PassageFinder.gap,
                b.weight(first.endB..<second.b) <= PassageFinder.gap
            else { continue }
            passages[i - 1] += passages.remove(at: i)
        }
        return passages
    }

    private mutating func grow(_ number: Int) {
        let taken = Set(passages.indices.filter { $0 != number }.flatMap { covers(passages[$0]) })
        func free(_ places: [Place]) -> Int { places.prefix(GapAlignment.reach).prefix { !taken.contains($0) }.count }
        var aligner = GapAlignment()
        while true {
            let end = passages[number].last!
            let i = free((end.endA..<a.count).map { .a($0) }), j = free((end.endB..<b.count).map { .b($0) })
            let pairs = aligner.extend(
                Stretch(a.hashes, end.endA..<end.endA + i), Stretch(b.hashes, end.endB..<end.endB + j))
            if pairs.isEmpty { break }
            passages[number] += pairs.map { Tile(a: end.endA + $0.a, b: end.endB + $0.b, count: 1) }
        }
        while true {
            let start = passages[number][0]
            let i = free((0..<start.a).reversed().map { .a($0) }), j = free((0..<start.b).reversed().map { .b($0) })
            let pairs = aligner.extend(
                Stretch(a.hashes, start.a - i..<start.a, isBackward: true),
                Stretch(b.hashes, start.b - j..<start.b, isBackward: true))
            if pairs.isEmpty { break }
            passages[number].insert(
                contentsOf: pairs.reversed().map { Tile(a: start.a - 1 - $0.a, b: start.b - 1 - $0.b, count: 1) }, at: 0
            )
        }
    }

    private func filled(_ passage: [Tile]) -> [Tile] {
        var aligner = GapAlignment()
        return zip(passage, passage.dropFirst()).reduce(into: [passage[0]]) { filled, pair in
            let (last, next) = pair
            filled += aligner.fill(
                Stretch(a.hashes, last.endA..<next.a), Stretch(b.hashes, last.endB..<next.b)
            ).map { Tile(a: last.endA + $0.a, b: last.endB + $0.b, count: 1) }
            filled.append(next)
        }
    }
}

/// As Wise states it: look everywhere for the longest, again for each tile.
func naiveTiling(_ a: [UInt64], _ b: [UInt64], least: Int) -> [Tile] {
    var tiles: [Tile] = []
    var isTaken = (a: [Bool](repeating: false, count: a.count), b: [Bool](repeating: false, count: b.count))
    while true {
        var best = Tile(a: 0, b: 0, count: 0)
        for i in a.indices {
            for j in b.indices {
                var count = 0
                while i + count < a.count, j + count < b.count, a[i + count] == b[j + count],
                    !isTaken.a[i + count], !isTaken.b[j + count]
                { count += 1 }
                if count > best.count { best = Tile(a: i, b: j, count: count) }
            }
        }
        guard best.count >= least, best.count > 0 else { return tiles }
        tiles.append(best)
        for step in 0..<best.count {
            isTaken.a[best.a + step] = true
            isTaken.b[best.b + step] = true
        }
    }
}
