import Records

/// The formats that are read, and which one a file is in: by its name, then by its first bytes.
public struct Formats: Sendable {
    enum EncodingChoice: Sendable {
        case detect, utf8
        case named(TextEncoding)

        var isAsked: Bool { if case .utf8 = self { false } else { true } }

        /// Of a file that begins so; nil for UTF-8 and what cannot be told by its beginning.
        func encoding(_ head: [UInt8]) -> TextEncoding? {
            switch self {
            case .detect: TextEncoding(head: head)
            case .utf8: nil
            case .named(let encoding): encoding
            }
        }
    }

    private let named: [any RecordFormat.Type]
    /// Of what no name tells; the last takes what the others leave.
    private let nameless: [any RecordFormat.Type]

    /// A `.txt` file is one document; what no name tells is JSON Lines or a table.
    public static let standard = Formats(
        named: [JSONLines.self, Table.self, PlainText.self], nameless: [Table.self, JSONLines.self])

    /// Each line of a `.txt` file is a document, and so is each of what no name tells.
    public static let textLines = Formats(
        named: [JSONLines.self, Table.self, TextLines.self], nameless: [TextLines.self])

    /// How encodings are told.
    var encoding = EncodingChoice.detect

    /// The same formats, of files in an encoding that the system's converter has by that name; nil where it has none.
    public func named(encoding name: String) -> Formats? {
        var formats = self
        let isUTF8 = ["UTF-8", "UTF8"].contains(name.uppercased())
        guard let choice = isUTF8 ? .utf8 : TextEncoding(named: name).map({ EncodingChoice.named($0) }) else {
            return nil
        }
        formats.encoding = choice
        return formats
    }

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
        if let foreign = ForeignFormat(named: path) { throw .foreign(foreign) }
        let found = format(named: path) ?? nameless.first { $0.isLikely(head, fields) } ?? nameless.last!
        if let foreign = ForeignFormat(head: head), !(foreign.isText && found.isText) { throw .foreign(foreign) }
        return try found.opening(head: head, path: path, fields: fields)
    }

    /// Whether the first bytes are of none of the formats.
    func isGarbage(_ head: [UInt8], _ fields: Fields) -> Bool { !nameless.contains { $0.isLikely(head, fields) } }
}
