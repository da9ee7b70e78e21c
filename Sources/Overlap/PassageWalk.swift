/// One walk through a text along the index of another.
struct PassageWalk {
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

    /// Used again for one walk after another.
    struct Memory {
        var open: [Passage] = []
        var closed: [Passage] = []
        /// Of each token, whether it is in a passage (1) and in an equal shingle (2).
        var coverA: [UInt8] = []
        var coverB: [UInt8] = []

        mutating func clear(_ tokensOfA: Int, _ tokensOfB: Int) {
            open.removeAll(keepingCapacity: true)
            closed.removeAll(keepingCapacity: true)
            coverA.removeAll(keepingCapacity: true)
            coverA.append(contentsOf: repeatElement(0, count: tokensOfA))
            coverB.removeAll(keepingCapacity: true)
            coverB.append(contentsOf: repeatElement(0, count: tokensOfB))
        }
    }

    private(set) var memory: Memory
    /// Shingles of the longest run that is the same in both texts.
    private(set) var longestRun = 0
    private let width: Int
    private let gap: Int
    private let slip: Int

    init(width: Int, memory: consuming Memory) {
        self.width = width
        self.memory = memory
        gap = Self.gap * width / CopyText.width
        slip = Self.slip * width / CopyText.width
    }

    /// - Parameter shingles: of the other text, `ShingleIndex.neverFound` for its boilerplate.
    mutating func align(_ shingles: UnsafeBufferPointer<UInt64>, with index: borrowing ShingleIndex) {
        var at = 0
        while at < shingles.count {
            let run = memory.open.count == 1 ? goOn(to: at, shingles, index) : 0
            at += run
            guard run == 0 else { continue }
            let first = index.first(shingles[at])
            if first >= 0 {
                close(before: at)
                if !extend(to: at, first, index) { start(at, first, index) }
            }
            at += 1
        }
        memory.closed += memory.open
    }

    /// The usual step, many at once: the only open passage goes on with the next shingles of both texts. Returns how
    /// many.
    private mutating func goOn(
        to at: Int, _ shingles: UnsafeBufferPointer<UInt64>, _ index: borrowing ShingleIndex
    ) -> Int {
        let (endA, endB) = (memory.open[0].endA, memory.open[0].endB)
        guard endB == at - 1 else { return 0 }
        let most = min(index.count - endA - 1, shingles.count - at)
        var count = 0
        while count < most, index.shingle(endA + 1 + count) == shingles[at + count] { count += 1 }
        guard count > 0 else { return 0 }
        memory.open[0].endA += count
        memory.open[0].endB += count
        memory.open[0].shingles += count
        memory.open[0].run += count
        longestRun = max(longestRun, memory.open[0].run)
        mark(endA + 1, at, count: count)
        return count
    }

    /// Marks the tokens of passages; returns how many shingles these have in common.
    mutating func cover() -> Int {
        var shingles = 0
        for passage in memory.closed where passage.shingles >= Self.fewestShingles {
            shingles += passage.shingles
            for token in passage.startA..<passage.endA + width { memory.coverA[token] |= 1 }
            for token in passage.startB..<passage.endB + width { memory.coverB[token] |= 1 }
        }
        return shingles
    }

    /// Goes on with the passages that a shingle continues.
    private mutating func extend(to at: Int, _ first: Int32, _ index: borrowing ShingleIndex) -> Bool {
        var isContinued = false
        for number in memory.open.indices {
            let passage = memory.open[number]
            var here = first, tries = 0
            while here >= 0, tries < Self.repeats {
                let stepA = Int(here) - passage.endA, stepB = at - passage.endB
                if stepA > 0, stepA <= gap, abs(stepA - stepB) <= slip {
                    let run = stepA == 1 && stepB == 1 ? passage.run + 1 : 1
                    longestRun = max(longestRun, run)
                    memory.open[number] = Passage(
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
            memory.open.append(Passage(startA: Int(here), startB: at, endA: Int(here), endB: at))
            mark(Int(here), at, count: 1)
            here = index.next(after: here)
            tries += 1
        }
    }

    /// Marks the tokens of so many equal shingles in a row.
    private mutating func mark(_ a: Int, _ b: Int, count: Int) {
        for token in a..<a + count + width - 1 { memory.coverA[token] |= 2 }
        for token in b..<b + count + width - 1 { memory.coverB[token] |= 2 }
    }

    private mutating func close(before at: Int) {
        var kept = 0
        for number in memory.open.indices {
            let passage = memory.open[number]
            if at - passage.endB > gap {
                if passage.shingles >= Self.fewestShingles { memory.closed.append(passage) }
            } else {
                memory.open[kept] = passage
                kept += 1
            }
        }
        memory.open.removeLast(memory.open.count - kept)
    }
}
