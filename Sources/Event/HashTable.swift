/// Open addressing over keys that are hashes already: one multiply, then a linear probe.
struct HashTable<Value: Sendable>: Sendable {
    private(set) var count = 0
    private var keys: [UInt64]
    private var values: [Value]
    private let empty: Value

    /// - Parameter empty: what a new key's value starts from.
    init(capacity: Int = 16, empty: Value) {
        let slots = max(16, capacity * 2).roundedUpToPowerOfTwo
        keys = Array(repeating: 0, count: slots)
        values = Array(repeating: empty, count: slots)
        self.empty = empty
    }

    func find(_ key: UInt64) -> Value? {
        let slot = slot(of: key | 1 << 63)
        return keys[slot] == 0 ? nil : values[slot]
    }

    subscript(key: UInt64) -> Value {
        get { find(key) ?? empty }
        set { update(key) { $0 = newValue } }
    }

    /// Changes a value where it stands, in one probe.
    mutating func update(_ key: UInt64, _ change: (inout Value) -> Void) {
        if count * 2 >= keys.count { grow() }
        let key = key | 1 << 63
        let slot = slot(of: key)
        if keys[slot] == 0 {
            keys[slot] = key
            count += 1
        }
        change(&values[slot])
    }

    // 0 marks a free slot, so stored keys have the top bit set: of 64 bits of hash, 63 tell keys apart.
    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while keys[slot] != key && keys[slot] != 0 { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = Array(repeating: 0, count: oldKeys.count * 2)
        values = Array(repeating: empty, count: oldKeys.count * 2)
        for (key, value) in zip(oldKeys, oldValues) where key != 0 {
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = value
        }
    }
}

extension Int {
    fileprivate var roundedUpToPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
