import Shingle
import Tables

/// A walk through a text along the index of another; used again for one after another.
struct PassageWalk: ~Copyable {
    /// A passage goes on over as many shingles without an equal one, and may slip by `slip` between the texts.
    static let gap = 12, slip = 4
    /// Fewer equal shingles than this are an accident.
    static let fewestShingles = 4
    /// Repeats of a shingle that are looked at.
    private static let repeats = 8

    struct Passage {
        var startA, startB, endA, endB: Int
        var shingles = 1
        var run = 1
    }

    private(set) var coverA = Cover(), coverB = Cover()
    /// Shingles of the longest run that is the same in both texts.
    private(set) var longestRun = 0
    private var open: [Passage] = []
    private var closed: [Passage] = []
    private var width = CopyText.width
    private var gap = PassageWalk.gap
    private var slip = PassageWalk.slip

    /// - Parameter width: of a shingle of either text.
    mutating func begin(width: Int, tokensOfA: Int, tokensOfB: Int) {
        self.width = width
        gap = Self.gap * width / CopyText.width
        slip = Self.slip * width / CopyText.width
        longestRun = 0
        open.removeAll(keepingCapacity: true)
        closed.removeAll(keepingCapacity: true)
        coverA.clear(tokensOfA)
        coverB.clear(tokensOfB)
    }

    /// - Parameter shingles: of the other text, `ShingleIndex.neverFound` for its boilerplate.
    mutating func align(_ shingles: UnsafeBufferPointer<UInt64>, with index: borrowing ShingleIndex) {
        var at = 0
        while at < shingles.count {
            let run = open.count == 1 ? goOn(to: at, shingles, index) : 0
            at += run
            guard run == 0 else { continue }
            let first = index.first(shingles[at])
            if first >= 0 {
                close(before: at)
                if !extend(to: at, first, index) { start(at, first, index) }
            }
            at += 1
        }
        closed += open
    }

    /// The usual step, many at once: the only open passage goes on with the next shingles of both texts. Returns how
    /// many.
    private mutating func goOn(
        to at: Int, _ shingles: UnsafeBufferPointer<UInt64>, _ index: borrowing ShingleIndex
    ) -> Int {
        var passage = open[0]
        guard passage.endB == at - 1 else { return 0 }
        let next = passage.endA + 1
        let most = min(index.count - next, shingles.count - at)
        var count = 0
        while count < most, index.shingle(next + count) == shingles[at + count] { count += 1 }
        guard count > 0 else { return 0 }
        passage.endA += count
        passage.endB += count
        passage.shingles += count
        passage.run += count
        open[0] = passage
        longestRun = max(longestRun, passage.run)
        mark(next, at, count: count)
        return count
    }

    /// Marks the tokens of passages; returns how many shingles these have in common.
    mutating func cover() -> Int {
        var shingles = 0
        for passage in closed where passage.shingles >= Self.fewestShingles {
            shingles += passage.shingles
            coverA.mark(passage.startA..<passage.endA + width, Cover.passage)
            coverB.mark(passage.startB..<passage.endB + width, Cover.passage)
        }
        return shingles
    }

    /// Goes on with the passages that a shingle continues.
    private mutating func extend(to at: Int, _ first: Int32, _ index: borrowing ShingleIndex) -> Bool {
        var isContinued = false
        for number in open.indices {
            let passage = open[number]
            var here = first, tries = 0
            while here >= 0, tries < Self.repeats {
                let stepA = Int(here) - passage.endA, stepB = at - passage.endB
                if stepA > 0, stepA <= gap, abs(stepA - stepB) <= slip {
                    let run = stepA == 1 && stepB == 1 ? passage.run + 1 : 1
                    longestRun = max(longestRun, run)
                    open[number] = Passage(
                        startA: passage.startA, startB: passage.startB, endA: Int(here), endB: at,
                        shingles: passage.shingles + 1, run: run)
                    mark(Int(here), at, count: 1)
                    isContinued = true
                    break
                }
                here = index.next(after: here)
                tries += 1
            }
        }
        return isContinued
    }

    private mutating func start(_ at: Int, _ first: Int32, _ index: borrowing ShingleIndex) {
        longestRun = max(longestRun, 1)
        var here = first, tries = 0
        while here >= 0, tries < Self.repeats {
            open.append(Passage(startA: Int(here), startB: at, endA: Int(here), endB: at))
            mark(Int(here), at, count: 1)
            here = index.next(after: here)
            tries += 1
        }
    }

    /// Marks the tokens of so many equal shingles in a row.
    private mutating func mark(_ a: Int, _ b: Int, count: Int) {
        coverA.mark(a..<a + count + width - 1, Cover.equal)
        coverB.mark(b..<b + count + width - 1, Cover.equal)
    }

    private mutating func close(before at: Int) {
        var kept = 0
        for number in open.indices {
            let passage = open[number]
            if at - passage.endB > gap {
                if passage.shingles >= Self.fewestShingles { closed.append(passage) }
            } else {
                open[kept] = passage
                kept += 1
            }
        }
        open.removeLast(open.count - kept)
    }
}

/// Of each token of a text, whether it is in a passage and in an equal shingle.
struct Cover: ~Copyable {
    static let passage: UInt8 = 1, equal: UInt8 = 2

    private var marks = Scratch<UInt8>(capacity: 4096)
    private var count = 0

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: marks.base, count: count) }

    mutating func clear(_ tokens: Int) {
        marks.reserve(tokens)
        count = tokens
        marks.base.update(repeating: 0, count: tokens)
    }

    @inline(__always)
    mutating func mark(_ tokens: Range<Int>, _ mark: UInt8) {
        let marks = marks.base
        for token in tokens { marks[token] |= mark }
    }
}
