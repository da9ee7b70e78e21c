/// Takes the pieces of a date from the front of some bytes.
struct DateScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    var isAtDigit: Bool { peek.map(Self.isDigit) ?? false }

    private var peek: UInt8? { isAtEnd ? nil : bytes[position] }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

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
        let start = self
        guard let value = self.digits(upTo: digits), position - start.position == digits else {
            self = start
            return nil
        }
        return value
    }

    /// At least one digit. The value of a longer run than 18 digits is of no use.
    mutating func digits(upTo limit: Int) -> Int? {
        var value = 0
        let start = position
        while position - start < limit, isAtDigit {
            value = value &* 10 &+ Int(bytes[position] &- 0x30)
            position += 1
        }
        return position > start ? value : nil
    }

    /// The letters that follow, in lower case; often none.
    mutating func word() -> String {
        var word = ""
        while let byte = peek, Self.isLetter(byte) {
            word.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            position += 1
        }
        return word
    }

    /// Seconds east of UTC: `Z`, `GMT`, `UTC`, `±hh`, `±hhmm`, `±hh:mm`, or nothing for UTC; nil if it is none of them.
    mutating func offset() -> Int? {
        if isAtEnd { return 0 }
        let zone = word()
        guard zone.isEmpty else { return ["z", "gmt", "utc", "ut"].contains(zone) ? 0 : nil }
        let isWest = peek == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = number(digits: 2) else { return nil }
        _ = take(":")
        let minutes = isAtDigit ? number(digits: 2) : 0
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
}
