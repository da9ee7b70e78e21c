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
    private let parts: [Part]
    /// The first row of each batch.
    private let firstRows: [Int]
    let isCancelled: IsCancelled
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

    func rows(ofChunk chunk: Int) -> Range<Int> { chunks[chunk] }

    func place(of row: Int) -> (part: Part, row: Int) {
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
