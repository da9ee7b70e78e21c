/// Counts how often items are met, with memory for those only and not for all that there are: used again for one
/// count after another.
public struct ItemCounter: ~Copyable {
    /// `item << 32 | count` in open addressing; 0 is free. In plain memory: this is the inner loop of the search for
    /// copies, and an array would ask at each step whether it has only one owner.
    private var slots: UnsafeMutablePointer<UInt64>
    private var bits: UInt64 = 10
    /// Of the items met so far, their slots: at most half of all.
    private var taken: UnsafeMutablePointer<UInt32>
    private var count = 0

    public init() {
        slots = .allocate(capacity: 1 << bits)
        slots.initialize(repeating: 0, count: 1 << bits)
        taken = .allocate(capacity: 1 << (bits - 1))
    }

    deinit {
        slots.deallocate()
        taken.deallocate()
    }

    @inline(__always)
    mutating func add(_ item: UInt32) {
        let slot = slot(of: item)
        let found = slots[slot]
        slots[slot] = (found == 0 ? UInt64(item) << 32 : found) &+ 1
        guard found == 0 else { return }
        taken[count] = UInt32(truncatingIfNeeded: slot)
        count &+= 1
        if count == 1 << (bits - 1) { grow() }
    }

    /// Calls `body` with each item and its count, in the order in which they were met first; begins anew.
    @inline(__always)
    mutating func drain(_ body: (_ item: UInt32, _ count: UInt32) -> Void) {
        for number in 0..<count {
            let slot = Int(taken[number])
            let found = slots[slot]
            slots[slot] = 0
            body(UInt32(truncatingIfNeeded: found >> 32), UInt32(truncatingIfNeeded: found))
        }
        count = 0
    }

    /// Where an item stands, or the free place for it.
    @inline(__always)
    private func slot(of item: UInt32) -> Int {
        let mask = 1 &<< bits &- 1
        var slot = (UInt64(item) &* 0x9e37_79b9_7f4a_7c15) &>> (64 &- bits)
        while slots[Int(slot)] != 0, slots[Int(slot)] &>> 32 != UInt64(item) { slot = (slot &+ 1) & mask }
        return Int(slot)
    }

    private mutating func grow() {
        let (smaller, held) = (slots, taken)
        bits += 1
        slots = .allocate(capacity: 1 << bits)
        slots.initialize(repeating: 0, count: 1 << bits)
        taken = .allocate(capacity: 1 << (bits - 1))
        for number in 0..<count {
            let found = smaller[Int(held[number])]
            let slot = slot(of: UInt32(found >> 32))
            slots[slot] = found
            taken[number] = UInt32(slot)
        }
        smaller.deallocate()
        held.deallocate()
    }
}
