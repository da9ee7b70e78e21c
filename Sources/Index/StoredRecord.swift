import Records
import Shingle
import Store

/// A record as it is kept: its fields but the id, of each its length and one (0 where it has none) and then its bytes.
struct StoredRecord {
    /// Behind what is kept come as many zeros as are read past the end of a text.
    private let padded: [UInt8]
    /// What stands in the place of the text, where that is not kept.
    private var trace: StoredTrace?

    /// Of text, title, date, source, language and URL.
    private static let fieldCount = 6

    init(_ bytes: [UInt8], path: String) throws(StoreError) {
        let padded = bytes + Self.padding
        let isWhole = unsafe padded.withUnsafeBufferPointer {
            unsafe Self.fields(of: UnsafeBufferPointer(rebasing: $0.dropLast(Record.padding))) != nil
        }
        guard isWhole else { throw StoreError(path: path, .damaged("a record that breaks off")) }
        self.padded = padded
    }

    /// One of an index without texts.
    ///
    /// - Parameter width: tokens of a shingle; nil where none are kept.
    init(
        _ bytes: [UInt8], fingerprint: Fingerprint, length: UInt32, width: Int?, path: String
    ) throws(StoreError) {
        try self.init(bytes, path: path)
        var trace: StoredTrace?
        withRecord(id: [], location: RecordLocation(offset: 0, length: 0, file: 0), line: 0) { record in
            trace = unsafe StoredTrace(record.text, fingerprint: fingerprint, length: length)
        }
        guard let trace, trace.isSound(width: width) else {
            throw StoreError(path: path, .damaged("a text of which something else is left than can be"))
        }
        self.trace = trace
    }

    var bytes: ArraySlice<UInt8> { padded.dropLast(Record.padding) }

    /// Lends it.
    func withRecord(id: [UInt8], location: RecordLocation, line: Int, _ body: (Record) -> Void) {
        unsafe padded.withUnsafeBufferPointer { padded in
            unsafe id.withUnsafeBufferPointer { id in
                let bytes = unsafe UnsafeBufferPointer(rebasing: padded.dropLast(Record.padding))
                unsafe Self.lend(bytes, id: id, location: location, line: line) { record in
                    if let trace { trace.lend(in: record, body) } else { body(record) }
                }
            }
        }
    }

    static let padding = [UInt8](repeating: 0, count: Record.padding)

    /// - Parameter date: in place of that of the record.
    static func append(_ record: Record, date: [UInt8]? = nil, to bytes: inout [UInt8]) {
        func append(_ field: UnsafeBufferPointer<UInt8>?) {
            unsafe bytes.append(number: field.map { $0.count + 1 } ?? 0)
        }
        unsafe append(record.text)
        unsafe append(record.title)
        if let date { bytes.append(number: date.count + 1) } else { unsafe append(record.date) }
        unsafe append(record.source)
        unsafe append(record.language)
        unsafe append(record.url)
        unsafe bytes.append(contentsOf: record.text)
        if let title = unsafe record.title { unsafe bytes.append(contentsOf: title) }
        if let date { bytes += date } else if let date = unsafe record.date { unsafe bytes.append(contentsOf: date) }
        if let source = unsafe record.source { unsafe bytes.append(contentsOf: source) }
        if let language = unsafe record.language { unsafe bytes.append(contentsOf: language) }
        if let url = unsafe record.url { unsafe bytes.append(contentsOf: url) }
    }

    /// Lends a record out of memory that has its padding behind it; that the bytes are one is checked before.
    static func lend(
        _ bytes: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>?, location: RecordLocation, line: Int,
        _ body: (Record) -> Void
    ) {
        guard let fields = unsafe fields(of: bytes) else { preconditionFailure("a record that is none") }
        var end = bytes.count - (0..<fieldCount).reduce(0) { $0 + max(0, fields[$1] - 1) }
        func next(_ field: Int) -> UnsafeBufferPointer<UInt8>? {
            guard fields[field] > 0 else { return nil }
            defer { end += fields[field] - 1 }
            return unsafe UnsafeBufferPointer(rebasing: bytes[end..<end + fields[field] - 1])
        }
        var record = unsafe Record(location: location, line: line, text: next(0)!, id: id)
        unsafe record.title = next(1)
        unsafe record.date = next(2)
        unsafe record.source = next(3)
        unsafe record.language = next(4)
        unsafe record.url = next(5)
        body(record)
    }

    /// Of each field its length and one; nil where they and what follows are not all there is.
    private static func fields(of bytes: UnsafeBufferPointer<UInt8>) -> InlineArray<6, Int>? {
        var fields = InlineArray<6, Int>(repeating: 0), at = 0, left = bytes.count
        for field in 0..<fieldCount {
            var value = 0, shift = 0
            while true {
                guard at < bytes.count, shift < 56 else { return nil }
                let byte = unsafe bytes[at]
                at += 1
                value |= Int(byte & 0x7f) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            fields[field] = value
            left -= max(0, value - 1)
            guard left >= 0 else { return nil }
        }
        return fields[0] > 0 && at == left ? fields : nil
    }
}
