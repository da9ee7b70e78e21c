import CDedupKernels
import Tables

/// The distinct shingles of a text, kept: exact set arithmetic.
///
///     let a = ShingleSet(of: "the port reopened on monday after a strike of nine days")
///     let b = ShingleSet(of: "The port re-opened on Monday, after a strike of nine days!")
///     a.overlap(with: b).jaccard
public struct ShingleSet: Sendable {
    /// Shingle hashes, strictly ascending.
    public private(set) var hashes: [UInt64]

    public init(of text: String, width: Int = 5) {
        let shingler = Shingler(width: width)
        shingler.read(text)
        hashes = Array(shingler.sortedShingles())
    }

    /// - Parameter sorted: strictly ascending.
    public init(sorted: some Sequence<UInt64>) { hashes = Array(sorted) }

    public var count: Int { hashes.count }

    /// Sizes of both sets and of their intersection. O(a + b).
    public func overlap(with other: ShingleSet) -> SetOverlap {
        hashes.withUnsafeBufferPointer { a in other.hashes.withUnsafeBufferPointer { SetOverlap(a, $0) } }
    }
}

/// Overlaps of unsorted sets, with a table that is used again: one for each thread.
///
/// Sorting both sets first costs three times as much, which pays only for sets that are compared often.
public final class OverlapCounter {
    private var table = Scratch<UInt64>(capacity: 1 << 12)

    public init() {}

    /// - Parameters: hashes in any order, repeats allowed; well mixed, of which 62 bits are compared.
    /// - Complexity: expected O(a + b).
    public func overlap(_ a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>) -> SetOverlap {
        let needed = max(16, 2 * (a.count + b.count))
        let bits = Int.bitWidth - (needed - 1).leadingZeroBitCount
        table.reserve(1 << bits)
        let found = ddk_overlap_of(a.baseAddress, a.count, b.baseAddress, b.count, table.base, UInt32(bits))
        return SetOverlap(common: Int(found.common), a: Int(found.a), b: Int(found.b))
    }
}

/// How much two sets have in common.
public struct SetOverlap: Hashable, Sendable {
    public var common, a, b: UInt32

    public init(common: Int, a: Int, b: Int) {
        self.common = UInt32(common)
        self.a = UInt32(a)
        self.b = UInt32(b)
    }

    /// Of two strictly ascending arrays. O(a + b).
    public init(_ a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>) {
        let common = ddk_active().pointee.intersect(a.baseAddress, a.count, b.baseAddress, b.count)
        self.init(common: common, a: a.count, b: b.count)
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
