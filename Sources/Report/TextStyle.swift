/// How text looks where it goes: a terminal with or without colour, or a file.
public struct TextStyle: Sendable {
    /// Columns of a line.
    public var width: Int
    public var isColoured: Bool

    static let sourceWidth = 22

    public init(width: Int = 120, isColoured: Bool = false) {
        self.width = width
        self.isColoured = isColoured
    }

    func bold(_ text: String) -> String { isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    func dim(_ text: String) -> String { isColoured ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

    /// Without characters that would steer the terminal or turn the line around.
    public func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Self.steers($0) ? " " : $0 }))
    }

    /// Cut or filled up to a number of columns.
    func padded(_ text: String, to columns: Int) -> String {
        let text = plain(text)
        let needed = Self.columns(text)
        if needed <= columns { return text + String(repeating: " ", count: columns - needed) }
        var cut = "", used = 0
        for character in text {
            let width = Self.columns(character)
            if used + width > columns - 1 { break }
            cut.append(character)
            used += width
        }
        return cut + "…" + String(repeating: " ", count: columns - used - 1)
    }

    static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

    static func columns(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        return switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
            0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
            2
        default: 1
        }
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
    }
}
