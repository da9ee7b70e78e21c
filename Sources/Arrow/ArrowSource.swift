import Dates
package import Records
import Tables

/// Which columns hold what, by their names.
package struct ArrowFields: Sendable {
    package enum Choice: Sendable {
        /// Of these names those that are there; of a row's values the first that is one.
        case usual([String])
        /// It must be there.
        case named(String)
        case none
    }

    package var text, id, title, date, source, language, url: Choice

    package init(text: Choice, id: Choice, title: Choice, date: Choice, source: Choice, language: Choice, url: Choice) {
        (self.text, self.id, self.title, self.date) = (text, id, title, date)
        (self.source, self.language, self.url) = (source, language, url)
    }
}

/// The rows of a table as documents, each in its place: texts are read where the table has them.
///
/// Only a text of whose buffer less than `Record.padding` bytes follow is copied. A record's location has its row as
/// `offset`.
package final class ArrowSource: DocumentSource {
    /// What a run would read and does not, since nobody waits for it any more.
    package typealias IsCancelled = @Sendable () -> Bool

    private let table: ArrowTable
    fileprivate let parts: [Part]
    /// The first row of each batch.
    fileprivate let firstRows: [Int]
    fileprivate let isCancelled: IsCancelled
    /// Rows that make one piece of work; none goes over the end of a batch.
    private let chunks: [Range<Int>]
    /// Which columns were read as what, in the order of the roles.
    package let columns: [(role: String, column: String)]

    /// O(rows): what is not as its schema says is found here.
    ///
    /// - Parameter chunkSize: bytes of text that make one piece of work.
    package init(
        _ table: ArrowTable, _ fields: ArrowFields, chunkSize: Int = 1 << 20,
        isCancelled: @escaping IsCancelled = { false }
    ) throws(ArrowFailure) {
        (self.table, self.isCancelled) = (table, isCancelled)
        guard table.rowCount < Int(UInt32.max) else {
            throw ArrowFailure(.tooLarge, "\(table.rowCount) rows; at most 4,294,967,294 are read")
        }
        var columns: [(role: Role, name: String, parts: [ArrowColumn])] = []
        for role in Role.allCases {
            for (number, name) in try role.columns(of: table, fields) {
                let parts = try table.column(number, named: name)
                if let type = parts.first?.type, !role.reads(type) { throw role.failure(name, type) }
                columns.append((role, name, parts))
            }
        }
        self.columns = columns.map { ($0.role.rawValue, $0.name) }
        let batches = columns.first?.parts.count ?? 0
        parts = (0..<batches).map { batch in
            Part(Role.allCases.map { role in columns.filter { $0.role == role }.map { $0.parts[batch] } })
        }
        var row = 0
        firstRows = parts.map { part in
            defer { row += part.count }
            return row
        }
        chunks = try Self.chunks(parts, columns[0].name, chunkSize)
    }

    private static func chunks(_ parts: [Part], _ name: String, _ size: Int) throws(ArrowFailure) -> [Range<Int>] {
        var chunks: [Range<Int>] = []
        var start = 0, row = 0, room = size
        for part in parts {
            for inPart in 0..<part.count {
                let bytes = unsafe part.text(inPart)?.bytes.count ?? 0
                guard bytes <= 1 << 30 else {
                    throw ArrowFailure(
                        .tooLarge, column: name, row: row, "\(name): a text of \(bytes) bytes; split it below 1 GB")
                }
                row += 1
                // An empty text is work, too.
                room -= bytes + 1
                if room <= 0 || inPart == part.count - 1 {
                    chunks.append(start..<row)
                    (start, room) = (row, size)
                }
            }
        }
        return chunks
    }

    package func hasChunk(_ chunk: Int) -> Bool { chunk < chunks.count && !isCancelled() }
    package var expectedChunks: Int? { chunks.count }
    package func reader() -> any DocumentReader { ArrowReader(self) }
    package func path(ofFile file: Int) -> String { "table" }
    package func name(ofText file: Int) -> String { path(ofFile: file) }

    fileprivate func rows(ofChunk chunk: Int) -> Range<Int> { chunks[chunk] }

    fileprivate func place(of row: Int) -> (part: Part, row: Int) {
        let part = firstRows.partitioningIndex { $0 > row } - 1
        return (parts[part], row - firstRows[part])
    }

    package var rowCount: Int { table.rowCount }

    /// Lends the text of each row of a chunk; nil for null.
    package func forEachText(inChunk chunk: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
        let rows = rows(ofChunk: chunk), (part, first) = place(of: rows.lowerBound)
        for row in rows { unsafe body(part.text(first + row - rows.lowerBound)?.bytes) }
    }

    /// Whether each row has a whole number as its id.
    package var hasIntegerIds: Bool {
        parts.allSatisfy { part in
            guard let ids = part.columns(.id).first else { return true }
            return ids.type.isInteger && (0..<part.count).allSatisfy { ids.hasValue($0) }
        }
    }

    /// Of a source that has integers for ids: the row where there is no column of them.
    package func integerId(ofRow row: Int) -> Int64 {
        let (part, inPart) = place(of: row)
        return part.columns(.id).first?.integer(inPart) ?? Int64(row)
    }

    /// Whether the integers are unsigned and of 64 bits.
    package var hasLongUnsignedIds: Bool {
        parts.first?.columns(.id).first?.type == .integer(bytes: 8, isSigned: false)
    }
}

/// The columns of one batch, by their role.
struct Part: Sendable {
    private let byRole: [[ArrowColumn]]
    let count: Int

    init(_ byRole: [[ArrowColumn]]) {
        self.byRole = byRole
        count = byRole.first { !$0.isEmpty }![0].count
    }

    func columns(_ role: Role) -> [ArrowColumn] { byRole[role.place] }

    func text(_ row: Int) -> ArrowColumn.Lent? { string(.text, row) }

    /// The first of a role's columns that has a value of use in this row.
    func column(_ role: Role, _ row: Int) -> ArrowColumn? {
        byRole[role.place].first { column in
            guard column.hasValue(row) else { return false }
            return unsafe role == .text || column.string(row)?.bytes.isEmpty != true
        }
    }

    func string(_ role: Role, _ row: Int) -> ArrowColumn.Lent? { column(role, row)?.string(row) }
}

/// Lends rows one by one.
private final class ArrowReader: DocumentReader {
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
