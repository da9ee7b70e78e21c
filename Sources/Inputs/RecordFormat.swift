package import Records

/// A format of documents: how a file of it is told, how it is cut into rows, how a row becomes a record, and how a filter
/// marks one.
///
/// A new format is a file in `Formats/` and its name in `Formats.standard`; nothing else asks which format a file is in.
package protocol RecordFormat: Sendable {
    /// What it is, as in "is a table".
    static var name: String { get }
    /// Of file names: in lower case, without the dot.
    static var extensions: [String] { get }
    /// Whether a file is one document, however many lines it has.
    static var isOneDocument: Bool { get }

    /// Whether any text is one of it, also what looks like another format.
    static var isText: Bool { get }

    /// Whether what has no telling name begins like a file of it.
    static func isLikely(_ head: [UInt8], _ fields: Fields) -> Bool

    /// - Parameters:
    ///   - head: the first bytes of a file, `Formats.headSize` or more where it has so many; none where a file is one
    ///     document, which is not opened before its turn.
    ///   - path: of the file.
    init(head: [UInt8], path: String, fields: Fields) throws(Fault)

    /// The same; or another format where first bytes tell what a name does not.
    static func opening(head: [UInt8], path: String, fields: Fields) throws(Fault) -> any RecordFormat

    /// What stands before the first record.
    var header: Header? { get }

    /// Finds the ends of rows; nil where each line is a row, so that a file can be cut anywhere.
    var rowScanner: (any RowScanner)? { get }

    /// Whether a line end belongs to each row; else rows stand between other characters, and are counted where lines are.
    var hasLines: Bool { get }

    /// What is wrong where a file ends before a scanner has seen its last row.
    var cutOff: Fault? { get }

    /// What stands behind the last row, where a scanner says that it is the last.
    func tail(_ source: ByteSource, from offset: UInt64) throws(Fault) -> Tail

    /// - Parameter last: what the worker has read files of this format with, to be used again.
    func parser(_ fields: Fields, after last: (any RecordParser)?) -> any RecordParser

    /// Whether rows of this file may be written behind those of another.
    func suits(_ other: any RecordFormat) -> Bool

    /// Marks records in a filtered dump; nil where they have no place for that.
    var marker: (any RecordMarker)? { get }
}

extension RecordFormat {
    package static var isOneDocument: Bool { false }
    package static var isText: Bool { false }
    package static func opening(head: [UInt8], path: String, fields: Fields) throws(Fault) -> any RecordFormat {
        try Self(head: head, path: path, fields: fields)
    }
    package var header: Header? { nil }
    package var rowScanner: (any RowScanner)? { nil }
    package var hasLines: Bool { true }
    package var cutOff: Fault? { nil }
    func tail(_ source: ByteSource, from offset: UInt64) throws(Fault) -> Tail { .end(nil) }
    package func suits(_ other: any RecordFormat) -> Bool { other is Self }
    package var marker: (any RecordMarker)? { nil }
}

/// What stands before the first record of a file.
package struct Header: Sendable, Equatable {
    /// Bytes.
    package let size: UInt64
    /// Where it ends, before its line end.
    package let end: UInt64
    /// Lines of it.
    let lines: Int
}

/// Finds where a row ends, while more of it is read.
package protocol RowScanner: Sendable {
    /// Where the row ends; nil if that is not among these bytes.
    ///
    /// - Parameter row: from the row's start on, at least as far as before.
    mutating func end(of row: UnsafeBufferPointer<UInt8>) -> RowEnd?

    /// The same where the file ends and no end was found; nil where all that is left is one row.
    func endOfFile(in row: UnsafeBufferPointer<UInt8>) -> RowEnd?

    /// Whether the row that ended was the last, whatever follows.
    var isOver: Bool { get }

    /// Forgets what is done with of the row: how many bytes, which the next `row` is to begin behind.
    mutating func dropDone() -> Int

    /// Gets ready for the next row.
    mutating func restart()
}

extension RowScanner {
    package var isOver: Bool { false }
    package func endOfFile(in row: UnsafeBufferPointer<UInt8>) -> RowEnd? { nil }
}

/// Indices from the start of a row.
package struct RowEnd {
    /// Of what ends the row and is not of it.
    var end: Int
    /// Of the next row.
    var next: Int
}

/// What stands behind the last row.
package enum Tail {
    /// Nothing that is read; what is wrong with it.
    case end(Fault?)
    /// More rows from an offset on.
    case rows(from: UInt64)
}

/// Reads the rows of one format for one worker, in memory that is used again.
package protocol RecordParser: AnyObject {
    /// What is found is lent until the next call.
    ///
    /// - Parameter row: a line or row without its line feed, or the whole of a file that is one document;
    ///   `Record.padding` bytes may be read after it.
    func parse(_ row: UnsafeBufferPointer<UInt8>) -> ParsedRow

    /// Gives back what a giant row took beyond so many bytes.
    func trim(to capacity: Int)

    /// The names of the fields of the first record that had no text; empty where none was met, or a format has no names.
    var namesWithoutText: [String] { get }
}

extension RecordParser {
    package var namesWithoutText: [String] { [] }
}

package enum ParsedRow {
    case record(RawRecord, isRepaired: Bool)
    case blank
    case fault(Fault)

    /// Whether it may be that it is not in UTF-8.
    var isDoubtful: Bool {
        switch self {
        case .record(_, let isRepaired): isRepaired
        case .blank: false
        case .fault: true
        }
    }
}
