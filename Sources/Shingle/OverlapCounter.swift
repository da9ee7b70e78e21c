internal import CDedupKernels
import Tables

/// Overlaps of unsorted sets, with a table that is used again: one for each thread.
///
///     var a = Shingler(), b = Shingler(), counter = OverlapCounter()
///     a.read("The port reopened on Monday after a strike")
///     b.read("The port reopened on Monday after nine days")
///     a.withShingles { a in b.withShingles { b in counter.overlap(a, b) } }.common   // 2
///
/// Sorting both sets first, as a `ShingleSet` does, costs three times as much, which pays only for sets that are
/// compared often.
public struct OverlapCounter: ~Copyable {
    private var table = Scratch<UInt64>(capacity: 1 << 12)

    public init() {}

    /// Sizes of both sets, without repeats, and of their intersection.
    ///
    /// - Parameters: hashes in any order, repeats allowed; well mixed, of which 62 bits are compared.
    /// - Complexity: expected O(a + b).
    public mutating func overlap(_ a: Span<UInt64>, _ b: Span<UInt64>) -> SetOverlap {
        let needed = max(16, 2 * (a.count + b.count))
        let bits = Int.bitWidth - (needed - 1).leadingZeroBitCount
        table.reserve(1 << bits)
        let found = a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                ddk_overlap_of(a.baseAddress, a.count, b.baseAddress, b.count, table.base, UInt32(bits))
            }
        }
        return SetOverlap(common: Int(found.common), a: Int(found.a), b: Int(found.b))
    }
}
