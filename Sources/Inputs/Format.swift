public import Records

/// What a file is by its name and first bytes, and what to do about the formats that are not read.
enum Format {
    case jsonLines, text, table
    case foreign(name: String, hint: String)

    /// By the extension, whatever it is compressed with. Nil where it says nothing.
    init?(path: String) {
        switch Self.fileExtension(Compression.inner(path)) {
        case "jsonl", "ndjson", "json": self = .jsonLines
        case "txt": self = .text
        case "csv", "tsv": self = .table
        case "parquet": self = .foreign(name: "Parquet", hint: "write it as JSON Lines first")
        case "7z", "rar": self = .foreign(name: "an archive of another kind", hint: "unpack it, and name the folder")
        default: return nil
        }
    }

    /// By the first bytes, for what none of the formats begins with.
    init?(magic head: some Sequence<UInt8>, path: String) {
        guard let match = Self.signatures.first(where: { head.starts(with: $0.bytes) }) else { return nil }
        let source = path == "-" ? "" : " < \(path)"
        self = .foreign(
            name: match.name,
            hint: match.filter.map { "\($0)\(source) | dedup cluster -" } ?? "write it as JSON Lines first")
    }

    /// Whether a name says that it can be read: what is taken from a folder or an archive.
    static func isRead(named path: String) -> Bool {
        switch Format(path: path) {
        case .jsonLines, .text, .table: true
        case .foreign, nil: false
        }
    }

    /// What a file is, or what is in it, by its name and then its first bytes.
    static func kind(_ path: String, head: [UInt8], fields: Fields) throws(InputError) -> InputFile.Kind {
        for case .foreign(let name, let hint)? in [Format(path: path), Format(magic: head, path: path)] {
            throw InputError(path: path, message: "\(name) is not read directly", hint: hint)
        }
        switch Format(path: path) {
        case .text: return .text
        case .table: return .table(try Table(head: head, path: path, fields: fields))
        case .jsonLines: break
        default:
            if Table.isLikely(head, fields: fields) {
                return .table(try Table(head: head, path: path, fields: fields))
            }
        }
        if let fault = layoutFault(head: head.prefix(4096), path: path) { throw fault }
        return .jsonLines
    }

    /// What is plainly no text, and was not looked at before its turn.
    static func problem(ofText bytes: UnsafeBufferPointer<UInt8>, path: String) -> Problem? {
        if case .foreign(let name, _)? = Format(magic: bytes, path: path) {
            return Problem(path: path, message: "\(name), not UTF-8 text", hint: "convert it first")
        }
        guard Compression.isCompressed(Array(bytes.prefix(512))) else { return nil }
        return Problem(
            path: path, message: "compressed, and not named so", hint: "call it .txt.gz, .txt.zst or the like")
    }

    /// Whether the first bytes are of none of the formats.
    static func isGarbage(_ head: [UInt8], fields: Fields) -> Bool {
        guard let first = head.first(where: { $0 > 0x20 }) else { return false }
        return !"[{\u{FEFF}".utf8.contains(first) && !Table.isLikely(head, fields: fields)
    }

    /// `filter` turns standard input into what can be read.
    private static let signatures: [(bytes: [UInt8], name: String, filter: String?)] = [
        ([0x50, 0x41, 0x52, 0x31], "Parquet", nil),
        ([0xFF, 0xFE], "UTF-16", "iconv -f UTF-16 -t UTF-8"),
        ([0xFE, 0xFF], "UTF-16", "iconv -f UTF-16 -t UTF-8"),
    ]

    /// JSON that is laid out over several lines: one array, or one object with its brace on a line of its own.
    static func layoutFault(head: ArraySlice<UInt8>, path: String) -> InputError? {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var head = head
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        head = head.drop(while: isSpace)
        let firstLine = head.prefix { $0 != UInt8(ascii: "\n") }
        let isAlone = firstLine.count < head.count && firstLine.dropFirst().allSatisfy(isSpace)
        let source = path == "-" ? "" : " \(path)"
        switch head.first {
        case UInt8(ascii: "[") where isAlone || fileExtension(path) == "json":
            return InputError(
                path: path, message: "one JSON array, not JSON Lines", hint: "jq -c '.[]'\(source) | dedup cluster -")
        case UInt8(ascii: "{") where isAlone:
            return InputError(
                path: path, message: "JSON over several lines, not JSON Lines",
                hint: "jq -c .\(source) | dedup cluster -")
        default:
            return nil
        }
    }

    /// In lower case, without the dot; empty where there is none.
    static func fileExtension(_ path: String) -> String {
        let name = fileName(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The file's name without its folders and extension, and without what says how it is compressed.
    static func stem(_ path: String) -> String {
        let name = fileName(Compression.inner(path))
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }

    static func fileName(_ path: String) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }
}
