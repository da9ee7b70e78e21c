/// Distinct tokens, or other hashes, numbered in the order of their first appearance.
///
/// The keys are hashes already, and to hash them again takes longer than all else. 16 to 24 bytes a key.
public struct TokenNumbers: Sendable {
    /// By number.
    public private(set) var keys: [UInt64] = []
    /// Of a key its number and one.
    private var slots: [UInt32]

    public init(capacity: Int = 8) {
        keys.reserveCapacity(capacity)
        slots = Array(repeating: 0, count: OpenTable.slotCount(for: capacity))
    }

    public var count: Int { keys.count }

    /// Expected O(1).
    public subscript(_ key: UInt64) -> Int? {
        let number = slots[slot(of: key)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The number of a key, a new one where it has none. Expected O(1), amortised.
    public mutating func insert(_ key: UInt64) -> Int {
        let slot = slot(of: key)
        if slots[slot] > 0 { return Int(slots[slot]) - 1 }
        keys.append(key)
        slots[slot] = UInt32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private func slot(of key: UInt64) -> Int {
        // Multiplied, since shingles of a minimum share their upper bits and numbers in tests their lower ones.
        slots.span.probe(from: Int(truncatingIfNeeded: key &* OpenTable.multiplier &>> 24)) {
            $0 != 0 && keys[Int($0) - 1] != key
        }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: OpenTable.slotCount(for: 2 * keys.count))
        for (number, key) in keys.enumerated() { slots[slot(of: key)] = UInt32(number + 1) }
    }
}
