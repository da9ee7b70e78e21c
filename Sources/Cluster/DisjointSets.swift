public import Overlap

/// Union-find in which the smallest item of a set stands for it. Near-constant time an operation
/// (Tarjan, van Leeuwen 1984: path halving).
public struct DisjointSets: Sendable {
    private var parent: [UInt32]

    public init(count: Int) { parent = (0..<UInt32(count)).map { $0 } }

    public mutating func find(_ item: UInt32) -> UInt32 {
        var item = item
        while parent[Int(item)] != item {
            parent[Int(item)] = parent[Int(parent[Int(item)])]
            item = parent[Int(item)]
        }
        return item
    }

    public mutating func join(_ a: UInt32, _ b: UInt32) {
        let (a, b) = (find(a), find(b))
        parent[Int(max(a, b))] = min(a, b)
    }

    /// The smallest item of each item's set.
    public mutating func representatives() -> [UInt32] {
        (0..<UInt32(parent.count)).map { find($0) }
    }
}

/// Connected components of pairs: of each item the smallest that it is connected with.
public func components(of pairs: [VerifiedPair], count: Int) -> [UInt32] {
    var sets = DisjointSets(count: count)
    for pair in pairs { sets.join(pair.a, pair.b) }
    return sets.representatives()
}
