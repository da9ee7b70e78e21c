import Tables

/// The runs of a few tokens that two texts have in common: tiles consist of them.
struct CommonRuns {
    let a, b: [UInt64]
    /// Tokens of a run.
    let width: Int
    /// For each token that a run of `a` starts with, a start of the same run in `b`, -1 for none.
    private(set) var startsInB: [Int32] = []
    /// For each token that a run of `b` starts with, whether `a` has the run.
    private(set) var isCommonInB: [Bool] = []
    /// Whether no common run comes twice in one text.
    private(set) var isUnique = true

    init(_ a: [UInt64], _ b: [UInt64], width: Int) {
        (self.a, self.b, self.width) = (a, b, width)
        let runsOfB = tokenRuns(b, width)
        var numbers = TokenNumbers(capacity: runsOfB.count)
        let numbersOfB = runsOfB.map { numbers.insert($0) }
        var starts = [Int32](repeating: -1, count: numbers.count)
        var timesInA = [UInt8](repeating: 0, count: numbers.count), timesInB = timesInA
        for (start, number) in numbersOfB.enumerated() {
            starts[number] = Int32(start)
            timesInB[number] = timesInB[number] == 0 ? 1 : 2
        }
        startsInB = tokenRuns(a, width).enumerated().map { start, run in
            guard let number = numbers[run] else { return -1 }
            timesInA[number] = timesInA[number] == 0 ? 1 : 2
            // Runs with the same hash are the same in all likelihood; on that no wrong tile may rest.
            if !isSame(start, Int(starts[number])) { isUnique = false }
            return starts[number]
        }
        isCommonInB = numbersOfB.map { timesInA[$0] > 0 }
        if isUnique { isUnique = !timesInA.indices.contains { timesInA[$0] * timesInB[$0] > 1 } }
    }

    private func isSame(_ startInA: Int, _ startInB: Int) -> Bool {
        (0..<width).allSatisfy { a[startInA + $0] == b[startInB + $0] }
    }

    /// Where no run repeats, common runs that follow each other in both texts make matches that share less than a run
    /// with each other. The longest is a tile, and shortens those that it touches at their ends.
    var uniqueTiles: [Tile] {
        var matches: [Tile] = []
        for (start, startInB) in startsInB.enumerated() where startInB >= 0 {
            if let last = matches.last, last.endA == start + width - 1, last.endB == Int(startInB) + width - 1 {
                matches[matches.count - 1].count += 1
            } else {
                matches.append(Tile(a: start, b: Int(startInB), count: width))
            }
        }
        var tiles: [Tile] = []
        var isTaken = (a: [Bool](repeating: false, count: a.count), b: [Bool](repeating: false, count: b.count))
        var lists = LevelLists(levels: (matches.lazy.map(\.count).max() ?? 0) + 1)
        for (number, match) in matches.enumerated() { lists.add(Int32(number), at: match.count) }
        for level in stride(from: lists.count - 1, through: width, by: -1) {
            var open: [Int32] = []
            lists.forEach(at: level) { open.append($0) }
            for number in open.sorted(by: { matches[Int($0)].a < matches[Int($1)].a }) {
                var match = matches[Int(number)]
                while match.count > 0, isTaken.a[match.a] || isTaken.b[match.b] {
                    match = Tile(a: match.a + 1, b: match.b + 1, count: match.count - 1)
                }
                while match.count > 0, isTaken.a[match.endA - 1] || isTaken.b[match.endB - 1] { match.count -= 1 }
                if match.count == level {
                    tiles.append(match)
                    for step in 0..<level {
                        isTaken.a[match.a + step] = true
                        isTaken.b[match.b + step] = true
                    }
                } else if match.count >= width {
                    matches[Int(number)] = match
                    lists.add(number, at: match.count)
                }
            }
        }
        return tiles
    }
}
