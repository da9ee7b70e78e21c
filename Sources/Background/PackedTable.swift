/// Sixteen bits by hash: open addressing with key and value in one word, so that a look-up misses the cache once at most.
public struct PackedTable: ~Copyable, @unchecked Sendable {
    package private(set) var count = 0
    // 0 is free; else the top bit, 47 bits of key, the value. The slot tells the upper bits of the key.
    @usableFromInline let entries: UnsafeMutableBufferPointer<UInt64>
    @usableFromInline let shift: UInt64

    /// - Parameter capacity: keys that it has room for.
    package init(capacity: Int) {
        let bits = max(4, Int.bitWidth - (2 * capacity - 1).leadingZeroBitCount)
        entries = .allocate(capacity: 1 << bits)
        entries.initialize(repeating: 0)
        shift = UInt64(64 - bits)
    }

    deinit { entries.deallocate() }

    /// - Parameter key: a well-mixed hash.
    @inlinable @inline(__always)
    public func find(_ key: UInt64) -> UInt16? {
        let entry = entries[slot(of: key)]
        return entry == 0 ? nil : UInt16(truncatingIfNeeded: entry)
    }

    /// Changes the value of a key, or `initial` where it has none.
    package mutating func update(_ key: UInt64, from initial: UInt16, _ change: (inout UInt16) -> Void) {
        let slot = slot(of: key)
        if entries[slot] == 0 { count += 1 }
        precondition(2 * count <= entries.count, "the table is full")
        var value = find(key) ?? initial
        change(&value)
        entries[slot] = Self.mark(key) | UInt64(value)
    }

    @inlinable @inline(__always)
    func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: key >> shift)
        let wanted = Self.mark(key)
        // The least of two is 0 where one is: free or of this key. Whether it is there nobody can predict.
        while min(entries[slot], (entries[slot] ^ wanted) >> 16) != 0 { slot = (slot &+ 1) & (entries.count &- 1) }
        return slot
    }

    @inlinable
    static func mark(_ key: UInt64) -> UInt64 { key << 16 | 1 << 63 }
}
