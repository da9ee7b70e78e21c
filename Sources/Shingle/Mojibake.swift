/// UTF-8 that was read as windows-1252 and written as UTF-8 again: `Ã©` for é, `â€™` for ’.
enum Mojibake {
    /// The character that was meant at a place; nil where what stands there is no UTF-8 in windows-1252.
    static func character(in text: UnsafeBufferPointer<UInt8>, at: Int) -> PlainText.Substitute? {
        var units: [UInt8] = [], end = at, length = 1
        while units.count < length {
            guard let (scalar, size) = scalar(in: text, at: end), let unit = Windows1252.byte(scalar) else {
                return nil
            }
            if units.isEmpty {
                guard unit >= 0xc2, unit < 0xf5 else { return nil }
                length = unit < 0xe0 ? 2 : unit < 0xf0 ? 3 : 4
            }
            units.append(unit)
            end += size
        }
        return String(validating: units, as: UTF8.self).map {
            PlainText.Substitute(length: end - at, bytes: Array($0.utf8))
        }
    }

    /// Whether most of what is not ASCII reads like that. One alone is none, but for those of three units: `É»` ends many
    /// a French quotation.
    static func isLikely(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0, found = 0, others = 0
        while at < text.count {
            guard text[at] >= 0xc2 else {
                at += 1
                continue
            }
            if text[at] == 0xc3, let meant = character(in: text, at: at) {
                found += meant.bytes.count > 2 ? 2 : 1
                at += meant.length
            } else {
                others += 1
                at += scalar(in: text, at: at)?.size ?? 1
            }
        }
        return found > 1 && found > others
    }

    private static func scalar(in text: UnsafeBufferPointer<UInt8>, at: Int) -> (scalar: Unicode.Scalar, size: Int)? {
        guard at < text.count else { return nil }
        var rest = text[at...].prefix(4).makeIterator(), parser = Unicode.UTF8.ForwardParser()
        guard case .valid(let encoded) = parser.parseScalar(from: &rest) else { return nil }
        return (UTF8.decode(encoded), encoded.count)
    }
}

/// The encoding of the web where none is said (encoding.spec.whatwg.org); bytes that it leaves out are controls.
enum Windows1252 {
    /// Of the bytes 80 to 9F.
    private static let upper = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)

    static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.value < 0x80 || 0xa0...0xff ~= scalar.value { return UInt8(scalar.value) }
        return upper.firstIndex(of: scalar).map { UInt8(0x80 + $0) }
            ?? (scalar.value < 0xa0 ? UInt8(scalar.value) : nil)
    }

    /// What a number from 80 to 9F is meant for; nil for others.
    static func scalar(_ value: UInt32) -> Unicode.Scalar? { 0x80...0x9f ~= value ? upper[Int(value - 0x80)] : nil }
}
