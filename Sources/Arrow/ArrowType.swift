/// The types of columns that documents are read from; the format strings of the C data interface.
enum ArrowType: Equatable {
    enum StringLayout { case small, large, view }

    case null
    case string(StringLayout)
    case integer(bytes: Int, isSigned: Bool)
    /// Of 4 or 8 bytes.
    case float(bytes: Int)
    /// Of 4 bytes as days, of 8 as milliseconds.
    case date(bytes: Int)
    case timestamp(perSecond: Int64)
    case structure
    case other(String)

    init(format: String) {
        switch format {
        case "n": self = .null
        case "u": self = .string(.small)
        case "U": self = .string(.large)
        case "vu": self = .string(.view)
        case "f": self = .float(bytes: 4)
        case "g": self = .float(bytes: 8)
        case "tdD": self = .date(bytes: 4)
        case "tdm": self = .date(bytes: 8)
        case "+s": self = .structure
        default: self = Self.integers[format].map { .integer(bytes: $0, isSigned: $1) } ?? Self.timestamp(format)
        }
    }

    private static let integers: [String: (Int, Bool)] = [
        "c": (1, true), "C": (1, false), "s": (2, true), "S": (2, false), "i": (4, true), "I": (4, false),
        "l": (8, true), "L": (8, false),
    ]

    private static func timestamp(_ format: String) -> ArrowType {
        let units: [Character: Int64] = ["s": 1, "m": 1_000, "u": 1_000_000, "n": 1_000_000_000]
        // tss: and the zone, in which people see what is kept in UTC.
        guard format.hasPrefix("ts"), format.dropFirst(3).first == ":", let unit = units[Array(format)[2]] else {
            return .other(format)
        }
        return .timestamp(perSecond: unit)
    }

    /// Bytes of a value of its own width; nil where it has none.
    var width: Int? {
        switch self {
        case .integer(let bytes, _), .float(let bytes), .date(let bytes): bytes
        case .timestamp: 8
        case .null, .string, .structure, .other: nil
        }
    }

    var isString: Bool { if case .string = self { true } else { false } }
    var isInteger: Bool { if case .integer = self { true } else { false } }

    /// As people call it.
    var words: String {
        switch self {
        case .null: "null"
        case .string: "strings"
        case .integer: "integers"
        case .float: "floating-point numbers"
        case .date: "dates"
        case .timestamp: "timestamps"
        case .structure: "structs"
        case .other("b"): "booleans"
        case .other("z"), .other("Z"), .other("vz"): "binary"
        case .other(let format) where format.hasPrefix("+r"): "run-end encoded"
        case .other(let format) where format.hasPrefix("+"): "nested"
        case .other(let format) where format.hasPrefix("d:"): "decimals"
        case .other(let format): "of Arrow format \"\(format)\""
        }
    }
}
