import CCSV
import Records

/// A row of a table, taken apart with libcsv.
final class CSVRow {
    private let separator: UInt8
    private let parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
    private var fields: Found

    /// What libcsv hands over, field by field.
    private struct Found: ~Copyable {
        /// By column. Nil: all are.
        let wanted: [Bool]?
        var bytes = PaddedBuffer()
        /// Of each column, where it stands in `bytes`; nothing for those not wanted.
        var ranges: [Range<Int>] = []
        /// Ends of rows inside what should be one.
        var ends = 0
    }

    /// - Parameter wanted: by column; what is in others is not kept. Nil: all are.
    init(separator: UInt8, wanted: [Bool]? = nil) {
        self.separator = separator
        fields = Found(wanted: wanted)
        open()
    }

    deinit {
        csv_free(parser)
        parser.deallocate()
    }

    private func open() {
        guard csv_init(parser, UInt8(CSV_REPALL_NL)) == 0 else { fatalError("out of memory") }
        csv_set_delim(parser, separator)
        // It grows by this for ever: 128 bytes by default.
        csv_set_blk_size(parser, 1 << 16)
        // Spaces belong to a field (RFC 4180).
        csv_set_space_func(parser) { _ in 0 }
    }

    /// Columns.
    var count: Int { fields.ranges.count }

    /// A field, lent until the next row; `Record.padding` bytes may be read after it.
    subscript(column: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: fields.bytes.bytes[fields.ranges[column]])
    }

    /// Takes a row without its line end apart.
    func read(_ row: UnsafeBufferPointer<UInt8>) -> Fault? {
        fields.bytes.count = 0
        fields.ranges.removeAll(keepingCapacity: true)
        fields.ends = 0
        // RFC 4180 has no way to write it; an unquoted carriage return ends the row early.
        let isWhole = withUnsafeMutablePointer(to: &fields) { fields in
            let done = csv_parse(parser, row.baseAddress, row.count, Self.addField, Self.endRow, fields)
            return done == row.count && fields.pointee.ends == 0
        }
        // Not in its header: the state inside a field.
        let isOpen = parser.pointee.quoted != 0 && parser.pointee.pstate == 2
        _ = withUnsafeMutablePointer(to: &fields) { csv_fini(parser, Self.addField, Self.endRow, $0) }
        fields.bytes.pad()
        return isOpen ? .openQuote : isWhole ? nil : .bareReturn
    }

    /// Gives back what a giant row took beyond so many bytes.
    func trim(to capacity: Int) {
        fields.bytes.trim(to: capacity)
        guard csv_get_buffer_size(parser) > capacity else { return }
        csv_free(parser)
        open()
    }

    private static let addField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        field, count, context in
        let fields = context!.assumingMemoryBound(to: Found.self)
        let column = fields.pointee.ranges.count, start = fields.pointee.bytes.count
        let isWanted = fields.pointee.wanted.map { column < $0.count && $0[column] } ?? true
        if isWanted { fields.pointee.bytes.append(UnsafeRawBufferPointer(start: field, count: count)) }
        fields.pointee.ranges.append(start..<fields.pointee.bytes.count)
    }

    private static let endRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { end, context in
        // The end of the input is -1.
        if end >= 0 { context!.assumingMemoryBound(to: Found.self).pointee.ends += 1 }
    }
}
