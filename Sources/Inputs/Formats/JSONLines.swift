import Records

/// JSON Lines: an object a line. What is named like it and laid out in another way is told by its first bytes.
struct JSONLines: RecordFormat {
    static let name = "JSON Lines"
    static let extensions = ["jsonl", "ndjson", "json", "jl", "jsonlines"]

    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool {
        head.first { $0 > 0x20 }.map { "[{\u{FEFF}".utf8.contains($0) } ?? true
    }

    init(head: [UInt8], path: String, fields: Fields) {}

    /// Of a file that has nothing in it.
    init() {}

    static func opening(head: [UInt8], path: String, fields: Fields) throws(Fault) -> any RecordFormat {
        switch try JSONLayout(head: head, fields) {
        case .lines: JSONLines()
        case .objects: JSONObjects(head: head, path: path, fields: fields)
        case .array(let start, let inner): JSONArray(head: head, start: start, path: inner, fields)
        }
    }

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser {
        last ?? JSONRecordParser(fields)
    }

    var marker: (any RecordMarker)? { JSONMarker() }
}
