/// Takes the pieces of a date from the front of some bytes.
@safe struct DateScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = unsafe bytes }

    var isAtEnd: Bool { unsafe position == bytes.count }

    var isAtDigit: Bool { peek.map(Self.isDigit) ?? false }

    private var isAtSign: Bool { peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") }

    private var peek: UInt8? { unsafe isAtEnd ? nil : bytes[position] }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inline(__always)
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = position
        while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
        return position > start
    }

    /// Exactly so many digits; more may follow.
    mutating func number(digits: Int) -> Int? {
        guard unsafe bytes.count - position >= digits else { return nil }
        var value = 0
        for index in position..<position + digits {
            guard unsafe Self.isDigit(bytes[index]) else { return nil }
            value = unsafe value &* 10 &+ Int(bytes[index] &- 0x30)
        }
        position += digits
        return value
    }

    /// At least one digit. The value of a longer run than 18 digits is of no use.
    mutating func digits(upTo limit: Int) -> Int? {
        var value = 0
        let start = position
        while position - start < limit, isAtDigit {
            value = unsafe value &* 10 &+ Int(bytes[position] &- 0x30)
            position += 1
        }
        return position > start ? value : nil
    }

    /// Steps over the letters that follow; the first three of them, in lower case, as one number.
    mutating func word() -> (key: UInt32, count: Int) {
        let start = position
        var key: UInt32 = 0
        while let byte = peek, Self.isLetter(byte) {
            if position - start < 3 { key = key << 8 | UInt32(byte | 0x20) }
            position += 1
        }
        return (key, position - start)
    }

    /// The letters that follow, in lower case.
    private mutating func letters() -> String {
        let start = position
        while let byte = peek, Self.isLetter(byte) { position += 1 }
        return unsafe String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    }

    /// The number that `word` gives for a name.
    static func key(_ name: String) -> UInt32 { name.utf8.prefix(3).reduce(0) { $0 << 8 | UInt32($1) } }

    /// Seconds east of UTC: `Z`, a zone's name, `±hh`, `±hhmm`, `±hh:mm`, either behind `GMT`, or nothing for UTC; with
    /// the zone's name in brackets behind it. Nil if it is none of them.
    mutating func offset() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        guard isAtSign else {
            let name = letters()
            guard let offset = ZoneNames.offset(name) else { return nil }
            return isAtSign && ZoneNames.isUTC(name) ? self.offset() : offset
        }
        let isWest = peek == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(digits: 2) else { return nil }
        _ = take(":")
        let minutes = isAtDigit ? number(digits: 2) : 0
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        let afterOffset = self
        skipSpaces()
        if !(take("(") && !letters().isEmpty && take(")")) { self = afterOffset }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
}
