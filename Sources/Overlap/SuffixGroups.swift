import Tables

/// Groups of suffixes, each an interval of the order of all, that merge; for each group and text the suffixes in the
/// order of their starts.
///
/// Disjoint sets over places in the order; the suffixes of a group hang in two leftist heaps (Crane 1972), which merge
/// in logarithmic time.
struct SuffixGroups {
    enum Side: Int { case a, b }

    /// Of places: a group goes by its first.
    private var sets: DisjointSets
    /// The root of each group's heaps, −1 where one is empty; by place and side.
    private var roots: [Int32]
    private var isInHeap: [Bool]
    private var left: [Int32]
    private var right: [Int32]
    /// Steps to the nearest place without a child.
    private var depth: [UInt8]
    private var queuedAt: [Int32]
    private let lengthOfA: Int

    /// Each suffix in a group of its own.
    ///
    /// - Parameter order: suffixes of `a` start below `lengthOfA`, those of `b` above.
    init(order: [Int32], lengthOfA: Int) {
        let count = order.count
        self.lengthOfA = lengthOfA
        sets = DisjointSets(count: count)
        roots = [Int32](repeating: -1, count: 2 * count)
        for (place, suffix) in order.enumerated() where suffix != lengthOfA {
            roots[2 * place + (suffix < lengthOfA ? 0 : 1)] = suffix
        }
        isInHeap = [Bool](repeating: true, count: count)
        left = [Int32](repeating: -1, count: count)
        right = left
        depth = [UInt8](repeating: 1, count: count)
        queuedAt = left
    }

    func isGroup(_ place: Int32) -> Bool { sets.isRepresentative(Int(place)) }

    /// Whether this was asked for before at a level; remembers it.
    mutating func isQueued(_ group: Int32, at level: Int) -> Bool {
        defer { queuedAt[Int(group)] = Int32(level) }
        return queuedAt[Int(group)] == level
    }

    /// Returns the group of both.
    mutating func merge(_ a: Int32, _ b: Int32) -> Int32 {
        let groups = (sets.find(a), sets.find(b))
        guard groups.0 != groups.1 else { return groups.0 }
        let (kept, other) = (min(groups.0, groups.1), max(groups.0, groups.1))
        sets.join(kept, other)
        for side in 0...1 {
            roots[2 * Int(kept) + side] = merged(roots[2 * Int(kept) + side], roots[2 * Int(other) + side])
        }
        return kept
    }

    /// Puts a suffix back that `first` dropped; returns its group.
    mutating func insert(_ suffix: Int32, at place: Int32) -> Int32 {
        let group = sets.find(place)
        guard !isInHeap[Int(suffix)] else { return group }
        isInHeap[Int(suffix)] = true
        (left[Int(suffix)], right[Int(suffix)], depth[Int(suffix)]) = (-1, -1, 1)
        let root = 2 * Int(group) + (suffix < lengthOfA ? 0 : 1)
        roots[root] = merged(roots[root], suffix)
        return group
    }

    /// The first suffix that fulfils a condition; drops those before it.
    mutating func first(of group: Int32, _ side: Side, where isWanted: (Int32) -> Bool) -> Int32? {
        let at = 2 * Int(group) + side.rawValue
        while roots[at] >= 0 {
            let first = Int(roots[at])
            if isWanted(roots[at]) { return roots[at] }
            isInHeap[first] = false
            roots[at] = merged(left[first], right[first])
        }
        return nil
    }

    /// Recursion goes down the right children, of which there are at most log₂ *n*.
    private mutating func merged(_ a: Int32, _ b: Int32) -> Int32 {
        if a < 0 { return b }
        if b < 0 { return a }
        let (top, other) = a < b ? (Int(a), b) : (Int(b), a)
        right[top] = merged(right[top], other)
        let depths = (left: steps(left[top]), right: steps(right[top]))
        if depths.left < depths.right { (left[top], right[top]) = (right[top], left[top]) }
        depth[top] = min(depths.left, depths.right) + 1
        return Int32(top)
    }

    private func steps(_ suffix: Int32) -> UInt8 { suffix < 0 ? 0 : depth[Int(suffix)] }
}
