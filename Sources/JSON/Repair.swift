/// Makes a line readable that a parser refused over its characters. Only such lines come here, so it is plain rather than
/// fast.
package enum Repair {
    /// Replaces what is not UTF-8 by U+FFFD, one for each maximal subpart, as the WHATWG decoder does.
    package static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        unsafe Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// Repairs UTF-8, and inside strings replaces a lone surrogate or broken `\u` escape by `\ufffd`
    /// and escapes bare control characters.
    package static func json(_ line: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let line = unsafe utf8(line)
        var out: [UInt8] = []
        out.reserveCapacity(line.count + line.count / 8 + 64)
        var inString = false
        var i = 0
        while i < line.count {
            let byte = line[i]
            if byte == UInt8(ascii: "\"") { inString.toggle() }
            if inString, byte == UInt8(ascii: "\\") {
                i += escape(in: line, at: i, to: &out)
                continue
            }
            if inString, byte < 0x20 {
                out += "\\u00".utf8
                out.append(hexDigits[Int(byte >> 4)])
                out.append(hexDigits[Int(byte & 15)])
            } else {
                out.append(byte)
            }
            i += 1
        }
        return out
    }

    /// Appends the escape at `i`, repaired; returns the bytes of `line` that it took.
    private static func escape(in line: [UInt8], at i: Int, to out: inout [UInt8]) -> Int {
        guard i + 1 < line.count, line[i + 1] == UInt8(ascii: "u") else {
            let end = min(i + 2, line.count)
            out += line[i..<end]
            return end - i
        }
        let (unit, digits) = codeUnit(in: line, at: i)
        let followsLow = { (codeUnit(in: line, at: i + 6).unit.map { $0 >> 10 == 0xDC00 >> 10 }) ?? false }
        switch unit.map({ $0 >> 10 }) {
        case 0xD800 >> 10 where followsLow():
            out += line[i..<i + 12]
            return 12
        case nil, 0xD800 >> 10, 0xDC00 >> 10:
            out += "\\ufffd".utf8
        default:
            out += line[i..<i + 6]
        }
        return 2 + digits
    }

    /// The UTF-16 code unit that `\uXXXX` at `i` stands for, and how many digits follow the `\u` (at most 4).
    private static func codeUnit(in line: [UInt8], at i: Int) -> (unit: UInt16?, digits: Int) {
        guard i + 1 < line.count, line[i] == UInt8(ascii: "\\"), line[i + 1] == UInt8(ascii: "u") else {
            return (nil, 0)
        }
        var unit: UInt16 = 0
        var digits = 0
        while digits < 4, i + 2 + digits < line.count,
            let digit = Character(Unicode.Scalar(line[i + 2 + digits])).hexDigitValue
        {
            unit = unit << 4 | UInt16(digit)
            digits += 1
        }
        return (digits == 4 ? unit : nil, digits)
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
