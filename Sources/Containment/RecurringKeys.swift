/// Keys of shingles that recur across otherwise unrelated texts, as an open-addressing set: asked for every sampled
/// shingle that is read again.
public struct RecurringKeys: Sendable {
    /// A key, the number of texts that have it, and one of them.
    public struct Entry: Sendable, Equatable {
        public var key, texts, example: UInt32
    }

    /// Ascending by key.
    public let entries: [Entry]
    /// A bit for each value of a key's lower bits: most keys are in no set, and this says so of all but a few.
    @usableFromInline var sieve: [UInt64]
    @usableFromInline let sieveMask: UInt32
    private var slots: [UInt64]
    private let shift: UInt64

    public init(_ entries: [Entry] = []) {
        self.entries = entries.sorted { $0.key < $1.key }
        let bits = max(4, 64 - (entries.count * 2).leadingZeroBitCount)
        shift = UInt64(64 - bits)
        slots = Array(repeating: .max, count: 1 << bits)
        sieve = Array(repeating: 0, count: max(1, slots.count / 4))
        sieveMask = UInt32(truncatingIfNeeded: sieve.count * 64 - 1)
        for entry in entries {
            sieve[Int(entry.key & sieveMask) >> 6] |= 1 << UInt64(entry.key & 63)
            var at = slot(entry.key)
            while slots[at] != .max { at = (at + 1) & (slots.count - 1) }
            slots[at] = UInt64(entry.key)
        }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// 0 for most keys that are not in the set, 1 for all that are.
    @inlinable
    public func mayCount(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: sieve[Int(key & sieveMask) >> 6] &>> UInt64(key & 63)) & 1
    }

    public func contains(_ key: UInt32) -> Bool {
        guard mayCount(key) != 0 else { return false }
        var at = slot(key)
        while slots[at] != .max {
            if slots[at] == UInt64(key) { return true }
            at = (at + 1) & (slots.count - 1)
        }
        return false
    }

    /// Texts that have a key of the set; nil where it is not in it. O(log n).
    public func texts(having key: UInt32) -> UInt32? {
        var low = 0, high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].key == key ? entries[low].texts : nil
    }

    private func slot(_ key: UInt32) -> Int { Int((UInt64(key) &* 0x9e37_79b9_7f4a_7c15) &>> shift) }
}
