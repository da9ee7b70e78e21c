import CSimdjson
import JSON
public import Records

/// One worker's scratch: a window on the file and a parser. Reused from chunk to chunk; it grows only for a giant line,
/// and gives that back.
public final class RecordReader {
    let lines: LineBuffer
    private let parser: OpaquePointer
    private let fields: Fields
    private var repaired: UnsafeMutablePointer<UInt8>?
    private var lastOpened: (path: String, descriptor: Descriptor)?
    /// For the table at hand.
    private var rows: RowParser?

    static let keptCapacity = 4 << 20

    public convenience init(fields: Fields) {
        self.init(fields: fields, lines: LineBuffer())
    }

    init(fields: Fields, lines: LineBuffer) {
        guard let parser = csj_parser_create() else { fatalError("out of memory") }
        self.parser = parser
        self.fields = fields
        self.lines = lines
        for (role, names) in fields.byRole.enumerated() {
            for name in names {
                csj_parser_add_name(parser, csj_role(rawValue: UInt8(role)), Array(name.utf8), name.utf8.count)
            }
        }
    }

    deinit {
        csj_parser_destroy(parser)
        repaired?.deallocate()
    }

    enum Outcome {
        case record(csj_record, isRepaired: Bool)
        case blank
        case fault(LineFault)
    }

    /// Reads one line, or one row of a table.
    func parse(_ line: UnsafeBufferPointer<UInt8>, _ table: Table?) -> Outcome {
        table.map { parse(row: line, $0) } ?? parse(line)
    }

    private func parse(row: UnsafeBufferPointer<UInt8>, _ table: Table) -> Outcome {
        var row = row.withoutLineEnd
        if row.isEmpty { return .blank }
        let isRepaired = !row.isUTF8
        if isRepaired { row = keep(Repair.utf8(row)) }
        if rows?.table != table { rows = RowParser(table) }
        switch rows!.parse(row) {
        case .success(let record): return .record(record, isRepaired: isRepaired)
        case .failure(let fault): return .fault(fault)
        }
    }

    /// Reads one line, which `Record.padding` readable bytes must follow. The record lives until the next call.
    func parse(_ line: UnsafeBufferPointer<UInt8>) -> Outcome {
        let line = withoutByteOrderMark(line)
        var record = csj_record()
        var status = csj_parse(parser, line.baseAddress, line.count, &record)
        var isRepaired = false
        if status == CSJ_REPAIRABLE {
            let better = keep(Repair.json(line))
            status = csj_parse(parser, better.baseAddress, better.count, &record)
            isRepaired = true
        }
        switch status {
        case CSJ_OK: return .record(record, isRepaired: isRepaired)
        case CSJ_BLANK: return .blank
        // A headline alone is a document, of no words.
        case CSJ_NO_TEXT where fields.text.isEmpty || record.title.bytes != nil:
            return .record(record, isRepaired: isRepaired)
        case CSJ_NO_TEXT: return .fault(.noText)
        case CSJ_TEXT_NOT_STRING: return .fault(.textNotString(name: Int(record.text_name), found: record.found))
        case CSJ_NOT_OBJECT: return .fault(.notObject(record.found))
        case CSJ_TRAILING: return .fault(.trailing)
        case CSJ_REPAIRABLE: return .fault(.badString)
        case CSJ_TOO_LONG: return .fault(.tooLong)
        default: return .fault(.malformed)
        }
    }

    /// The text of a whole file that has been loaded.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: UnsafeBufferPointer<UInt8>, isRepaired: Bool) {
        let bytes = withoutByteOrderMark(bytes)
        if bytes.isUTF8 { return (bytes, false) }
        return (keep(Repair.utf8(bytes)), true)
    }

    /// The file's bytes; the file that was opened last stays open.
    func open(_ file: Int, of files: [InputFile]) throws(SystemError) -> ByteSource {
        try files[file].source { path throws(SystemError) in
            if let lastOpened, lastOpened.path == path { return lastOpened.descriptor }
            let descriptor = try Descriptor.open(path)
            lastOpened = (path, descriptor)
            return descriptor
        }
    }

    func trim() {
        lines.trim(to: Self.keptCapacity)
        csj_parser_trim(parser, Self.keptCapacity)
        if let rows, rows.capacity > Self.keptCapacity { self.rows = nil }
        repaired?.deallocate()
        repaired = nil
    }

    private func keep(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
        repaired?.deallocate()
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + Record.padding)
        bytes.withUnsafeBufferPointer { copy.initialize(from: $0.baseAddress!, count: $0.count) }
        (copy + bytes.count).initialize(repeating: 0, count: Record.padding)
        repaired = copy
        return UnsafeBufferPointer(start: copy, count: bytes.count)
    }

    private func withoutByteOrderMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[3...])
    }
}

extension csj_slice {
    var buffer: UnsafeBufferPointer<UInt8>? { bytes.map { UnsafeBufferPointer(start: $0, count: count) } }
}
