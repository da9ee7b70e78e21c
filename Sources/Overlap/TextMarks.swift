/// What a token is beside a word.
public struct TextMarks: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Inside quotation marks.
    public static let quoted = TextMarks(rawValue: 1)
    /// Starts with a digit.
    public static let number = TextMarks(rawValue: 2)
    /// Recurs across otherwise unrelated texts.
    public static let boilerplate = TextMarks(rawValue: 4)
    /// Goes on with the number before it: the 000 of 12,000.
    public static let continued = TextMarks(rawValue: 8)
}

/// Finds quotations by the marks between tokens.
///
/// Open quotations end with their paragraph: a speech quoted at length opens each paragraph anew and closes the last
/// only. A stray mark must not quote the rest of a text, so that one left open counts only up to `longestOpen` tokens.
struct QuotationScanner {
    static let longestOpen = 120

    private var openedAt: Int?
    private var isLow = false

    /// Reads what stands before a token; calls come in order.
    mutating func read(
        _ gap: Slice<UnsafeBufferPointer<UInt8>>, before token: Int, _ marks: UnsafeMutableBufferPointer<TextMarks>
    ) {
        var at = gap.startIndex
        while at < gap.endIndex {
            switch gap[at] {
            case 0x20, UInt8(ascii: ","), UInt8(ascii: "."): break
            case 0x0a: close(before: token, marks, isComplete: false)
            case UInt8(ascii: "\""): toggle(token, marks)
            case 0xc2 where at + 1 < gap.endIndex && (gap[at + 1] == 0xab || gap[at + 1] == 0xbb): toggle(token, marks)
            case 0xe2 where at + 2 < gap.endIndex && gap[at + 1] == 0x80:
                switch gap[at + 2] {
                case 0x9e: open(token, isLow: true)
                case 0x9c: if isLow { close(before: token, marks, isComplete: true) } else { open(token, isLow: false) }
                case 0x9d: close(before: token, marks, isComplete: true)
                default: break
                }
            case 0xe3 where at + 2 < gap.endIndex && gap[at + 1] == 0x80:
                if gap[at + 2] == 0x8c { open(token, isLow: false) }
                if gap[at + 2] == 0x8d { close(before: token, marks, isComplete: true) }
            default: break
            }
            at += 1
        }
    }

    private mutating func toggle(_ token: Int, _ marks: UnsafeMutableBufferPointer<TextMarks>) {
        if openedAt == nil { open(token, isLow: false) } else { close(before: token, marks, isComplete: true) }
    }

    private mutating func open(_ token: Int, isLow: Bool) {
        guard openedAt == nil else { return }
        openedAt = token
        self.isLow = isLow
    }

    /// Ends the open quotation, if there is one.
    mutating func close(
        before token: Int, _ marks: UnsafeMutableBufferPointer<TextMarks>, isComplete: Bool
    ) {
        guard let start = openedAt else { return }
        openedAt = nil
        isLow = false
        guard isComplete || token - start <= Self.longestOpen else { return }
        for at in start..<token { marks[at].insert(.quoted) }
    }
}
