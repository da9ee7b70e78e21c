import Records

/// The formats that are read, and which one a file is in: by its name, then by its first bytes.
public struct Formats: Sendable {
    private let named: [any RecordFormat.Type]
    /// Of what no name tells; the last takes what the others leave.
    private let nameless: [any RecordFormat.Type]

    /// A `.txt` file is one document; what no name tells is JSON Lines or a table.
    public static let standard = Formats(
        named: [JSONLines.self, Table.self, PlainText.self], nameless: [Table.self, JSONLines.self])

    /// Each line of a `.txt` file is a document, and so is each of what no name tells.
    public static let textLines = Formats(
        named: [JSONLines.self, Table.self, TextLines.self], nameless: [TextLines.self])

    /// First bytes that tell all there is to tell.
    static let headSize = Table.longestHeader

    /// Of the names of files, without dots.
    package var extensions: [String] { named.flatMap { $0.extensions } }

    /// What a name tells, whatever the file is compressed with.
    func format(named path: String) -> (any RecordFormat.Type)? {
        let suffix = PathName.fileExtension(Compression.inner(path))
        return named.first { $0.extensions.contains(suffix) }
    }

    /// Whether a file is one document by its name: of such there may be a hundred thousand.
    func isOneDocument(named path: String) -> Bool { format(named: path)?.isOneDocument == true }

    /// - Parameter path: of what is in the file, if that is compressed.
    func format(of path: String, head: [UInt8], _ fields: Fields) throws(Fault) -> any RecordFormat {
        if let foreign = ForeignFormat(named: path) ?? ForeignFormat(head: head) { throw .foreign(foreign) }
        let found = format(named: path) ?? nameless.first { $0.isLikely(head, fields) } ?? nameless.last!
        return try found.opening(head: head, path: path, fields: fields)
    }

    /// Whether the first bytes are of none of the formats.
    func isGarbage(_ head: [UInt8], _ fields: Fields) -> Bool { !nameless.contains { $0.isLikely(head, fields) } }
}

extension ForeignFormat {
    /// By the extension, whatever it is compressed with.
    init?(named path: String) {
        switch PathName.fileExtension(Compression.inner(path)) {
        case "parquet": self = .parquet
        case "7z", "rar": self = .archive
        default: return nil
        }
    }

    /// By first bytes that none of the formats begins with.
    init?(head: some Sequence<UInt8>) {
        if head.starts(with: "PAR1".utf8) {
            self = .parquet
        } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            self = .utf16
        } else {
            return nil
        }
    }
}
