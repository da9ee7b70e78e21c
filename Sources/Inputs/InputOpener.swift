public import Columns
import Glibc
public import Records

/// Turns the paths of a run into files, and remembers what has to be spooled for them.
struct InputOpener {
    private(set) var files: [InputFile] = []
    private(set) var jobs: [SpoolJob] = []
    private(set) var passedOver = PassedOver()

    let fields: Fields
    let folder: SpillFolder
    private var openCount = 0
    /// Where the members of archives are.
    private var members: SpoolFile?

    /// Well below the usual limit of 1024 descriptors; files beyond are opened when their turn comes.
    private static let mostOpen = 256
    static let headSize = Table.longestHeader

    init(_ fields: Fields, _ folder: SpillFolder) { (self.fields, self.folder) = (fields, folder) }

    /// Adds a path that the user gave.
    mutating func add(_ path: String) throws(InputError) {
        if path == "-" {
            let copy = dup(STDIN_FILENO)
            guard copy >= 0 else { throw SystemError().input(path) }
            return try addStream(Descriptor(adopting: copy), path)
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = SystemError(), matches = Glob.matches(path)
            guard error.number == ENOENT, !matches.isEmpty else { throw error.input(path, hint: Glob.hint(path)) }
            for match in matches { try add(match) }
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            try addFolder(path)
        case S_IFREG:
            if try !addFile(path, status) { throw nothing(in: path, "archive") }
            if files.last?.kind == .text, access(files.last!.origin, R_OK) != 0 { throw SystemError().input(path) }
        case S_IFIFO:
            let stream: Descriptor
            do throws(SystemError) { stream = try .open(path) } catch { throw error.input(path) }
            try addStream(stream, path)
        default:
            throw InputError(
                path: path, message: "a device or socket, not a file", hint: "pipe its output into dedup cluster -")
        }
    }

    private mutating func addFolder(_ path: String) throws(InputError) {
        let found = try Folder.files(below: path)
        let before = files.count
        passedOver.inFolders += found.ignored
        for path in found.paths {
            // What is wrong with one is kept for the report, and the others are read.
            do throws(InputError) {
                var status = stat()
                guard stat(path, &status) == 0 else { throw SystemError().input(path) }
                if try !addFile(path, status) { passedOver.inFolders += 1 }
            } catch {
                files.append(InputFile(fault: error, origin: path))
            }
        }
        guard files.count > before else { throw nothing(in: path, "folder") }
    }

    /// False if it is an archive without anything to read.
    private mutating func addFile(_ path: String, _ status: stat) throws(InputError) -> Bool {
        let size = UInt64(status.st_size), stamp = FileStamp(status)
        if case .text = Format(path: path), Compression.inner(path) == path {
            // Not opened before its turn: there may be a hundred thousand of them.
            files.append(InputFile(path: path, origin: path, kind: .text, content: .file(size: size, nil, stamp)))
            return true
        }
        let descriptor: Descriptor, head: [UInt8]
        do throws(SystemError) {
            descriptor = try .open(path)
            head = try ByteSource(descriptor: descriptor, size: size).head(Self.headSize)
        } catch {
            throw error.input(path)
        }
        if Compression.isCompressed(head) || Compression.isArchive(named: path) {
            return try addExpansion(Expansion(descriptor), path, .file(path))
        }
        if Compression.inner(path) != path { try checkName(path, head) }
        let kind = try Format.kind(path, head: head, fields: fields)
        let held = openCount < Self.mostOpen ? descriptor : nil
        openCount += held == nil ? 0 : 1
        files.append(InputFile(path: path, origin: path, kind: kind, content: .file(size: size, held, stamp)))
        return true
    }

    private mutating func addStream(_ stream: Descriptor, _ path: String) throws(InputError) {
        try checkFolder()
        let head: [UInt8], size: UInt64?
        do throws(SystemError) {
            // `dedup cluster - < FILE` needs no copy, unless somebody has read the beginning.
            let status = try stream.status()
            let isWhole = status.st_mode & S_IFMT == S_IFREG && lseek(stream.raw, 0, SEEK_CUR) == 0
            size = isWhole ? UInt64(status.st_size) : nil
            if let size {
                head = try ByteSource(descriptor: stream, size: size).head(Self.headSize)
            } else {
                head = try stream.readHead(Self.headSize)
            }
        } catch {
            throw error.input(path)
        }
        if Compression.isCompressed(head) {
            let expansion = Expansion(stream, head: size == nil ? head : [])
            if try !addExpansion(expansion, path) { throw nothing(in: path, "archive") }
            return
        }
        let kind = try Format.kind(path, head: head, fields: fields)
        if let size {
            let content = InputFile.Content.extent(ByteSource(descriptor: stream, size: size))
            files.append(InputFile(path: path, origin: path, kind: kind, content: content))
        } else {
            spool(SpoolJob(path: path, source: .stream(head: head, stream)), kind, path)
        }
    }

    /// - Parameter source: where it is read again from the start; nil where that cannot be done.
    private mutating func addExpansion(
        _ expansion: Expansion, _ path: String, _ source: SpoolJob.Source? = nil
    ) throws(InputError) -> Bool {
        let first: Expansion.Entry
        do throws(Expansion.Fault) { first = try expansion.next() } catch {
            throw InputError(path: path, message: error.message)
        }
        if expansion.isArchive { return try addMembers(of: expansion, first, path) }
        if first == .end {
            files.append(InputFile(path: path, origin: path, kind: .jsonLines, content: .none))
            return true
        }
        let head = expansion.head(Self.headSize)
        if Compression.isCompressed(head) {
            throw InputError(path: path, message: "damaged or cut off, or compressed twice")
        }
        if Compression.isArchive(named: path) { try checkName(path, head) }
        let kind = try Format.kind(path, head: head, fields: fields)
        try checkFolder()
        spool(SpoolJob(path: path, source: source ?? .expansion(head: head, expansion)), kind, path)
        return true
    }

    /// Of what is called compressed or an archive and is not, all but a plain dump is damaged.
    private func checkName(_ path: String, _ head: [UInt8]) throws(InputError) {
        guard Format.isGarbage(head, fields: fields) else { return }
        throw InputError(path: path, message: "not what its name says", hint: "copy it again, or rename it")
    }

    /// Better now than after hours.
    private func checkFolder() throws(InputError) {
        let file = SpillFolder.unnamedFile(in: folder.path)
        guard file >= 0 else { throw SystemError().input(folder.path, hint: SpoolFile.hint) }
        close(file)
    }

    private mutating func spool(_ job: SpoolJob, _ kind: InputFile.Kind, _ path: String) {
        jobs.append(job)
        files.append(InputFile(path: path, origin: path, kind: kind, content: .growing(job.growth)))
    }

    /// All of an archive is read here and now: its members are not known before.
    private mutating func addMembers(
        of archive: Expansion, _ first: Expansion.Entry, _ path: String
    ) throws(InputError) -> Bool {
        let target = members ?? SpoolFile(folder)
        members = target
        var reader = ArchiveReader(archive, path, fields, target)
        let isWhole = try reader.read(first)
        files += reader.files
        passedOver.add(reader.passedOver)
        return !reader.files.isEmpty || !isWhole
    }

    private func nothing(in path: String, _ container: String) -> InputError {
        InputError(
            path: path, message: "no .jsonl, .ndjson, .json, .csv, .tsv or .txt file in this \(container)",
            hint: passedOver.refused.first.map { "there is \($0)" })
    }
}
