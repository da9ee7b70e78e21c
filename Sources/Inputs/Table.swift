import CSimdjson
public import Records

/// What the first row of a CSV or TSV file says of the others.
public struct Table: Sendable, Equatable {
    /// Between columns.
    public let separator: UInt8
    /// Of the columns.
    public let names: [String]
    /// Bytes before the second row.
    public let headerSize: UInt64
    /// Where the first row ends, before its line end.
    public let headerEnd: UInt64
    /// Lines before the second row; a name may have several.
    let headerLines: Int
    /// For each role the columns that may hold it, the preferred first.
    let columns: [[Int]]

    /// Comma, as the standard has it; tab; and the semicolon of where the comma stands in numbers.
    private static let separators = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    static let longestHeader = 1 << 16

    /// - Parameters:
    ///   - head: the first bytes of the file, at least `longestHeader` where it has so many.
    ///   - path: a name with `.tsv` at its end has tabs where nothing else says more.
    init(head: [UInt8], path: String, fields: Fields) throws(InputError) {
        var usual = Self.separators
        if Format.fileExtension(Compression.inner(path)) == "tsv" { usual.swapAt(0, 1) }
        let tables = usual.compactMap { Table(head: head, separator: $0, fields) }
        guard let first = tables.first else {
            throw InputError(path: path, message: "the row of column names is longer than \(Self.longestHeader) bytes")
        }
        let isUsable = { (table: Table) in fields.text.isEmpty || table.holds(CSJ_TEXT) }
        guard let table = head.isEmpty ? first : tables.first(where: isUsable) else {
            let seen = first.names.prefix(20).joined(separator: ", ")
            throw InputError(
                path: path, message: "no text column: looked for \(fields.text.joined(separator: ", ")) in \(seen)",
                hint: "name the right one with --text-field NAME")
        }
        self = table
    }

    /// Whether the first line of something without a telling name has the columns of a table of news.
    static func isLikely(_ head: [UInt8], fields: Fields) -> Bool {
        guard let first = head.first(where: { $0 > 0x20 }), !"[{".utf8.contains(first) else { return false }
        return separators.contains { separator in
            guard let table = Table(head: head, separator: separator, fields) else { return false }
            return table.names.count > 1 && table.holds(CSJ_TEXT)
        }
    }

    /// Whether the rows of one can stand below the first row of the other. A table of nothing suits any.
    public func suits(_ other: Table) -> Bool {
        names.isEmpty || other.names.isEmpty || names == other.names && separator == other.separator
    }

    /// Nil if the first row is too long.
    private init?(head: [UInt8], separator: UInt8, _ fields: Fields) {
        let mark = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let (end, headerEnd, names) = head.withUnsafeBufferPointer { head in
            let row = UnsafeBufferPointer(rebasing: head[mark...])
            var scanner = RowScanner(separator: separator)
            let end = scanner.end(of: row).map { mark + $0 + 1 } ?? head.count
            let header = UnsafeBufferPointer(rebasing: head[mark..<end]).withoutLineEnd
            return (end, mark + header.count, RowParser(separator: separator).values(header))
        }
        guard end < Self.longestHeader else { return nil }
        self.separator = separator
        self.names = names
        headerSize = UInt64(end)
        self.headerEnd = UInt64(headerEnd)
        headerLines = head[..<end].count { $0 == UInt8(ascii: "\n") }
        columns = fields.byRole.map { $0.compactMap { names.firstIndex(of: $0) } }
    }

    private func holds(_ role: csj_role) -> Bool { !columns[Int(role.rawValue)].isEmpty }
}

extension Fields {
    /// In the order of `csj_role`.
    var byRole: [[String]] { [text, id, title, date, source, language] }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without the line feed or carriage return and line feed that it may end in.
    public var withoutLineEnd: Self {
        var end = count
        if end > 0, self[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, self[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return Self(rebasing: self[..<end])
    }
}
