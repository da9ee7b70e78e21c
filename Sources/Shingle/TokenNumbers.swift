/// Distinct tokens, or other hashes, numbered in the order of their first appearance.
///
/// Open addressing: the keys are hashes already, and to hash them again takes longer than all else.
public struct TokenNumbers: Sendable {
    /// By number.
    public private(set) var keys: [UInt64] = []
    /// -1 is free; a power of two.
    private var slots: [Int32]

    public init(capacity: Int = 8) {
        keys.reserveCapacity(capacity)
        slots = Self.slots(for: capacity)
    }

    public var count: Int { keys.count }

    /// Expected O(1).
    public subscript(_ key: UInt64) -> Int? {
        let number = slots[slot(of: key)]
        return number < 0 ? nil : Int(number)
    }

    /// The number of a key, a new one where it has none. Expected O(1).
    public mutating func insert(_ key: UInt64) -> Int {
        let slot = slot(of: key)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        slots[slot] = Int32(keys.count)
        keys.append(key)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        // Multiplied, since shingles of a minimum share their upper bits and numbers in tests their lower ones.
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 24) & mask
        while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        slots = Self.slots(for: 2 * keys.count)
        for (number, key) in keys.enumerated() { slots[slot(of: key)] = Int32(number) }
    }

    private static func slots(for capacity: Int) -> [Int32] {
        [Int32](repeating: -1, count: 1 << (Int.bitWidth - max(7, 2 * capacity).leadingZeroBitCount))
    }
}
