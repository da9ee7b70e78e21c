import Columns
import Glibc
import Records

/// Turns the paths of a run into files, and remembers what has to be spooled for them.
struct InputOpener {
    private(set) var files: [InputFile] = []
    private(set) var jobs: [SpoolJob] = []
    private(set) var passedOver = PassedOver()
    /// Of the files on disk, archives included.
    private(set) var identities: Set<FileIdentity> = []

    private let fields: Fields
    private let formats: Formats
    private let folder: SpillFolder
    private var openCount = 0
    /// Where the members of archives are.
    private var members: SpoolFile?

    /// Well below the usual limit of 1024 descriptors; files beyond are opened when their turn comes.
    private static let mostOpen = 256

    private let excepted: Set<FileIdentity>

    /// - Parameter excepted: files that are not read.
    init(_ fields: Fields, _ formats: Formats, _ folder: SpillFolder, except excepted: Set<FileIdentity> = []) {
        (self.fields, self.formats, self.folder, self.excepted) = (fields, formats, folder, excepted)
    }

    /// Adds a path that the user gave.
    mutating func add(_ path: String) throws(Problem) {
        if path == "-" {
            let copy = dup(STDIN_FILENO)
            guard copy >= 0 else { throw Fault.system(errno).of(path) }
            return try addStream(Descriptor(adopting: copy), path)
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            let number = errno, matches = Glob.matches(path)
            guard number == ENOENT, !matches.isEmpty else {
                throw (Glob.isPattern(path) ? Fault.noMatch(number) : .system(number)).of(path)
            }
            for match in matches { try add(match) }
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            try addFolder(path)
        case S_IFREG:
            if try !addFile(path, status) { throw nothing(in: path, "archive") }
            if let file = files.last, file.isOneDocument, unsafe access(file.origin, R_OK) != 0 {
                throw Fault.system(errno).of(path)
            }
        case S_IFIFO:
            let stream: Descriptor
            do throws(Fault) { stream = try .open(path) } catch { throw error.of(path) }
            try addStream(stream, path)
        default:
            throw Fault.device.of(path)
        }
    }

    private mutating func addFolder(_ path: String) throws(Problem) {
        let found = try Folder.files(below: path, formats)
        let before = files.count + passedOver.excepted
        passedOver.inFolders += found.ignored
        for path in found.paths {
            // What is wrong with one is kept for the report, and the others are read.
            do throws(Problem) {
                var status = stat()
                guard unsafe stat(path, &status) == 0 else { throw Fault.system(errno).of(path) }
                if try !addFile(path, status) { passedOver.inFolders += 1 }
            } catch {
                files.append(InputFile(fault: error, origin: path))
            }
        }
        files += found.misnamed.map { InputFile(fault: Fault.nameNotUTF8.of($0), origin: path) }
        guard files.count + passedOver.excepted > before else { throw nothing(in: path, "folder") }
    }

    /// False if it is an archive without anything to read.
    private mutating func addFile(_ path: String, _ status: stat) throws(Problem) -> Bool {
        guard !excepted.contains(FileIdentity(status)) else {
            passedOver.excepted += 1
            return true
        }
        identities.insert(FileIdentity(status))
        let size = UInt64(status.st_size), stamp = FileStamp(status)
        if formats.isOneDocument(named: path), Compression.inner(path) == path {
            // Not opened before its turn: there may be a hundred thousand of them.
            add(path, try format(of: path, []), .file(size: size, nil, stamp), formats.encoding.encoding([]))
            return true
        }
        let descriptor: Descriptor, head: [UInt8]
        do throws(Fault) {
            descriptor = try .open(path)
            head = try ByteSource(descriptor: descriptor, size: size).head(Formats.headSize)
        } catch {
            throw error.of(path)
        }
        if Compression.isCompressed(head) || Compression.isArchive(named: path) {
            return try addExpansion(Expansion(descriptor), path, .file(path))
        }
        if Compression.inner(path) != path { try checkName(path, head) }
        let encoding = formats.encoding.encoding(head)
        if try addConverted(path, head, encoding, { () throws(Fault) in .stream(head: [], try .open(path)) }) {
            return true
        }
        let format = try format(of: path, head)
        let held = openCount < Self.mostOpen ? descriptor : nil
        openCount += held == nil ? 0 : 1
        add(path, format, .file(size: size, held, stamp), encoding)
        return true
    }

    /// Adds what has to be converted before it can be cut into records, from its start; false where that can be done line by
    /// line.
    private mutating func addConverted(
        _ path: String, _ head: [UInt8], _ encoding: TextEncoding?,
        _ source: () throws(Fault) -> SpoolJob.Source
    ) throws(Problem) -> Bool {
        guard let encoding, let converter = TextConverter(encoding) else { return false }
        let text = unsafe head.withUnsafeBufferPointer { unsafe converter.converted($0) }
        let format = try format(of: path, text)
        guard encoding.isWide || !format.hasLines else { return false }
        try checkFolder()
        do throws(Fault) { try spool(source(), path, format, encoding) } catch { throw error.of(path) }
        return true
    }

