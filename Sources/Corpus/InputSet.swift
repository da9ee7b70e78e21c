import Glibc
import Spill

/// The files of a run, cut into chunks that workers read side by side.
public final class InputSet: Sendable {
    /// As they were given.
    public let paths: [String]
    /// In the order given; a folder's files stand in its place.
    public let files: [InputFile]
    public let fields: Fields
    public let totalBytes: UInt64
    /// Files in folders that are passed over because of their extension.
    public let ignoredFiles: Int

    let chunks: ChunkTable

    /// Looks at every path and copies streams to a temporary file; reads no documents yet.
    ///
    /// - Parameters:
    ///   - paths: files, folders (searched for `.jsonl`, `.ndjson`, `.json` and `.txt`), named pipes, or `-`.
    ///   - temporaryDirectory: where streams are copied to; `TMPDIR` or `/tmp` by default.
    ///   - chunkSize: bytes of a JSON Lines file that make one piece of work.
    public init(
        paths: [String], fields: Fields = .standard, temporaryDirectory: String? = nil, chunkSize: Int = 1 << 20
    ) throws(InputError) {
        precondition(chunkSize > 0)
        guard paths.count(where: { $0 == "-" }) <= 1 else {
            throw InputError(path: "-", message: "standard input can be read only once")
        }
        let temporaryDirectory = temporaryDirectory ?? SpillFolder.standardPath
        var files: [InputFile] = []
        var ignored = 0
        var open = 0
        for path in paths {
            if Self.isFolder(path) {
                let found = try Folder.files(below: path)
                guard !found.paths.isEmpty else {
                    throw InputError(
                        path: path, message: "no .jsonl, .ndjson, .json or .txt file in this folder",
                        hint: found.ignored > 0 ? "name the files one by one to read other extensions" : nil)
                }
                ignored += found.ignored
                for path in found.paths {
                    files.append(.found(path, keepOpen: open < Self.mostOpen))
                    open += files.last?.descriptor == nil ? 0 : 1
                }
            } else {
                files.append(
                    try .named(path, keepOpen: open < Self.mostOpen, temporaryDirectory: temporaryDirectory))
                open += files.last?.descriptor == nil ? 0 : 1
            }
        }
        self.paths = paths
        self.files = files
        self.fields = fields
        ignoredFiles = ignored
        totalBytes = files.reduce(0) { $0 + $1.byteCount }
        chunks = ChunkTable(files: files, chunkSize: chunkSize)
    }

    public var chunkCount: Int { chunks.count }

    /// For each chunk, the lines of its file that stand before it: adds up `ChunkReport.lines` of all chunks.
    public func linesBefore(_ lines: [Int]) -> [Int] {
        precondition(lines.count == chunkCount)
        var sum = 0
        return lines.indices.map { chunk in
            if chunks.isFirstOfFile(chunk) { sum = 0 }
            defer { sum += lines[chunk] }
            return sum
        }
    }

    /// Well below the usual limit of 1024 descriptors; files beyond are opened when their turn comes.
    private static let mostOpen = 256

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension ChunkReport {
    /// The problems with lines counted from the start of the file.
    public func problems(linesBefore: Int) -> [Problem] {
        problems.map { problem in
            var problem = problem
            if problem.line > 0 { problem.line += linesBefore }
            return problem
        }
    }
}
