/// Finds the passages that a text shares with others: runs of equal shingles that follow each other in both texts at
/// about the same distance, so that a misread, changed or dropped word does not end a passage.
///
/// The held text is indexed once for all that it is compared with. O(tokens of both) where shingles seldom repeat.
public final class PassageAligner {
    private let held: CopyText
    private var index = ShingleIndex()
    private var memory = PassageWalk.Memory()

    /// - Parameter held: indexed by `hold`, after each time it has been read.
    public init(_ held: CopyText) { self.held = held }

    public func hold() { index.fill(held) }

    /// The overlap of the held text, `a`, with another, `b`.
    public func overlap(with other: CopyText) -> CopyOverlap {
        var overlap = CopyOverlap()
        overlap.tokensPerWord = UInt32(held.width / CopyText.width)
        memory.clear(held.tokenCount, other.tokenCount)
        // Different scripts have nothing in common.
        if held.width == other.width {
            // Out of the object while it is worked on, so that no access to it is checked again and again.
            var walk = PassageWalk(width: held.width, memory: memory)
            memory = PassageWalk.Memory()
            walk.align(other, with: index)
            overlap.shingles = UInt32(walk.cover())
            overlap.longestRun = walk.longestRun == 0 ? 0 : UInt32(walk.longestRun + held.width - 1)
            memory = walk.memory
        }
        overlap.a = overlap.side(held.marks, cover: memory.coverA)
        overlap.b = overlap.side(other.marks, cover: memory.coverB)
        return overlap
    }
}

/// Where the shingles of a text stand in it; boilerplate is left out.
struct ShingleIndex {
    /// Positions by hash, open addressing; -1 is free.
    private var slots: [Int32] = []
    /// The next position of the same shingle, -1 for none.
    private(set) var next: [Int32] = []
    private var hashes: [UInt64] = []

    mutating func fill(_ text: CopyText) {
        hashes = text.shingles
        let capacity = 1 << (64 - (hashes.count * 2 | 15).leadingZeroBitCount)
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(-1, count: capacity))
        next.removeAll(keepingCapacity: true)
        next.append(contentsOf: repeatElement(-1, count: hashes.count))
        // From the end, so that chains run forward.
        for at in hashes.indices.reversed() where !text.isBoilerplate(at) {
            let slot = slot(of: hashes[at])
            if slots[slot] >= 0 { next[at] = slots[slot] }
            slots[slot] = Int32(at)
        }
    }

    /// The first position of a shingle, -1 where there is none.
    func first(_ hash: UInt64) -> Int32 { slots[slot(of: hash)] }

    /// Where a hash stands, or the free place for it.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
        while slots[slot] >= 0, hashes[Int(slots[slot])] != hash { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }
}
