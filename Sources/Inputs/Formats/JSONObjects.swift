import Records

/// JSON objects laid out over lines, one or several in a file.
struct JSONObjects: RecordFormat {
    static let name = "JSON over lines"
    static let extensions: [String] = []

    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool { false }

    init(head: [UInt8], path: String, fields: Fields) {}

    var hasLines: Bool { false }

    var rowScanner: (any RowScanner)? { JSONScanner(.sequence) }

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser {
        last ?? JSONRecordParser(fields)
    }

    var marker: (any RecordMarker)? { JSONMarker() }
}
