import Shingle
import Tables

/// Finds the passages that a text shares with others: runs of equal shingles that follow each other in both texts at
/// about the same distance, so that a misread, changed or dropped word does not end a passage.
///
/// The held text is indexed once for all that it is compared with. O(tokens of both) where shingles seldom repeat.
public final class PassageAligner {
    private let held: CopyText
    private var index = ShingleIndex()
    private var walk = PassageWalk()
    private var otherShingles = Scratch<UInt64>(capacity: 4096)

    /// - Parameter held: indexed by `hold`, after each time it has been read.
    public init(_ held: CopyText) { self.held = held }

    public func hold() { index.fill(held) }

    /// The overlap of the held text, `a`, with another, `b`.
    public func overlap(with other: CopyText) -> CopyOverlap {
        var overlap = CopyOverlap()
        overlap.tokensPerWord = UInt32(held.width / CopyText.width)
        walk.begin(width: held.width, tokensOfA: held.tokenCount, tokensOfB: other.tokenCount)
        // Different scripts have nothing in common.
        if held.width == other.width {
            otherShingles.reserve(other.shingles.count)
            other.writeShingles(to: otherShingles.base, boilerplate: ShingleIndex.neverFound)
            walk.align(UnsafeBufferPointer(start: otherShingles.base, count: other.shingles.count), with: index)
            overlap.shingles = UInt32(walk.cover())
            overlap.longestRun = walk.longestRun == 0 ? 0 : UInt32(walk.longestRun + held.width - 1)
        }
        overlap.a = overlap.side(held.marks, cover: walk.coverA.bytes)
        overlap.b = overlap.side(other.marks, cover: walk.coverB.bytes)
        return overlap
    }
}

/// Where the shingles of a text stand in it; boilerplate is left out.
struct ShingleIndex: ~Copyable {
    /// Stand for boilerplate in the held text and in others: equal to no other shingle, and not to each other.
    private static let boilerplate: UInt64 = 0
    static let neverFound: UInt64 = 1

    /// Positions by hash, open addressing; -1 is free.
    private var slots = Scratch<Int32>(capacity: 8192)
    private var mask = 0
    /// The next position of the same shingle, -1 for none.
    private var next = Scratch<Int32>(capacity: 4096)
    private var hashes = Scratch<UInt64>(capacity: 4096)
    private(set) var count = 0

    mutating func fill(_ text: CopyText) {
        count = text.shingles.count
        hashes.reserve(count)
        text.writeShingles(to: hashes.base, boilerplate: Self.boilerplate)
        // Sparse, so that most shingles that are not in the text meet a free place at once.
        let capacity = 1 << (64 - (count * 4 | 15).leadingZeroBitCount)
        slots.reserve(capacity)
        slots.base.update(repeating: -1, count: capacity)
        mask = capacity - 1
        next.reserve(count)
        // From the end, so that chains run forward.
        for at in (0..<count).reversed() where hashes.base[at] != Self.boilerplate {
            let slot = slot(of: hashes.base[at])
            next.base[at] = slots.base[slot]
            slots.base[slot] = Int32(at)
        }
    }

    /// The first position of a shingle, -1 where there is none.
    @inline(__always)
    func first(_ hash: UInt64) -> Int32 { slots.base[slot(of: hash)] }

    /// The next position of the shingle at a position, -1 where there is none.
    @inline(__always)
    func next(after at: Int32) -> Int32 { next.base[Int(at)] }

    @inline(__always)
    func shingle(_ at: Int) -> UInt64 { hashes.base[at] }

    /// Where a hash stands, or the free place for it.
    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash >> 20) & mask
        while slots.base[slot] >= 0, hashes.base[Int(slots.base[slot])] != hash { slot = (slot + 1) & mask }
        return slot
    }
}
