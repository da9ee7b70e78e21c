import CDedupKernels

/// Counts of 32-bit keys: open addressing with key and count in one word, so that a look-up misses the cache once at most.
struct CountTable: ~Copyable, @unchecked Sendable {
    private(set) var count = 0
    // The key above its count; 0 is free, for no key that is there has a count of 0.
    private var entries: UnsafeMutableBufferPointer<UInt64>

    init() {
        entries = .allocate(capacity: 1 << 10)
        entries.initialize(repeating: 0)
    }

    deinit { entries.deallocate() }

    subscript(key: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: entries[slot(of: key)]) }

    /// Asks for the place of a key that will be looked up soon.
    func prefetch(_ key: UInt32) { ddk_prefetch(entries.baseAddress! + firstSlot(of: key)) }

    mutating func add(_ key: UInt32) {
        let slot = slot(of: key)
        let isNew = entries[slot] == 0
        entries[slot] = isNew ? UInt64(key) << 32 | 1 : entries[slot] + 1
        count += isNew ? 1 : 0
        if 2 * count > entries.count { grow() }
    }

    @inline(__always)
    private func slot(of key: UInt32) -> Int {
        var slot = firstSlot(of: key)
        // The least of two is 0 where one is: free or of this key.
        while min(entries[slot], entries[slot] >> 32 ^ UInt64(key)) != 0 {
            slot = (slot &+ 1) & (entries.count &- 1)
        }
        return slot
    }

    @inline(__always)
    private func firstSlot(of key: UInt32) -> Int {
        // Not the upper bits as they are: a table may hold a range of keys.
        Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(entries.count.leadingZeroBitCount + 1))
    }

    private mutating func grow() {
        let old = entries
        entries = .allocate(capacity: 2 * old.count)
        entries.initialize(repeating: 0)
        for entry in old where entry != 0 { entries[slot(of: UInt32(entry >> 32))] = entry }
        old.deallocate()
    }
}