    private mutating func addStream(_ stream: Descriptor, _ path: String) throws(Problem) {
        try checkFolder()
        let head: [UInt8], size: UInt64?, stamp: FileStamp
        do throws(Fault) {
            // `dedup cluster - < FILE` needs no copy, unless somebody has read the beginning.
            let status = try stream.status()
            stamp = FileStamp(status)
            let isWhole = status.st_mode & S_IFMT == S_IFREG && lseek(stream.raw, 0, SEEK_CUR) == 0
            size = isWhole ? UInt64(status.st_size) : nil
            if let size {
                head = try ByteSource(descriptor: stream, size: size).head(Formats.headSize)
            } else {
                head = try stream.readHead(Formats.headSize)
            }
        } catch {
            throw error.of(path)
        }
        if Compression.isCompressed(head) {
            let expansion = Expansion(stream, head: size == nil ? head : [])
            if try !addExpansion(expansion, path) { throw nothing(in: path, "archive") }
            return
        }
        let encoding = formats.encoding.encoding(head)
        let isConverted = try addConverted(path, head, encoding) { () throws(Fault) in
            .stream(head: size == nil ? head : [], stream)
        }
        if isConverted { return }
        let format = try format(of: path, head)
        if let size {
            add(path, format, .file(size: size, stream, stamp), encoding)
        } else {
            spool(.stream(head: head, stream), path, format, nil, encoding)
        }
    }

    /// - Parameter source: where it is read again from the start; nil where that cannot be done.
    private mutating func addExpansion(
        _ expansion: Expansion, _ path: String, _ source: SpoolJob.Source? = nil
    ) throws(Problem) -> Bool {
        let first: Expansion.Entry
        do throws(Fault) { first = try expansion.next() } catch { throw error.of(path) }
        if expansion.isArchive { return try addMembers(of: expansion, first, path) }
        if first == .end {
            add(path, JSONLines(), .none)
            return true
        }
        let head = expansion.head(Formats.headSize)
        if Compression.isCompressed(head) { throw Fault.damagedOrCompressedTwice.of(path) }
        if Compression.isArchive(named: path) { try checkName(path, head) }
        let encoding = formats.encoding.encoding(head)
        if try addConverted(path, head, encoding, { () throws(Fault) in source ?? .expansion(head: head, expansion) }) {
            return true
        }
        let format = try format(of: path, head)
        try checkFolder()
        spool(source ?? .expansion(head: head, expansion), path, format, nil, encoding)
        return true
    }

    private func format(of path: String, _ head: [UInt8]) throws(Problem) -> any RecordFormat {
        do throws(Fault) { return try formats.format(of: path, head: head, fields) } catch { throw error.of(path) }
    }

    /// Of what is called compressed or an archive and is not, all but a plain dump is damaged.
    private func checkName(_ path: String, _ head: [UInt8]) throws(Problem) {
        if formats.isGarbage(head, fields) { throw Fault.misnamed.of(path) }
    }

    /// Better now than after hours.
    private func checkFolder() throws(Problem) {
        let file = SpillFolder.unnamedFile(in: folder.path)
        guard file >= 0 else { throw Fault.temporaryFolder(errno).of(folder.path) }
        close(file)
    }

    /// - Parameter encoding: that it is converted from; `known`: that it stays in.
    private mutating func spool(
        _ source: SpoolJob.Source, _ path: String, _ format: any RecordFormat, _ encoding: TextEncoding? = nil,
        _ known: TextEncoding? = nil
    ) {
        let job = SpoolJob(path: path, source: source, encoding: encoding)
        jobs.append(job)
        add(path, format, .growing(job.growth), encoding ?? known, isConverted: encoding != nil)
    }

    private mutating func add(
        _ path: String, _ format: any RecordFormat, _ content: InputFile.Content, _ encoding: TextEncoding? = nil,
        isConverted: Bool = false
    ) {
        files.append(
            InputFile(
                path: path, origin: path, format: format, content: content, encoding: encoding, isConverted: isConverted
            ))
    }

    /// All of an archive is read here and now: its members are not known before.
    private mutating func addMembers(
        of archive: Expansion, _ first: Expansion.Entry, _ path: String
    ) throws(Problem) -> Bool {
        let target = members ?? SpoolFile(folder)
        members = target
        var reader = ArchiveReader(archive, path, fields, formats, target)
        let isWhole = try reader.read(first)
        files += reader.files
        passedOver.add(reader.passedOver)
        return !reader.files.isEmpty || !isWhole
    }

    private func nothing(in path: String, _ container: String) -> Problem {
        let refused = passedOver.refused.first
        return Fault.nothingToRead(container: container, extensions: formats.extensions, refused: refused).of(path)
    }
}
