import Records
import Store

/// A record as it is kept: its fields but the id, of each its length and one (0 where it has none) and then its bytes.
struct StoredRecord {
    private(set) var bytes: [UInt8] = []
    /// Of text, title, date, source, language and url in `bytes`.
    private(set) var ranges: [Range<Int>?] = []

    static let fieldCount = 6

    /// - Parameter date: in place of that of the record.
    init(_ record: Record, date: [UInt8]? = nil) {
        let fields = unsafe [record.text, record.title, record.date, record.source, record.language, record.url]
        for at in 0..<Self.fieldCount {
            let count = unsafe at == 2 && date != nil ? date!.count : fields[at]?.count
            bytes.append(number: count.map { $0 + 1 } ?? 0)
        }
        for at in 0..<Self.fieldCount {
            if at == 2, let date {
                bytes += date
            } else if let field = unsafe fields[at] {
                bytes += unsafe Array(field)
            }
        }
    }

    init(_ bytes: [UInt8], path: String) throws(StoreError) {
        self.bytes = bytes
        var reader = ByteReader(bytes, path: path)
        var lengths: [Int] = []
        for _ in 0..<Self.fieldCount { lengths.append(try reader.number()) }
        for length in lengths { ranges.append(length == 0 ? nil : try reader.range(length - 1)) }
        guard reader.isAtEnd, ranges[0] != nil else { throw reader.damage }
        // What is lent is read past its end by whole registers.
        self.bytes += [UInt8](repeating: 0, count: Record.padding)
    }

    /// Lends it.
    func withRecord(
        id: [UInt8], location: RecordLocation, line: Int, _ body: (Record) -> Void
    ) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe id.withUnsafeBufferPointer { id in
                func field(_ at: Int) -> UnsafeBufferPointer<UInt8>? {
                    unsafe ranges[at].map { unsafe UnsafeBufferPointer(rebasing: bytes[$0]) }
                }
                unsafe body(
                    Record(
                        location: location, line: line, text: field(0)!, id: id, title: field(1), date: field(2),
                        source: field(3), language: field(4), url: field(5)))
            }
        }
    }
}
