import Records

/// Plain text, a document a line. Blank lines are none.
struct TextLines: RecordFormat {
    static let name = "lines of text"
    static let extensions = ["txt"]
    static let isText = true

    /// Text has no control characters but tabs and line ends.
    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool { !head.contains { $0 < 0x09 } }

    init(head: [UInt8], path: String, fields: Fields) {}

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser { last ?? TextLinesParser() }
}

private final class TextLinesParser: RecordParser {
    private var repaired = PaddedBuffer()

    func parse(_ row: UnsafeBufferPointer<UInt8>) -> ParsedRow {
        let line = unsafe row.withoutByteOrderMark.withoutLineEnd
        if unsafe line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return .blank }
        let (text, isRepaired) = unsafe repaired.repaired(line)
        return unsafe .record(RawRecord(text: text), isRepaired: isRepaired)
    }

    func trim(to capacity: Int) { repaired.trim(to: 0) }
}
