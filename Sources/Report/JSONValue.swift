/// A value of JSON as `JSONWriter` writes it, read back: one that is not well-formed is refused.
enum JSONValue {
    /// UTF-8.
    case string([UInt8])
    case number(Double)
    case bool(Bool)
    case null
    case array([JSONValue])
    case object([String: JSONValue])

    /// Of a whole line; nil if it is cut off or malformed. O(bytes).
    init?(_ line: [UInt8]) {
        let value = line.withUnsafeBufferPointer { bytes -> JSONValue? in
            var parser = JSONParser(bytes)
            let value = parser.value(depth: 0)
            return parser.isAtEnd ? value : nil
        }
        guard let value else { return nil }
        self = value
    }

    subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    var bytes: [UInt8]? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    var array: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}

private struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    private static let deepest = 64

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == bytes.count
        }
    }

    mutating func value(depth: Int) -> JSONValue? {
        skipSpace()
        guard at < bytes.count, depth < Self.deepest else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "\""): return string().map { .string($0) }
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            let isWhole = list(UInt8(ascii: "]")) { parser in
                guard let value = parser.value(depth: depth + 1) else { return false }
                values.append(value)
                return true
            }
            return isWhole ? .array(values) : nil
        case UInt8(ascii: "{"):
            var fields: [String: JSONValue] = [:]
            let isWhole = list(UInt8(ascii: "}")) { parser in
                parser.skipSpace()
                guard let name = parser.string(), parser.skip(UInt8(ascii: ":")),
                    let value = parser.value(depth: depth + 1)
                else { return false }
                fields[String(decoding: name, as: UTF8.self)] = value
                return true
            }
            return isWhole ? .object(fields) : nil
        default: return plain()
        }
    }

    /// What stands between brackets, with commas.
    private mutating func list(_ close: UInt8, _ element: (inout JSONParser) -> Bool) -> Bool {
        at += 1
        if skip(close) { return true }
        repeat {
            guard element(&self) else { return false }
        } while skip(UInt8(ascii: ","))
        return skip(close)
    }

    private mutating func plain() -> JSONValue? {
        let start = at
        while at < bytes.count, !Self.ends.contains(bytes[at]) { at += 1 }
        let word = String(decoding: bytes[start..<at], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return Double(word).map { .number($0) }
        }
    }

    private static let ends = Array(",]} \t\r\n".utf8)

    private mutating func string() -> [UInt8]? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
            text.append(contentsOf: bytes[start..<at])
            guard at + 1 < bytes.count || at < bytes.count && bytes[at] == UInt8(ascii: "\"") else { return nil }
            at += 1
            if bytes[at - 1] == UInt8(ascii: "\"") { return text }
            guard let scalar = escaped() else { return nil }
            text.append(contentsOf: UTF8.encode(scalar)!)
        }
        return nil
    }

    /// What stands for a character after a backslash. `JSONWriter` needs no surrogates, others may.
    private mutating func escaped() -> Unicode.Scalar? {
        at += 1
        switch bytes[at - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "u"):
            guard let unit = hex() else { return nil }
            guard unit & 0xfc00 == 0xd800 else { return Unicode.Scalar(unit) }
            guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
                return nil
            }
            at += 2
            guard let low = hex(), low & 0xfc00 == 0xdc00 else { return nil }
            return Unicode.Scalar(0x10000 + (unit & 0x3ff) << 10 + (low & 0x3ff))
        case let byte: return "\"\\/".utf8.contains(byte) ? Unicode.Scalar(byte) : nil
        }
    }

    private mutating func hex() -> UInt32? {
        guard at + 4 <= bytes.count else { return nil }
        at += 4
        return UInt32(String(decoding: bytes[at - 4..<at], as: UTF8.self), radix: 16)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, " \t\r\n".utf8.contains(bytes[at]) { at += 1 }
    }
}
