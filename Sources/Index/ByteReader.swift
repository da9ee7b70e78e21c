import Store

/// Numbers and strings one after the other, out of bytes that may be anything.
struct ByteReader {
    private let bytes: [UInt8]
    private var at = 0
    private let path: String

    init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

    var damage: StoreError { StoreError(path: path, .damaged("it breaks off")) }
    var isAtEnd: Bool { at == bytes.count }

    mutating func number() throws(StoreError) -> Int {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 56, by: 7) {
            guard at < bytes.count else { throw damage }
            let byte = bytes[at]
            at += 1
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return Int(value) }
        }
        throw damage
    }

    mutating func range(_ count: Int) throws(StoreError) -> Range<Int> {
        guard count >= 0, count <= bytes.count - at else { throw damage }
        defer { at += count }
        return at..<at + count
    }

    mutating func take(_ count: Int) throws(StoreError) -> ArraySlice<UInt8> { bytes[try range(count)] }
}

extension [UInt8] {
    /// Seven bits a byte, the lowest first.
    mutating func append(number: Int) {
        var rest = UInt64(number)
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
