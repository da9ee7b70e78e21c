import CSimdjson
import JSON
import Records

/// JSON Lines: an object a line.
struct JSONLines: RecordFormat {
    static let name = "JSON Lines"
    static let extensions = ["jsonl", "ndjson", "json"]

    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool {
        head.first { $0 > 0x20 }.map { "[{\u{FEFF}".utf8.contains($0) } ?? true
    }

    init(head: [UInt8], path: String, fields: Fields) throws(Fault) {
        if let fault = Self.layoutFault(head: head.prefix(4096), path: path) { throw fault }
    }

    /// Of a file that has nothing in it.
    init() {}

    /// JSON that is laid out over several lines: one array, or one object with its brace on a line of its own.
    static func layoutFault(head: ArraySlice<UInt8>, path: String) -> Fault? {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var head = head
        if head.starts(with: byteOrderMark) { head = head.dropFirst(byteOrderMark.count) }
        head = head.drop(while: isSpace)
        let firstLine = head.prefix { $0 != UInt8(ascii: "\n") }
        let isAlone = firstLine.count < head.count && firstLine.dropFirst().allSatisfy(isSpace)
        switch head.first {
        case UInt8(ascii: "[") where isAlone || PathName.fileExtension(path) == "json": return .jsonArray
        case UInt8(ascii: "{") where isAlone: return .jsonOverLines
        default: return nil
        }
    }

    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser {
        last ?? JSONLinesParser(fields)
    }

    var marker: (any RecordMarker)? { JSONMarker() }
}

/// One pass of simdjson over a line.
@safe private final class JSONLinesParser: RecordParser {
    private let parser: OpaquePointer
    private let fields: Fields
    private var repaired = PaddedBuffer()

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
        switch status {
        case CSJ_OK: return unsafe .record(RawRecord(record), isRepaired: isRepaired)
        case CSJ_BLANK: return .blank
        // A headline alone is a document, of no words.
        case CSJ_NO_TEXT where unsafe record.title.bytes != nil:
            return unsafe .record(RawRecord(record), isRepaired: isRepaired)
        default: return unsafe .fault(fault(status, record))
        }
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
            source: record.source.buffer, language: record.language.buffer, url: record.url.buffer)
    }
}

extension csj_slice {
    fileprivate var buffer: UnsafeBufferPointer<UInt8>? {
        unsafe bytes.map { unsafe UnsafeBufferPointer(start: $0, count: count) }
    }
}

/// A last member `dedup`.
private struct JSONMarker: RecordMarker {
    let header: [UInt8] = []

    func mark(_ line: UnsafeBufferPointer<UInt8>, _ verdict: Verdict) -> (place: Int, text: [UInt8]) {
        var json = JSONWriter()
        json.bytes = Array(",\"dedup\":".utf8)
        json.object { json in
            json.field("keep", verdict == .keep)
            guard case .remove(let of, let relation, let score) = verdict else { return }
            json.field("of", of)
            json.field("relation", relation)
            if let score { json.field("score", score) }
        }
        // A record ends in a brace, else it would not have been read.
        return unsafe (line.lastIndex(of: UInt8(ascii: "}"))!, json.bytes)
    }
}
