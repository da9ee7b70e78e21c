/// From well-mixed 64-bit hashes to 16 bits, of which 47 are compared besides those that tell the slot: key and value in
/// one word, so that a look-up misses the cache once at most. 16 to 32 bytes a key.
public struct PackedTable: Sendable {
    /// Of keys.
    public private(set) var count = 0
    /// The top bit, 47 bits of key, the value.
    @usableFromInline var slots: [UInt64]
    @usableFromInline let shift: UInt64

    /// - Parameter capacity: keys that it has room for; it does not grow.
    public init(capacity: Int) {
        slots = Array(repeating: 0, count: OpenTable.slotCount(for: capacity))
        shift = UInt64(slots.count.leadingZeroBitCount + 1)
    }

    /// Expected O(1).
    @inlinable
    @inline(__always)
    public func find(_ key: UInt64) -> UInt16? {
        let word = slots[slot(of: key)]
        return word == 0 ? nil : UInt16(truncatingIfNeeded: word)
    }

    /// Lends the address that is looked at first for a key: to be asked for before it is needed.
    @inlinable
    @inline(__always)
    public func withAddress(of key: UInt64, _ body: (UnsafeRawPointer) -> Void) {
        unsafe slots.withUnsafeBufferPointer { unsafe body($0.baseAddress! + Int(truncatingIfNeeded: key >> shift)) }
    }

    /// Changes the value of a key, or `initial` where it has none. Expected O(1).
    public mutating func update(_ key: UInt64, from initial: UInt16, _ change: (inout UInt16) -> Void) {
        let slot = slot(of: key)
        if slots[slot] == 0 { count += 1 }
        precondition(2 * count <= slots.count, "the table is full")
        var value = find(key) ?? initial
        change(&value)
        slots[slot] = Self.mark(key) | UInt64(value)
    }

    @inlinable
    @inline(__always)
    func slot(of key: UInt64) -> Int {
        let wanted = Self.mark(key)
        return slots.span.probe(from: Int(truncatingIfNeeded: key >> shift)) { min($0, ($0 ^ wanted) >> 16) != 0 }
    }

    @inlinable
    static func mark(_ key: UInt64) -> UInt64 { key << 16 | 1 << 63 }
}
