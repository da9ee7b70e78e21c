public import Columns
public import Records

/// The files of a run, cut into chunks that workers read side by side.
public final class InputSet: Sendable {
    /// As they were given.
    public let paths: [String]
    /// In the order given; the files of a folder and of an archive stand in its place.
    public let files: [InputFile]
    /// Those that are held against the ones before them: all, where there is nothing to hold them against.
    public let newFiles: Range<Int>
    public let fields: Fields
    public let passedOver: PassedOver

    let chunks: ChunkTable
    let encodingsKnown: Encodings
    private let spooler: Spooler
    private let folder: SpillFolder
    private let chunkSize: UInt64

    /// Looks at every path, reads archives, and begins to copy streams and to decompress files to temporary files; reads
    /// no documents yet.
    ///
    /// - Parameters:
    ///   - paths: files, folders, archives, patterns of them, named pipes, or `-`.
    ///   - known: the same of what they are held against, and what is known therefore. A file that is named by both is
    ///     not known.
    ///   - formats: which formats are read, and how a file's is told.
    ///   - temporaryDirectory: where streams are copied to; `TMPDIR` or `/tmp` by default.
    ///   - chunkSize: bytes of a file that make one piece of work.
    public init(
        paths: [String], against known: [String] = [], fields: Fields = .standard, formats: Formats = .standard,
        temporaryDirectory: String? = nil,
        chunkSize: Int = 1 << 20
    ) throws(Problem) {
        precondition(chunkSize > 0)
        guard (known + paths).count(where: { $0 == "-" }) <= 1 else { throw Fault.standardInputTwice.of("-") }
        folder = SpillFolder(temporaryDirectory)
        self.chunkSize = UInt64(chunkSize)
        var opener = InputOpener(fields, formats, folder)
        for path in paths { try opener.add(path) }
        var knownOpener = InputOpener(fields, formats, folder, except: known.isEmpty ? [] : opener.identities)
        for path in known { try knownOpener.add(path) }
        self.paths = known + paths
        self.fields = fields
        files = knownOpener.files + opener.files
        newFiles = knownOpener.files.count..<files.count
        var passedOver = knownOpener.passedOver
        passedOver.add(opener.passedOver)
        self.passedOver = passedOver
        names = TextNames(files)
        encodingsKnown = Encodings(files, isAsked: formats.encoding.isAsked)
        chunks = ChunkTable(files: files, chunkSize: chunkSize)
        spooler = Spooler(knownOpener.jobs + opener.jobs, folder)
        spooler.start()
    }

    deinit { spooler.cancel() }

    /// Waits for the end of all input.
    public var chunkCount: Int { chunks.count }

    /// Whether there are so many chunks and one more. Waits for input where that is not known yet.
    public func hasChunk(_ chunk: Int) -> Bool { chunks.has(chunk) }

    /// The chunks there will be, or a few more; nil as long as that is not known.
    public var expectedChunks: Int? {
        if files.contains(where: \.isComing) { return nil }
        // To cut into rows means to read them.
        return files.contains { $0.format.rowScanner != nil } ? Int(totalBytes / chunkSize) + files.count : chunkCount
    }

    /// Bytes of all files, uncompressed; what is still coming is not in it.
    public var totalBytes: UInt64 { files.reduce(0) { $0 + $1.sizeSoFar } }

    /// Why streams could not be copied, after a run: what was read is not all.
    public var failure: SpillError? { folder.failure }

    private let names: TextNames
}

extension InputSet: DocumentSource {
    public func reader() -> any DocumentReader { InputReader(self) }

    public func isKnown(_ location: RecordLocation) -> Bool { Int(location.file) < newFiles.lowerBound }

    public func path(ofFile file: Int) -> String { files[file].path }

    public func name(ofText file: Int) -> String { names[file] }
}
