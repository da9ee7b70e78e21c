import CSimdjson
import JSON
import Records

/// One pass of simdjson over a record.
@safe final class JSONRecordParser: RecordParser {
    private let parser: OpaquePointer
    private let fields: Fields
    private var repaired = PaddedBuffer()
    private(set) var namesWithoutText: [String] = []

    init(_ fields: Fields) {
        guard let parser = unsafe csj_parser_create() else { fatalError("out of memory") }
        unsafe self.parser = unsafe parser
        self.fields = fields
        for (role, names) in fields.byRole.enumerated() {
            for name in names {
                unsafe csj_parser_add_name(parser, csj_role(rawValue: UInt8(role)), Array(name.utf8), name.utf8.count)
            }
        }
    }

    deinit { unsafe csj_parser_destroy(parser) }

    func parse(_ row: UnsafeBufferPointer<UInt8>) -> ParsedRow {
        let line = unsafe row.withoutByteOrderMark
        var record = unsafe csj_record()
        var status = unsafe csj_parse(parser, line.baseAddress, line.count, &record)
        var isRepaired = false
        if status == CSJ_REPAIRABLE {
            let better = unsafe repaired.replace(with: Repair.json(line))
            status = unsafe csj_parse(parser, better.baseAddress, better.count, &record)
            isRepaired = true
        }
        if status == CSJ_NO_TEXT, namesWithoutText.isEmpty { namesWithoutText = unsafe Self.names(in: line) }
        switch status {
        case CSJ_OK: return unsafe .record(RawRecord(record), isRepaired: isRepaired)
        case CSJ_BLANK: return .blank
        // A headline alone is a document, of no words.
        case CSJ_NO_TEXT where unsafe record.title.bytes != nil:
            return unsafe .record(RawRecord(record), isRepaired: isRepaired)
        default: return unsafe .fault(fault(status, record))
        }
    }

    private static func names(in line: UnsafeBufferPointer<UInt8>) -> [String] {
        guard case .object(let fields)? = unsafe JSONValueReader().read(Array(line)) else { return [] }
        return fields.keys.sorted()
    }

    private func fault(_ status: csj_status, _ record: csj_record) -> Fault {
        let kind = unsafe JSONKind(rawValue: record.found.rawValue)?.words
        switch status {
        case CSJ_NO_TEXT: return .noText(names: fields.text)
        case CSJ_TEXT_NOT_STRING:
            return unsafe .textNotString(name: fields.text[Int(record.text_name)], kind: kind ?? "not JSON")
        case CSJ_NOT_OBJECT: return .notObject(kind: kind)
        case CSJ_TRAILING: return .moreAfterObject
        case CSJ_REPAIRABLE: return .badEscape
        case CSJ_TOO_LONG: return .lineTooLong
        default: return .malformed
        }
    }

    func trim(to capacity: Int) {
        unsafe csj_parser_trim(parser, capacity)
        repaired.trim(to: 0)
    }
}

extension RawRecord {
    fileprivate init(_ record: csj_record) {
        unsafe self.init(
            text: record.text.buffer, id: record.id.buffer, title: record.title.buffer, date: record.date.buffer,
            source: record.source.buffer, language: record.language.buffer, url: record.url.buffer,
            names: FieldNames(record))
    }
}

extension FieldNames {
    fileprivate init(_ record: csj_record) {
        self.init()
        unsafe withUnsafeBytes(of: record.names) { names in
            for role in names.indices { unsafe numbers[role] = names[role] }
        }
    }
}

extension csj_slice {
    fileprivate var buffer: UnsafeBufferPointer<UInt8>? {
        unsafe bytes.map { unsafe UnsafeBufferPointer(start: $0, count: count) }
    }
}
