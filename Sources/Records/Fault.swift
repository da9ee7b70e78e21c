import Glibc

/// What is wrong with a record or a file, and what there is to say of it. The way out depends on who is told: `Wording`.
public enum Fault: Error, Sendable, Hashable {
    // Of a record.

    /// No field or null in all fields of these names.
    case noText(names: [String])
    /// - Parameter kind: as in "is a number".
    case textNotString(name: String, kind: String)
    /// - Parameter kind: nil for what is no JSON.
    case notObject(kind: String?)
    case moreAfterObject
    case malformed
    case badEscape
    case lineTooLong
    case columnCount(found: Int, expected: Int)
    case openQuote
    case bareReturn
    case lettersLost

    // Of what is in a file.

    case foreign(ForeignFormat)
    /// The same where text was expected.
    case notText(ForeignFormat)
    /// Text was expected.
    case compressed
    /// In the object that a JSON file is: their paths.
    case severalArrays(paths: [String])
    case noArray(named: String, paths: [String])
    case arrayNeverEnds
    case moreAfterArray
    case noTextColumn(names: [String], columns: [String])
    case headerTooLong(limit: Int)
    case documentTooLong
    case textTooLong
    case misnamed
    case damaged(reason: String)
    case damagedOrCompressedTwice
    case growsTooMuch(ratio: UInt64)

    // Of a path.

    /// By `errno`.
    case system(Int32)
    /// The same of a pattern that names nothing.
    case noMatch(Int32)
    /// The same of a file that was there when the run began.
    case gone(Int32)
    case becameShorter
    case changed
    case notOneFile
    case device
    case nameNotUTF8
    case standardInputTwice
    /// - Parameter refused: what there is instead.
    case nothingToRead(container: String, extensions: [String], refused: String?)

    // Of the folder for temporary files.

    /// By `errno`.
    case temporaryFolder(Int32)
    case notCopied(to: String, reason: String)

    // Of a saved result.

    case noResult
    case resultNotWhole
    /// In words that somebody else found: the system, an earlier run.
    case told(message: String, hint: String?)
}

/// Formats that are known and not read.
public enum ForeignFormat: String, Sendable, CaseIterable {
    case parquet = "Parquet"
    case arrow = "Arrow"
    case avro = "Avro"
    case sqlite = "a SQLite database"
    case pickle = "a Python pickle"
    case archive = "an archive of another kind"
    case pdf = "PDF"
    case word = "a Word document"
    case oldWord = "an old Word document"
    case excel = "an Excel workbook"
    case openDocument = "an OpenDocument file"
    case epub = "EPUB"
    case rtf = "RTF"
    case warc = "WARC"
    case html = "HTML"
    case feed = "an RSS or Atom feed"
    case xml = "XML"

    /// Whether somebody might take it for text as it stands.
    package var isText: Bool { [.rtf, .warc, .html, .feed, .xml].contains(self) }
}

extension Fault: CustomStringConvertible {
    /// What is wrong, to follow a path and a colon.
    public var description: String {
        switch self {
        case .noText(let names): "no text field: looked for \(names.joined(separator: ", "))"
        case .textNotString(let name, let kind): "text field \"\(name)\" is \(kind), not a string"
        case .notObject(let kind): kind.map { "\($0), not a JSON object" } ?? "not JSON"
        case .moreAfterObject: "more after the end of the JSON object"
        case .malformed: "cut off or malformed JSON"
        case .badEscape: "a string with an escape that JSON does not have"
        case .lineTooLong: "the line is too long to be read as one record"
        case .columnCount(1, let expected): "1 column where the first row has \(expected)"
        case .columnCount(let found, let expected): "\(found) columns where the first row has \(expected)"
        case .openQuote: "a quoted field that never ends"
        case .bareReturn: "a carriage return outside quotes"
        case .foreign(let format): "\(format.rawValue) is not read directly"
        case .notText(let format): "\(format.rawValue), not UTF-8 text"
        case .compressed: "compressed, and not named so"
        case .severalArrays(let paths): "several arrays of records: \(paths.joined(separator: ", "))"
        case .noArray(let name, let paths):
            "no array \(name)\(paths.isEmpty ? "" : ": there is \(paths.joined(separator: ", "))")"
        case .arrayNeverEnds: "cut off: the array of records never ends"
        case .moreAfterArray: "not read: what follows the end of the JSON"
        case .noTextColumn(let names, let columns):
            "no text column: looked for \(names.joined(separator: ", ")) in \(columns.joined(separator: ", "))"
        case .lettersLost: "most letters of this text are lost, to U+FFFD or question marks; it counts as like no other"
        case .headerTooLong(let limit): "the row of column names is longer than \(limit) bytes"
        case .documentTooLong: "too long to be one document"
        case .textTooLong: "too long to be one text"
        case .misnamed: "not what its name says"
        case .damaged(let reason): "damaged or cut off (\(reason))"
        case .damagedOrCompressedTwice: "damaged or cut off, or compressed twice"
        case .growsTooMuch(let ratio):
            "read no further: it grows to more than \(ratio) times its size; if that is no trap, "
                + "decompress it first and pipe it in"
        case .system(let number), .noMatch(let number), .gone(let number), .temporaryFolder(let number): words(number)
        case .becameShorter: "became shorter while it was being read"
        case .changed: "changed while it was being read"
        case .notOneFile: "Is a directory"
        case .device: "a device or socket, not a file"
        case .nameNotUTF8: "the name of the file is not UTF-8"
        case .standardInputTwice: "standard input can be read only once"
        case .nothingToRead(let container, let extensions, _): "no \(extensions.list("or")) file in this \(container)"
        case .notCopied(let folder, let reason): "could not be copied to \(folder): \(reason)"
        case .noResult: "not a result of dedup cluster"
        case .resultNotWhole: "is not whole: a cluster is called by a document that is not there"
        case .told(let message, _): message
        }
    }

    private func words(_ number: Int32) -> String {
        switch number {
        case ENOENT: "no such file"
        case EACCES, EPERM: "permission denied"
        default: unsafe String(cString: strerror(number))
        }
    }
}

extension [String] {
    /// Extensions as people list them: `.a, .b or .c`.
    package func list(_ conjunction: String) -> String {
        let names = map { ".\($0)" }
        return names.count < 2
            ? names.joined() : "\(names.dropLast().joined(separator: ", ")) \(conjunction) \(names.last!)"
    }
}
