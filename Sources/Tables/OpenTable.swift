/// What the hash tables here have in common: open addressing with linear probing (Knuth: The Art of Computer
/// Programming, volume 3, section 6.4) in a power of two of slots, of which 0 is a free one and at most half are taken.
/// A look-up then takes two or three steps along one cache line, expected.
public enum OpenTable {
    /// Slots for so many keys.
    @inlinable
    public static func slotCount(for capacity: Int) -> Int {
        1 << (Int.bitWidth - max(7, 2 * capacity - 1).leadingZeroBitCount)
    }

    /// Where to look first for a key that need not be well mixed: the upper bits of a product (Fibonacci hashing).
    @inlinable
    @inline(__always)
    public static func firstSlot(for key: UInt32, of slotCount: Int) -> Int {
        Int(truncatingIfNeeded: UInt64(key) &* multiplier &>> UInt64(slotCount.leadingZeroBitCount &+ 1))
    }

    /// 2⁶⁴ divided by the golden ratio.
    @inlinable public static var multiplier: UInt64 { 0x9e37_79b9_7f4a_7c15 }
}

extension Span where Element: FixedWidthInteger & BitwiseCopyable {
    /// The first slot from `start` on, behind the last the first, that is free or of the key that is looked for.
    ///
    /// - Parameter isOther: whether a slot is taken by another key; not so of one slot at least.
    @inlinable
    @inline(__always)
    public func probe(from start: Int, while isOther: (Element) -> Bool) -> Int {
        let mask = count &- 1
        var slot = start & mask
        // Unchecked: the mask keeps it inside.
        while isOther(unsafe self[unchecked: slot]) { slot = (slot &+ 1) & mask }
        return slot
    }
}

extension Span<UInt64> {
    /// The same where a slot holds a key above a value that is not 0.
    @inlinable
    @inline(__always)
    public func slot(of key: UInt32, from start: Int) -> Int {
        // The least of two is 0 where one is, free or of this key: which of them it will be nobody can predict.
        probe(from: start) { min($0, $0 &>> 32 ^ UInt64(key)) != 0 }
    }
}
