/// From 32-bit keys to numbers above 0: key and number in one word, so that a look-up misses the cache once at most.
/// 16 to 32 bytes a key.
public struct KeyTable: Sendable {
    /// Of keys.
    public private(set) var count = 0
    /// A key above its number.
    @usableFromInline var slots: [UInt64]

    /// - Parameter capacity: keys that it has room for before it grows.
    public init(capacity: Int = 4) { slots = Array(repeating: 0, count: OpenTable.slotCount(for: capacity)) }

    /// 0 where a key has no number. Expected O(1).
    @inlinable
    @inline(__always)
    public subscript(key: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: slots[slots.span.slot(of: key, from: firstSlot(for: key))])
    }

    /// Changes the number of a key, which is 0 before it has one and must not be 0 again. Expected O(1), amortised.
    @inlinable
    @inline(__always)
    public mutating func update(_ key: UInt32, _ change: (inout UInt32) -> Void) {
        let slot = slots.span.slot(of: key, from: firstSlot(for: key))
        var number = UInt32(truncatingIfNeeded: slots[slot])
        let isNew = number == 0
        change(&number)
        slots[slot] = UInt64(key) << 32 | UInt64(number)
        if isNew { added() }
    }

    /// Lends the address that is looked at first for a key: to be asked for before it is needed.
    @inlinable
    public func withAddress(of key: UInt32, _ body: (UnsafeRawPointer) -> Void) {
        unsafe slots.withUnsafeBufferPointer { unsafe body($0.baseAddress! + firstSlot(for: key)) }
    }

    @inlinable
    func firstSlot(for key: UInt32) -> Int { OpenTable.firstSlot(for: key, of: slots.count) }

    @usableFromInline
    mutating func added() {
        count += 1
        guard 2 * count > slots.count else { return }
        var larger = [UInt64](repeating: 0, count: 2 * slots.count)
        for word in slots where word != 0 {
            let key = UInt32(truncatingIfNeeded: word >> 32)
            let start = OpenTable.firstSlot(for: key, of: larger.count)
            larger[larger.span.slot(of: key, from: start)] = word
        }
        slots = larger
    }
}
