/// Finds the passages that a text shares with others: runs of equal shingles that follow each other in both texts at
/// about the same distance, so that a misread, changed or dropped word does not end a passage.
///
/// The held text is indexed once for all that it is compared with. O(tokens of both) where shingles seldom repeat.
public final class PassageAligner {
    /// A passage goes on over as many shingles without an equal one, and may slip by `slip` between the texts.
    static let gap = 12, slip = 4
    /// Fewer equal shingles than this are an accident.
    static let fewestShingles = 4
    /// Repeats of a shingle that are looked at.
    private static let repeats = 8

    private struct Passage {
        var startA, startB, endA, endB: Int
        var shingles = 1
        var run = 1
    }

    private var slots: [Int32] = []
    private var next: [Int32] = []
    private let held: CopyText
    private var open: [Passage] = []
    private var closed: [Passage] = []
    /// Of each token, whether it is in a passage (1) and in an equal shingle (2).
    private var coverA: [UInt8] = []
    private var coverB: [UInt8] = []

    /// - Parameter held: indexed by `hold`, after each time it has been read.
    public init(_ held: CopyText) { self.held = held }

    public func hold() {
        let count = held.shingles.count
        let capacity = 1 << (64 - (count * 2 | 15).leadingZeroBitCount)
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(-1, count: capacity))
        next.removeAll(keepingCapacity: true)
        next.append(contentsOf: repeatElement(-1, count: count))
        // From the end, so that chains run forward.
        for at in (0..<count).reversed() where !Self.isBoilerplate(held, at) {
            let slot = slot(of: held.shingles[at])
            next[at] = slots[slot]
            slots[slot] = Int32(at)
        }
    }

    /// The overlap of the held text, `a`, with another, `b`.
    public func overlap(with other: CopyText) -> CopyOverlap {
        guard held.width == other.width else { return measure(other, longestRun: 0) }
        open.removeAll(keepingCapacity: true)
        closed.removeAll(keepingCapacity: true)
        coverA.removeAll(keepingCapacity: true)
        coverA.append(contentsOf: repeatElement(0, count: held.tokenCount))
        coverB.removeAll(keepingCapacity: true)
        coverB.append(contentsOf: repeatElement(0, count: other.tokenCount))
        let scale = held.width / CopyText.width
        let gap = Self.gap * scale, slip = Self.slip * scale
        var longest = 0
        for at in 0..<other.shingles.count {
            let first = slots[slot(of: other.shingles[at])]
            guard first >= 0, !Self.isBoilerplate(other, at) else { continue }
            close { at - $0.endB > gap }
            longest = max(longest, extend(to: at, first, gap: gap, slip: slip))
        }
        closed += open
        return measure(other, longestRun: longest)
    }

    /// Goes on with the passages that shingle `at` of the other text continues, or starts one.
    private func extend(to at: Int, _ first: Int32, gap: Int, slip: Int) -> Int {
        var longest = 0
        var isContinued = false
        for index in open.indices {
            var here = first, tries = 0
            while here >= 0, tries < Self.repeats {
                let a = Int(here), passage = open[index]
                let stepA = a - passage.endA, stepB = at - passage.endB
                if stepA > 0, stepA <= gap, abs(stepA - stepB) <= slip {
                    open[index].run = stepA == 1 && stepB == 1 ? passage.run + 1 : 1
                    longest = max(longest, open[index].run)
                    open[index].endA = a
                    open[index].endB = at
                    open[index].shingles += 1
                    mark(a, at)
                    isContinued = true
                    break
                }
                here = next[a]
                tries += 1
            }
        }
        guard !isContinued else { return longest }
        var here = first, tries = 0
        while here >= 0, tries < Self.repeats {
            open.append(Passage(startA: Int(here), startB: at, endA: Int(here), endB: at))
            mark(Int(here), at)
            here = next[Int(here)]
            tries += 1
        }
        return max(longest, 1)
    }

    private func mark(_ a: Int, _ b: Int) {
        for token in 0..<held.width {
            coverA[a + token] |= 2
            coverB[b + token] |= 2
        }
    }

    private func close(_ isOver: (Passage) -> Bool) {
        guard open.contains(where: isOver) else { return }
        closed += open.filter(isOver)
        open.removeAll(where: isOver)
    }

    private func measure(_ other: CopyText, longestRun: Int) -> CopyOverlap {
        var overlap = CopyOverlap()
        guard held.width == other.width else {
            overlap.a = Self.side(held, cover: [], &overlap)
            overlap.b = Self.side(other, cover: [], &overlap)
            return overlap
        }
        for passage in closed where passage.shingles >= Self.fewestShingles {
            overlap.shingles += UInt32(passage.shingles)
            for token in passage.startA..<passage.endA + held.width { coverA[token] |= 1 }
            for token in passage.startB..<passage.endB + held.width { coverB[token] |= 1 }
        }
        overlap.a = Self.side(held, cover: coverA, &overlap)
        overlap.b = Self.side(other, cover: coverB, &overlap)
        overlap.longestRun = longestRun == 0 ? 0 : UInt32(longestRun + held.width - 1)
        return overlap
    }

    private static func side(_ text: CopyText, cover: [UInt8], _ overlap: inout CopyOverlap) -> CopyOverlap.Side {
        var side = CopyOverlap.Side()
        let count = text.marks.count
        for (token, marks) in text.marks.enumerated() where !marks.contains(.boilerplate) {
            let isCovered = !cover.isEmpty && cover[token] & 1 != 0
            side.tokens += 1
            if !marks.contains(.quoted) {
                side.unquoted += 1
                side.coveredUnquoted += isCovered ? 1 : 0
            }
            guard isCovered else { continue }
            side.covered += 1
            side.parts |= 1 << UInt64(token * 64 / count)
            let isEqual: UInt32 = cover[token] & 2 != 0 ? 1 : 0
            if marks.contains(.number) {
                overlap.numbers += 1
                overlap.equalNumbers += isEqual
            } else {
                overlap.words += 1
                overlap.equalWords += isEqual
            }
        }
        return side
    }

    private static func isBoilerplate(_ text: CopyText, _ at: Int) -> Bool {
        text.marks[at].contains(.boilerplate) || text.marks[at + text.width - 1].contains(.boilerplate)
    }

    /// Where a hash stands, or the free place for it.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
        while slots[slot] >= 0, held.shingles[Int(slots[slot])] != hash { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }
}
