import Records

/// Text files, each one document.
struct PlainText: RecordFormat {
    static let name = "text"
    static let extensions = ["txt"]
    static let isText = true
    static let isOneDocument = true

    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool { false }

    init(head: [UInt8], path: String, fields: Fields) {}

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser { last ?? PlainTextParser() }
}

private final class PlainTextParser: RecordParser {
    private var repaired = PaddedBuffer()

    func parse(_ row: UnsafeBufferPointer<UInt8>) -> ParsedRow {
        // What is plainly no text, and was not looked at before its turn.
        if let foreign = unsafe ForeignFormat(head: row), !foreign.isText { return .fault(.notText(foreign)) }
        if unsafe Compression.isCompressed(Array(row.prefix(512))) { return .fault(.compressed) }
        let (text, isRepaired) = unsafe repaired.repaired(row.withoutByteOrderMark)
        return unsafe .record(RawRecord(text: text), isRepaired: isRepaired)
    }

    func trim(to capacity: Int) { repaired.trim(to: 0) }
}
