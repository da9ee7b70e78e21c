import Dates
internal import Records

/// Lends rows one by one.
final class ArrowReader: DocumentReader {
    private let source: ArrowSource
    /// Of one row what does not stand in the table as it is lent: a text without padding, numbers and dates.
    private var made: [UInt8] = []

    init(_ source: ArrowSource) { self.source = source }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        let rows = source.rows(ofChunk: chunk)
        var report = ChunkReport(lines: rows.count, records: rows.count)
        let (part, first) = source.place(of: rows.lowerBound)
        for row in rows {
            let inPart = first + row - rows.lowerBound
            if part.column(.text, inPart) == nil { report.withoutText += 1 }
            lend(part, inPart, row: row, line: row - rows.lowerBound + 1, body)
        }
        return report
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        guard !source.isCancelled() else {
            throw Problem(path: source.path(ofFile: 0), .told(message: "cancelled", hint: nil))
        }
        let (part, inPart) = source.place(of: Int(location.offset))
        lend(part, inPart, row: Int(location.offset), line: 0, body)
    }

    private func lend(_ part: Part, _ inPart: Int, row: Int, line: Int, _ body: (Record) -> Void) {
        made.removeAll(keepingCapacity: true)
        let text = part.text(inPart)
        let copied = text.flatMap { $0.readableBehind < Record.padding ? unsafe keep($0.bytes) : nil } ?? 0..<0
        made.append(contentsOf: repeatElement(0, count: Record.padding))
        let idColumn = part.column(.id, inPart)
        let id = keep(idColumn, inPart, orRow: part.columns(.id).isEmpty ? row : nil)
        let dateColumn = part.column(.date, inPart), date = keep(date: dateColumn, inPart)
        unsafe made.withUnsafeBufferPointer { made in
            func lent(_ range: Range<Int>?) -> UnsafeBufferPointer<UInt8>? {
                unsafe range.map { unsafe UnsafeBufferPointer(rebasing: made[$0]) }
            }
            func string(_ role: Role) -> UnsafeBufferPointer<UInt8>? { unsafe part.string(role, inPart)?.bytes }
            let isCopied = text.map { $0.readableBehind < Record.padding } ?? true
            let bytes = isCopied ? unsafe UnsafeBufferPointer(rebasing: made[copied]) : unsafe text!.bytes
            unsafe body(
                Record(
                    location: RecordLocation(offset: UInt64(row), length: UInt32(clamping: bytes.count), file: 0),
                    line: line, text: bytes, id: lent(id) ?? idColumn?.string(inPart)?.bytes, title: string(.title),
                    date: lent(date) ?? dateColumn?.string(inPart)?.bytes, source: string(.source),
                    language: string(.language), url: string(.url)))
        }
    }

    /// - Returns: where they stand in `made`.
    private func keep(_ bytes: some Sequence<UInt8>) -> Range<Int> {
        let start = made.count
        made.append(contentsOf: bytes)
        return start..<made.count
    }

    /// The digits of an id that is a number; nil where it is none.
    private func keep(_ id: ArrowColumn?, _ row: Int, orRow own: Int?) -> Range<Int>? {
        guard let id else { return own.map { keep("\($0)".utf8) } }
        guard let number = id.integer(row) else { return nil }
        return keep(
            (id.type == .integer(bytes: 8, isSigned: false) ? "\(UInt64(bitPattern: number))" : "\(number)").utf8)
    }

    /// A date that is no string, as ISO 8601 or the digits of a number; nil where it is one.
    private func keep(date column: ArrowColumn?, _ row: Int) -> Range<Int>? {
        guard let column else { return nil }
        if let number = column.number(row) { return keep((Int64(exactly: number).map { "\($0)" } ?? "\(number)").utf8) }
        guard let number = column.integer(row) else { return nil }
        switch column.type {
        case .date(4): return keep(isoDate(number &* 86_400, hasTime: false).utf8)
        case .date: return keep(isoDate(number.floor(1000), hasTime: false).utf8)
        case .timestamp(let unit): return keep(isoDate(number.floor(unit), hasTime: true).utf8)
        default: return keep("\(number)".utf8)
        }
    }
}

extension Int64 {
    fileprivate func floor(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

private func isoDate(_ seconds: Int64, hasTime: Bool) -> String {
    let day = CivilDate(secondsSince1970: seconds).description
    guard hasTime else { return day }
    let second = Int((seconds % 86_400 + 86_400) % 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
}
