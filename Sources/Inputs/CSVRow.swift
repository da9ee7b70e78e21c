import CCSV
import Records

/// A row of a table, taken apart with libcsv.
@safe final class CSVRow {
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
        unsafe csv_free(parser)
        unsafe parser.deallocate()
    }

    private func open() {
        guard unsafe csv_init(parser, UInt8(CSV_REPALL_NL)) == 0 else { fatalError("out of memory") }
        unsafe csv_set_delim(parser, separator)
        // It grows by this for ever: 128 bytes by default.
        unsafe csv_set_blk_size(parser, 1 << 16)
        // Spaces belong to a field (RFC 4180).
        unsafe csv_set_space_func(parser) { _ in 0 }
    }

    /// Columns.
    var count: Int { fields.ranges.count }

    /// A field, lent until the next row; `Record.padding` bytes may be read after it.
    subscript(column: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(rebasing: fields.bytes.bytes[fields.ranges[column]])
    }

    /// Takes a row without its line end apart.
    func read(_ row: UnsafeBufferPointer<UInt8>) -> Fault? {
        fields.bytes.count = 0
        fields.ranges.removeAll(keepingCapacity: true)
        fields.ends = 0
        // RFC 4180 has no way to write it; an unquoted carriage return ends the row early.
        let isWhole = unsafe withUnsafeMutablePointer(to: &fields) { fields in
            let done = unsafe csv_parse(parser, row.baseAddress, row.count, Self.addField, Self.endRow, fields)
            return unsafe done == row.count && fields.pointee.ends == 0
        }
        // Not in its header: the state inside a field.
        let isOpen = unsafe parser.pointee.quoted != 0 && parser.pointee.pstate == 2
        _ = unsafe withUnsafeMutablePointer(to: &fields) { unsafe csv_fini(parser, Self.addField, Self.endRow, $0) }
        fields.bytes.pad()
        return isOpen ? .openQuote : isWhole ? nil : .bareReturn
    }

    /// Gives back what a giant row took beyond so many bytes.
    func trim(to capacity: Int) {
        fields.bytes.trim(to: capacity)
        guard unsafe csv_get_buffer_size(parser) > capacity else { return }
        unsafe csv_free(parser)
        open()
    }

    private static let addField: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
        field, count, context in
        let fields = unsafe context!.assumingMemoryBound(to: Found.self)
        let column = unsafe fields.pointee.ranges.count, start = unsafe fields.pointee.bytes.count
        let isWanted = unsafe fields.pointee.wanted.map { column < $0.count && $0[column] } ?? true
        if isWanted { unsafe fields.pointee.bytes.append(UnsafeRawBufferPointer(start: field, count: count)) }
        unsafe fields.pointee.ranges.append(start..<fields.pointee.bytes.count)
    }

    private static let endRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { end, context in
        // The end of the input is -1.
        if end >= 0 { unsafe context!.assumingMemoryBound(to: Found.self).pointee.ends += 1 }
    }
}
