/// Counts how often items are met, with memory for those only and not for all that there are: used again for one
/// count after another.
public struct ItemCounter: ~Copyable {
    /// `item << 32 | count` in open addressing; 0 is free.
    private var slots = [UInt64](repeating: 0, count: 1 << 10)
    private var shift: UInt64 = 64 - 10
    private var taken: [UInt32] = []

    public init() {}

    @inline(__always)
    mutating func add(_ item: UInt32) {
        let slot = slot(of: item)
        let found = slots[slot]
        slots[slot] = (found == 0 ? UInt64(item) << 32 : found) + 1
        guard found == 0 else { return }
        taken.append(UInt32(slot))
        if taken.count * 2 > slots.count { grow() }
    }

    /// Calls `body` with each item and its count, in the order in which they were met first; begins anew.
    @inline(__always)
    mutating func drain(_ body: (_ item: UInt32, _ count: UInt32) -> Void) {
        for slot in taken {
            let found = slots[Int(slot)]
            slots[Int(slot)] = 0
            body(UInt32(found >> 32), UInt32(truncatingIfNeeded: found))
        }
        taken.removeAll(keepingCapacity: true)
    }

    /// Where an item stands, or the free place for it.
    @inline(__always)
    private func slot(of item: UInt32) -> Int {
        var slot = Int((UInt64(item) &* 0x9e37_79b9_7f4a_7c15) &>> shift)
        while slots[slot] != 0, slots[slot] >> 32 != UInt64(item) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = taken.map { slots[Int($0)] }
        slots = Array(repeating: 0, count: slots.count * 2)
        shift -= 1
        for (number, found) in old.enumerated() {
            let slot = slot(of: UInt32(found >> 32))
            slots[slot] = found
            taken[number] = UInt32(slot)
        }
    }
}
