import CCSV
import CSimdjson
public import Records

/// Takes the rows of tables apart, with libcsv.
final class RowParser {
    /// Nil for a row of column names.
    let table: Table?
    private let parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
    private var row = Row()

    /// What libcsv hands over, field by field.
    private struct Row {
        /// By column: whether it is wanted. Nil: all are.
        var wanted: [Bool]?
        var count = 0
        var bytes: [UInt8] = []
        /// Of each column, where it stands in `bytes`; nothing for those not wanted.
        var ranges: [Range<Int>] = []
        /// Ends of rows inside what should be one.
        var ends = 0
    }

    convenience init(_ table: Table) { self.init(separator: table.separator, table) }

    init(separator: UInt8, _ table: Table? = nil) {
        self.table = table
        row.wanted = table.map { table in
            table.names.indices.map { column in table.columns.contains { $0.contains(column) } }
        }
        guard csv_init(parser, UInt8(CSV_REPALL_NL)) == 0 else { fatalError("out of memory") }
        csv_set_delim(parser, separator)
        // It grows by this for ever: 128 bytes by default.
        csv_set_blk_size(parser, 1 << 16)
        // Spaces belong to a field (RFC 4180).
        csv_set_space_func(parser) { _ in 0 }
    }

    /// Bytes that it holds on to.
    var capacity: Int { row.bytes.capacity + csv_get_buffer_size(parser) }

    deinit {
        csv_free(parser)
        parser.deallocate()
    }

    /// All fields of a row without its line end.
    func values(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
        if bytes.isEmpty { return [] }
        _ = split(bytes)
        return row.ranges.map { String(decoding: row.bytes[$0], as: UTF8.self) }
    }

    /// The fields of a record, from a row without its line end; they live until the next call.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<csj_record, LineFault> {
        if let fault = split(bytes) { return .failure(fault) }
        guard let table, row.count == table.names.count else {
            return .failure(.columns(found: row.count, expected: table?.names.count ?? 0))
        }
        row.bytes.append(contentsOf: repeatElement(0, count: Record.padding))
        return .success(record(table))
    }

    private func split(_ bytes: UnsafeBufferPointer<UInt8>) -> LineFault? {
        row.count = 0
        row.ends = 0
        row.bytes.removeAll(keepingCapacity: true)
        row.ranges.removeAll(keepingCapacity: true)
        // RFC 4180 has no way to write it; an unquoted carriage return ends the row early.
        let isWhole = withUnsafeMutablePointer(to: &row) { row in
            let done = csv_parse(parser, bytes.baseAddress, bytes.count, Self.addField, Self.endRow, row)
            return done == bytes.count && row.pointee.ends == 0
        }
        // Not in its header: the state inside a field.
        let isOpen = parser.pointee.quoted != 0 && parser.pointee.pstate == 2
        _ = withUnsafeMutablePointer(to: &row) { csv_fini(parser, Self.addField, Self.endRow, $0) }
        return isOpen ? .openQuote : isWhole ? nil : .bareReturn
    }

    private static let addField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        field, count, context in
        let row = context!.assumingMemoryBound(to: Row.self)
        let isWanted = row.pointee.wanted.map { row.pointee.count < $0.count && $0[row.pointee.count] } ?? true
        let start = row.pointee.bytes.count
        if isWanted { row.pointee.bytes.append(contentsOf: UnsafeRawBufferPointer(start: field, count: count)) }
        row.pointee.ranges.append(start..<row.pointee.bytes.count)
        row.pointee.count += 1
    }

    private static let endRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { end, context in
        // The end of the input is -1.
        if end >= 0 { context!.assumingMemoryBound(to: Row.self).pointee.ends += 1 }
    }

    /// An empty field says nothing, but for a text. `row.bytes` is not touched before the next row, so what points there
    /// stays true.
    private func record(_ table: Table) -> csj_record {
        row.bytes.withUnsafeBufferPointer { bytes in
            func slice(_ role: csj_role) -> csj_slice {
                let columns = table.columns[Int(role.rawValue)]
                guard let column = columns.first(where: { !row.ranges[$0].isEmpty }) ?? columns.first else {
                    return csj_slice()
                }
                let range = row.ranges[column]
                guard role == CSJ_TEXT || !range.isEmpty else { return csj_slice() }
                return csj_slice(bytes: bytes.baseAddress! + range.lowerBound, count: range.count)
            }
            var record = csj_record()
            record.text = slice(CSJ_TEXT)
            record.id = slice(CSJ_ID)
            record.title = slice(CSJ_TITLE)
            record.date = slice(CSJ_DATE)
            record.source = slice(CSJ_SOURCE)
            record.language = slice(CSJ_LANGUAGE)
            return record
        }
    }
}
