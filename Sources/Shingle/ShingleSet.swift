internal import CDedupKernels
import Tables

/// The distinct shingles of a text, kept: exact set arithmetic.
///
///     let a = ShingleSet(of: "Port reopened on Monday after a strike of nine days")
///     let b = ShingleSet(of: "port reopened on Monday, after a strike of ten days!")
///     a.overlap(with: b).jaccard   // 0.5
public struct ShingleSet: Hashable, Sendable {
    /// Shingle hashes, strictly ascending.
    public let hashes: [UInt64]

    /// - Parameter width: tokens in a shingle, at least 1.
    public init(of text: String, width: Int = 5) {
        var shingler = Shingler(width: width)
        shingler.read(text)
        self = shingler.shingleSet()
    }

    init(ascending hashes: [UInt64]) { self.hashes = hashes }

    public var count: Int { hashes.count }

    /// Sizes of both sets and of their intersection. O(a + b).
    public func overlap(with other: ShingleSet) -> SetOverlap {
        let common = ddk_active().pointee.intersect(hashes, count, other.hashes, other.count)
        return SetOverlap(common: common, a: count, b: other.count)
    }
}

/// How much two sets have in common.
public struct SetOverlap: Hashable, Sendable {
    /// Elements of both, of the one and of the other set.
    public let common, a, b: UInt32

    /// - Parameters: sizes; that of the intersection is at most that of either set.
    public init(common: Int, a: Int, b: Int) {
        precondition(common <= a && common <= b, "two sets have no more in common than either has")
        self.common = UInt32(common)
        self.a = UInt32(a)
        self.b = UInt32(b)
    }

    /// Common part of the union, 0...1; 0 for two empty sets.
    public var jaccard: Double {
        let union = Int(a) + Int(b) - Int(common)
        return union == 0 ? 0 : Double(common) / Double(union)
    }

    /// Share of a's shingles that b has, 0...1.
    public var containmentA: Double { a == 0 ? 0 : Double(common) / Double(a) }
    /// Share of b's shingles that a has, 0...1.
    public var containmentB: Double { b == 0 ? 0 : Double(common) / Double(b) }
}
