/// Tells the keys that may have come twice from those that came once for certain: most do, and need no sorting.
final class RepeatFilter {
    private let shift: UInt32
    private let once: UnsafeMutableBufferPointer<UInt64>
    private let twice: UnsafeMutableBufferPointer<UInt64>

    /// Eight bits a key in each map: one single key in eight or fewer is taken for a repeat.
    init(count: Int) {
        let bits = min(32, max(6, Int.bitWidth - count.leadingZeroBitCount + 3))
        shift = UInt32(32 - bits)
        once = .allocate(capacity: 1 << (bits - 6))
        twice = .allocate(capacity: 1 << (bits - 6))
        once.initialize(repeating: 0)
        twice.initialize(repeating: 0)
    }

    /// Whether the key may have come before.
    @inline(__always)
    func insert(_ key: UInt32) -> Bool {
        let (word, bit) = place(key)
        let held = once[word]
        once[word] = held | bit
        guard held & bit != 0 else { return false }
        twice[word] |= bit
        return true
    }

    @inline(__always)
    func mayRepeat(_ key: UInt32) -> Bool {
        let (word, bit) = place(key)
        return twice[word] & bit != 0
    }

    private func place(_ key: UInt32) -> (word: Int, bit: UInt64) {
        let place = key >> shift
        return (Int(place >> 6), 1 << UInt64(place & 63))
    }

    deinit {
        once.deallocate()
        twice.deallocate()
    }
}
