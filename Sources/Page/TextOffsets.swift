/// From places in a UTF-8 text to places in the UTF-16 string that a browser makes of it.
struct TextOffsets {
    private let utf8: [UInt8]
    /// UTF-16 units before each `stride`th byte.
    private var marks: [Int32] = []

    private static let stride = 64

    /// - Parameter utf8: valid.
    init(_ utf8: [UInt8]) {
        self.utf8 = utf8
        marks.reserveCapacity(utf8.count / Self.stride + 1)
        var units: Int32 = 0
        for (at, byte) in utf8.enumerated() {
            if at % Self.stride == 0 { marks.append(units) }
            units += Self.units(byte)
        }
        if utf8.count % Self.stride == 0 { marks.append(units) }
    }

    /// UTF-16 units before a byte; those of the whole text where it is shorter. O(1).
    subscript(byte: Int) -> Int {
        let end = min(byte, utf8.count)
        let mark = end / Self.stride
        return utf8[mark * Self.stride..<end].reduce(Int(marks[mark])) { $0 + Int(Self.units($1)) }
    }

    /// What a byte adds: the first one of a character its units, the others nothing.
    private static func units(_ byte: UInt8) -> Int32 { byte & 0xc0 == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1 }
}
