/// What a file is by its name and first bytes, and what to do about the formats that are not read.
enum Format {
    case jsonLines, text
    case foreign(name: String, hint: String)

    /// By the extension. Nil where it says nothing.
    init?(path: String) {
        let pipe = "| dedup cluster -"
        switch Self.fileExtension(path) {
        case "jsonl", "ndjson", "json": self = .jsonLines
        case "txt": self = .text
        case "gz", "tgz": self = .foreign(name: "gzip", hint: "zcat \(path) \(pipe)")
        case "zst": self = .foreign(name: "Zstandard", hint: "zstdcat \(path) \(pipe)")
        case "xz": self = .foreign(name: "xz", hint: "xzcat \(path) \(pipe)")
        case "bz2": self = .foreign(name: "bzip2", hint: "bzcat \(path) \(pipe)")
        case "lz4": self = .foreign(name: "LZ4", hint: "lz4cat \(path) \(pipe)")
        case "zip": self = .foreign(name: "zip", hint: "unzip -p \(path) \(pipe)")
        case "tar": self = .foreign(name: "tar", hint: "tar -xOf \(path) \(pipe)")
        case "csv": self = .foreign(name: "CSV", hint: "mlr --icsv --ojsonl cat \(path) \(pipe)")
        case "tsv": self = .foreign(name: "TSV", hint: "mlr --itsv --ojsonl cat \(path) \(pipe)")
        case "parquet": self = .foreign(name: "Parquet", hint: "write it as JSON Lines first")
        default: return nil
        }
    }

    /// By the first bytes, for what a JSON or text file never begins with.
    init?(magic head: some Sequence<UInt8>, path: String) {
        guard let match = Self.signatures.first(where: { head.starts(with: $0.bytes) }) else { return nil }
        let source = path == "-" ? "" : " < \(path)"
        self = .foreign(
            name: match.name,
            hint: match.filter.map { "\($0)\(source) | dedup cluster -" } ?? "write it as JSON Lines first")
    }

    /// `filter` turns standard input into what can be read.
    private static let signatures: [(bytes: [UInt8], name: String, filter: String?)] = [
        ([0x1F, 0x8B], "gzip", "zcat"),
        ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard", "zstdcat"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "xzcat"),
        ([0x42, 0x5A, 0x68], "bzip2", "bzcat"),
        ([0x04, 0x22, 0x4D, 0x18], "LZ4", "lz4cat"),
        ([0x50, 0x4B, 0x03, 0x04], "zip", "funzip"),
        ([0x50, 0x41, 0x52, 0x31], "Parquet", nil),
        ([0xFF, 0xFE], "UTF-16", "iconv -f UTF-16 -t UTF-8"),
        ([0xFE, 0xFF], "UTF-16", "iconv -f UTF-16 -t UTF-8"),
    ]

    /// JSON that is laid out over several lines: one array, or one object with its brace on a line of its own.
    static func layoutFault(head: [UInt8], path: String) -> InputError? {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var head = head[...]
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

    /// The file's name without its folders and extension.
    static func stem(_ path: String) -> String {
        let name = fileName(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }

    private static func fileName(_ path: String) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }
}
