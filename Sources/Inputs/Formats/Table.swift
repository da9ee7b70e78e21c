import JSON
import Records

/// CSV and TSV (RFC 4180): the first row has the names of the columns.
struct Table: RecordFormat, Equatable {
    static let name = "a table"
    static let extensions = ["csv", "tsv"]

    let header: Header?
    /// Between columns.
    let separator: UInt8
    /// Of the columns.
    let names: [String]
    /// For each role of `Fields.byRole` the columns that may hold it, the preferred first.
    let columns: [[Int]]

    /// Comma, as the standard has it; tab; and the semicolon of where the comma stands in numbers.
    private static let separators = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    static let longestHeader = 1 << 16

    /// A name with `.tsv` at its end has tabs where nothing else says more.
    init(head: [UInt8], path: String, fields: Fields) throws(Fault) {
        var usual = Self.separators
        if PathName.fileExtension(Compression.inner(path)) == "tsv" { usual.swapAt(0, 1) }
        let tables = usual.compactMap { Table(head: head, separator: $0, fields) }
        guard let first = tables.first else { throw .headerTooLong(limit: Self.longestHeader) }
        guard let table = head.isEmpty ? first : tables.first(where: \.hasText) else {
            throw .noTextColumn(names: fields.text, columns: Array(first.names.prefix(20)))
        }
        self = table
    }

    /// Nil if the first row is too long.
    private init?(head: [UInt8], separator: UInt8, _ fields: Fields) {
        let mark = head.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let (size, end, names) = unsafe head.withUnsafeBufferPointer { head in
            let row = unsafe UnsafeBufferPointer(rebasing: head[mark...])
            var scanner = QuotedRowScanner(separator: separator)
            let size = unsafe scanner.end(of: row).map { mark + $0 + 1 } ?? head.count
            let header = unsafe UnsafeBufferPointer(rebasing: head[mark..<size]).withoutLineEnd
            return unsafe (size, mark + header.count, Self.names(header, separator))
        }
        guard size < Self.longestHeader else { return nil }
        self.separator = separator
        self.names = names
        header = Header(
            size: UInt64(size), end: UInt64(end), lines: head[..<size].count { $0 == UInt8(ascii: "\n") })
        columns = fields.byRole.map { $0.compactMap { names.firstIndex(of: $0) } }
    }

    private static func names(_ header: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> [String] {
        if header.isEmpty { return [] }
        let row = CSVRow(separator: separator)
        _ = unsafe row.read(header)
        return (0..<row.count).map { unsafe String(decoding: row[$0], as: UTF8.self) }
    }

    private var hasText: Bool { !columns[0].isEmpty }

    /// Whether the first line has the columns of a table of news.
    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool {
        guard let first = head.first(where: { $0 > 0x20 }), !"[{".utf8.contains(first) else { return false }
        return separators.contains { separator in
            guard let table = Table(head: head, separator: separator, fields) else { return false }
            return table.names.count > 1 && table.hasText
        }
    }

    var rowScanner: (any RowScanner)? { QuotedRowScanner(separator: separator) }

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser {
        if let last = last as? TableParser, last.table == self { return last }
        return TableParser(self)
    }

    /// With the same columns. A table of nothing suits any.
    func suits(_ other: any RecordFormat) -> Bool {
        guard let other = other as? Table else { return false }
        return names.isEmpty || other.names.isEmpty || names == other.names && separator == other.separator
    }

    var marker: (any RecordMarker)? { TableMarker(separator: separator) }
}

private final class TableParser: RecordParser {
    let table: Table
    private let row: CSVRow
    private var repaired = PaddedBuffer()

    init(_ table: Table) {
        self.table = table
        let wanted = Set(table.columns.joined())
        row = CSVRow(separator: table.separator, wanted: table.names.indices.map(wanted.contains))
    }

    func parse(_ row: UnsafeBufferPointer<UInt8>) -> ParsedRow {
        let bytes = unsafe row.withoutLineEnd
        if bytes.isEmpty { return .blank }
        let (valid, isRepaired) = unsafe repaired.repaired(bytes)
        if let fault = unsafe self.row.read(valid) { return .fault(fault) }
        guard self.row.count == table.names.count else {
            return .fault(.columnCount(found: self.row.count, expected: table.names.count))
        }
        return .record(record, isRepaired: isRepaired)
    }

    /// An empty field says nothing, but for a text.
    private var record: RawRecord {
        func field(_ role: Int) -> UnsafeBufferPointer<UInt8>? {
            let field = unsafe best(role)
            return unsafe field?.isEmpty == true ? nil : field
        }
        return unsafe RawRecord(
            text: best(0), id: field(1), title: field(2), date: field(3), source: field(4), language: field(5),
            url: field(6))
    }

    private func best(_ role: Int) -> UnsafeBufferPointer<UInt8>? {
        let columns = table.columns[role]
        return unsafe (columns.first { unsafe !row[$0].isEmpty } ?? columns.first).map { unsafe row[$0] }
    }

    func trim(to capacity: Int) {
        row.trim(to: capacity)
        repaired.trim(to: 0)
    }
}

/// Columns at the end of each row.
private struct TableMarker: RecordMarker {
    let separator: UInt8

    var header: [UInt8] { joined(["dedup_keep", "dedup_of", "dedup_relation", "dedup_score"]) }

    func mark(_ line: UnsafeBufferPointer<UInt8>, _ verdict: Verdict) -> (place: Int, text: [UInt8]) {
        let place = unsafe line.withoutLineEnd.count
        guard case .remove(let of, let relation, let score) = verdict else {
            return (place, joined(["true", "", "", ""]))
        }
        return (place, joined(["false", of, relation, score.map { fixed($0, decimals: 4) } ?? ""]))
    }

    private func joined(_ values: [String]) -> [UInt8] { values.flatMap { [separator] + quoted(Array($0.utf8)) } }

    /// As RFC 4180 has it.
    private func quoted(_ value: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard value.contains(where: { $0 == separator || $0 == quote || $0 == 0x0A || $0 == 0x0D }) else {
            return value
        }
        return [quote] + value.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}
