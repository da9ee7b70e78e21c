/// Counts how often numbers come, with memory for those that do and not for all that there are: used again for one
/// count after another.
public struct ItemCounter: ~Copyable {
    /// An item above its count. In plain memory: this is the inner loop of the search for copies, and an array would ask
    /// at each step whether it has only one owner.
    @usableFromInline var slots: Scratch<UInt64>
    /// The slots of the items met so far: at most half of all.
    @usableFromInline var taken: Scratch<UInt32>
    @usableFromInline var slotCount = 1 << 10
    @usableFromInline var count = 0

    public init() {
        slots = Scratch(capacity: slotCount)
        unsafe slots.base.initialize(repeating: 0, count: slotCount)
        taken = Scratch(capacity: slotCount / 2)
    }

    /// Expected O(1), amortised.
    @inlinable
    @inline(__always)
    public mutating func add(_ item: UInt32) {
        let slot = slot(of: item)
        let found = unsafe slots.base[slot]
        unsafe slots.base[slot] = UInt64(item) << 32 | found &+ 1
        guard found == 0 else { return }
        unsafe taken.base[count] = UInt32(truncatingIfNeeded: slot)
        count &+= 1
        if 2 &* count == slotCount { grow() }
    }

    /// Calls `body` with each item and its count, in no order that is told; begins anew. O(items met).
    @inlinable
    @inline(__always)
    public mutating func drain(_ body: (_ item: UInt32, _ count: UInt32) -> Void) {
        for number in 0..<count {
            let slot = unsafe Int(taken.base[number])
            let found = unsafe slots.base[slot]
            unsafe slots.base[slot] = 0
            body(UInt32(truncatingIfNeeded: found &>> 32), UInt32(truncatingIfNeeded: found))
        }
        count = 0
    }

    @inlinable
    @inline(__always)
    func slot(of item: UInt32) -> Int {
        unsafe UnsafeBufferPointer(start: slots.base, count: slotCount).span
            .slot(of: item, from: OpenTable.firstSlot(for: item, of: slotCount))
    }

    @usableFromInline
    mutating func grow() {
        var words: [UInt64] = []
        drain { words.append(UInt64($0) << 32 | UInt64($1)) }
        slotCount *= 2
        unsafe slots(slotCount).initialize(repeating: 0)
        taken.reserve(slotCount / 2)
        for word in words {
            let slot = slot(of: UInt32(truncatingIfNeeded: word >> 32))
            unsafe slots.base[slot] = word
            unsafe taken.base[count] = UInt32(truncatingIfNeeded: slot)
            count += 1
        }
    }
}
