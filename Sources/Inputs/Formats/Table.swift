import JSON
import Records

/// CSV and TSV (RFC 4180): the first row has the names of the columns, or none has (`Fields.textColumn`).
struct Table: RecordFormat, Equatable {
    static let name = "a table"
    static let extensions = ["csv", "tsv"]

    let header: Header?
    /// Between columns.
    let separator: UInt8
    /// Whether rows end in a carriage return alone.
    let endsAtReturn: Bool
    /// Of the columns; their numbers, from 1, where there is no row of names.
    let names: [String]
    /// For each role of `Fields.byRole` the columns that may hold it, the preferred first.
    let choices: [[Choice]]

    struct Choice: Equatable {
        let column: Int
        /// Which of the role's names it has.
        let name: UInt8
    }

    static let longestHeader = 1 << 16

    init(head: [UInt8], path: String, fields: Fields) throws(Fault) {
        let tables = TableHead(head).separators(path).compactMap { Table(head: head, separator: $0, fields) }
        guard let first = tables.first else { throw .headerTooLong(limit: Self.longestHeader) }
        let usable = tables.filter(\.hasText)
        // Where there are no names to tell by, rows have the same columns.
        guard let table = head.isEmpty ? first : usable.first(where: { $0.isEven(head) }) ?? usable.first else {
            let wanted = fields.textColumn.map { ["column \($0)"] } ?? fields.text
            throw .noTextColumn(names: wanted, columns: Array(first.names.prefix(20)))
        }
        self = table
    }

    /// Nil if the first row is too long.
    private init?(head: [UInt8], separator: UInt8, _ fields: Fields) {
        let layout = TableHead(head), start = layout.start
        let first = unsafe head.withUnsafeBufferPointer { head in
            let rest = unsafe UnsafeBufferPointer(rebasing: head[start...])
            return unsafe layout.firstRow(rest, separator)
        }
        let size = start + first.next
        guard size < Self.longestHeader else { return nil }
        (self.separator, endsAtReturn) = (separator, layout.endsAtReturn)
        let isNamed = fields.textColumn == nil
        names = isNamed ? first.fields : first.fields.indices.map { "\($0 + 1)" }
        let (all, end) = isNamed ? (size, start + first.end) : (start, start)
        let isThere = isNamed || start > 0
        header =
            !isThere
            ? nil
            : Header(size: UInt64(all), end: UInt64(end), lines: head[..<all].count { $0 == layout.lineEnd })
        var byRole = fields.byRole
        if let column = fields.textColumn { byRole[0] = ["\(column)"] }
        let names = names, folded = names.map { $0.lowercased() }
        choices = byRole.map { wanted in
            wanted.enumerated().compactMap { number, name in
                (names.firstIndex(of: name) ?? folded.firstIndex(of: name.lowercased())).map {
                    Choice(column: $0, name: UInt8(clamping: number))
                }
            }
        }
    }

    private var hasText: Bool { !choices[0].isEmpty }

    /// Whether the second row has the columns of the first, or there is none.
    private func isEven(_ head: [UInt8]) -> Bool {
        let layout = TableHead(head)
        return unsafe head.withUnsafeBufferPointer { head in
            let first = unsafe layout.firstRow(UnsafeBufferPointer(rebasing: head[layout.start...]), separator)
            let rest = unsafe UnsafeBufferPointer(rebasing: head[(layout.start + first.next)...])
            let second = unsafe layout.firstRow(rest, separator).fields.count
            return second == 0 || second == first.fields.count
        }
    }

    /// Whether the first line has the columns of a table of news.
    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool {
        guard let first = head.first(where: { $0 > 0x20 }), !"[{".utf8.contains(first) else { return false }
        if fields.textColumn != nil { return true }
        return TableHead(head).separators("").contains { separator in
            guard let table = Table(head: head, separator: separator, fields) else { return false }
            return table.names.count > 1 && table.hasText
        }
    }

    var rowScanner: (any RowScanner)? {
        QuotedRowScanner(separator: separator, endsAtReturn: endsAtReturn, columns: names.count)
    }

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
        let wanted = Set(table.choices.joined().map(\.column))
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

    private var record: RawRecord {
        var names = FieldNames()
        func field(_ role: Int) -> UnsafeBufferPointer<UInt8>? {
            guard let choice = choice(role), unsafe role == 0 || !row[choice.column].isEmpty else { return nil }
            names.numbers[role] = choice.name
            return unsafe row[choice.column]
        }
        var record = unsafe RawRecord(
            text: field(0), id: field(1), title: field(2), date: field(3), source: field(4), language: field(5),
            url: field(6))
        record.names = names
        return record
    }

    /// The first that says something: an empty field does not, a text of white space neither. Where none does, the first.
    private func choice(_ role: Int) -> Table.Choice? {
        let choices = table.choices[role]
        return choices.first { choice in
            unsafe role == 0 ? !row[choice.column].allSatisfy { $0 <= 0x20 } : !row[choice.column].isEmpty
        } ?? choices.first
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
