import Records

/// A JSON array of objects, one to each record, whatever its layout: a file of its own, or inside the object that a file is.
struct JSONArray: RecordFormat {
    static let name = "a JSON array"
    static let extensions: [String] = []

    let header: Header?
    /// Of the array, in the object around it; nil where there is none.
    private let path: [String]?
    private let fields: Fields

    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool { false }

    /// - Parameters:
    ///   - head: begins like the file.
    ///   - start: behind the bracket of the array.
    init(head: [UInt8], start: Int, path: [String]?, _ fields: Fields) {
        (self.path, self.fields) = (path, fields)
        let size = head[start...].firstIndex { !$0.isJSONSpace } ?? head.count
        header = Header(size: UInt64(size), end: UInt64(size), lines: 0)
    }

    init(head: [UInt8], path: String, fields: Fields) throws(Fault) {
        let start = head.firstIndex(of: UInt8(ascii: "[")).map { $0 + 1 } ?? 0
        self.init(head: head, start: start, path: nil, fields)
    }

    var hasLines: Bool { false }

    var rowScanner: (any RowScanner)? { JSONScanner(.array) }

    var cutOff: Fault? { .arrayNeverEnds }

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser {
        last ?? JSONRecordParser(fields)
    }

    /// Two arrays behind each other are none.
    func suits(_ other: any RecordFormat) -> Bool { false }

    var marker: (any RecordMarker)? { JSONMarker() }

    /// More arrays behind the first are read like it; in an object others are named.
    func tail(_ source: ByteSource, from offset: UInt64) throws(Fault) -> Tail {
        guard let path else { return try nextArray(source, from: offset) }
        var outline = JSONOutline(fields, inside: path)
        try unsafe source.forEachBlock(from: offset) { block in
            unsafe outline.add(block)
            return !outline.hasMore
        }
        if outline.hasMore { return .end(.moreAfterArray) }
        guard outline.end != nil else { return .end(.arrayNeverEnds) }
        let others = outline.arrays.filter(\.holdsTexts).map(\.name)
        guard fields.records == nil, !others.isEmpty else { return .end(nil) }
        return .end(.severalArrays(paths: [JSONOutline.Array(path: path, start: 0).name] + others))
    }

    private func nextArray(_ source: ByteSource, from offset: UInt64) throws(Fault) -> Tail {
        var next: (byte: UInt8, offset: UInt64)?
        var position = offset
        try unsafe source.forEachBlock(from: offset) { block in
            if let index = unsafe block.firstIndex(where: { !$0.isJSONSpace }) {
                next = unsafe (block[index], position + UInt64(index))
            }
            position += UInt64(block.count)
            return next == nil
        }
        guard let next else { return .end(nil) }
        return next.byte == UInt8(ascii: "[") ? .rows(from: next.offset + 1) : .end(.moreAfterArray)
    }
}
