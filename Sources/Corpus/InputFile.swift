import Glibc

/// One file of documents.
public struct InputFile: Sendable {
    public enum Kind: Sendable { case jsonLines, text }

    /// As the user gave it, or below the folder that the user gave; `-` for standard input.
    public let path: String
    public let kind: Kind
    /// As it was when first looked at; what is appended later is not read.
    public let byteCount: UInt64

    /// Held open for streams, which have no other way back, and for as many files as is polite.
    let descriptor: Descriptor?
    /// A file found in a folder that turned out to be unreadable.
    let fault: InputError?
    /// Nil for what was copied and cannot change.
    var stamp: FileStamp?
}

extension InputFile {
    /// Looks at a path that the user gave and that is no folder.
    static func named(_ path: String, keepOpen: Bool, temporaryDirectory: String) throws(InputError) -> InputFile {
        if path == "-" {
            let copy = dup(STDIN_FILENO)
            guard copy >= 0 else { throw SystemError().input(path) }
            return try stream(Descriptor(adopting: copy), path: path, temporaryDirectory: temporaryDirectory)
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemError().input(path) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            break
        case S_IFIFO:
            let descriptor: Descriptor
            do throws(SystemError) { descriptor = try .open(path) } catch { throw error.input(path) }
            return try stream(descriptor, path: path, temporaryDirectory: temporaryDirectory)
        default:
            throw InputError(
                path: path, message: "a device or socket, not a file", hint: "pipe its output into dedup cluster -")
        }
        let file = try regular(path, status: status, keepOpen: keepOpen)
        if file.kind == .text, access(path, R_OK) != 0 { throw SystemError().input(path) }
        return file
    }

    /// A file found in a folder: what is wrong with it is kept for the report, and the others are read.
    static func found(_ path: String, keepOpen: Bool) -> InputFile {
        do throws(InputError) {
            var status = stat()
            guard stat(path, &status) == 0 else { throw SystemError().input(path) }
            return try regular(path, status: status, keepOpen: keepOpen)
        } catch {
            return InputFile(path: path, kind: .jsonLines, byteCount: 0, descriptor: nil, fault: error)
        }
    }

    private static func regular(_ path: String, status: stat, keepOpen: Bool) throws(InputError) -> InputFile {
        let size = UInt64(status.st_size)
        switch Format(path: path) {
        case .text:
            // Not opened before its turn: there may be a hundred thousand of them.
            return InputFile(
                path: path, kind: .text, byteCount: size, descriptor: nil, fault: nil, stamp: FileStamp(status))
        case .foreign(let name, let hint):
            throw InputError(path: path, message: "\(name) is not read directly", hint: hint)
        case .jsonLines, nil:
            let descriptor: Descriptor
            do throws(SystemError) { descriptor = try .open(path) } catch { throw error.input(path) }
            try check(descriptor, path: path)
            return InputFile(
                path: path, kind: .jsonLines, byteCount: size, descriptor: keepOpen ? descriptor : nil, fault: nil,
                stamp: FileStamp(status))
        }
    }

    private static func stream(
        _ descriptor: Descriptor, path: String, temporaryDirectory: String
    ) throws(InputError) -> InputFile {
        // `dedup cluster - < FILE` needs no copy, unless somebody has read the beginning.
        let isWhole = try size(descriptor, path: path) != nil && lseek(descriptor.raw, 0, SEEK_CUR) == 0
        let file = isWhole ? descriptor : try Spool.copy(descriptor, named: path, directory: temporaryDirectory)
        try check(file, path: path)
        let byteCount = try size(file, path: path) ?? 0
        return InputFile(path: path, kind: .jsonLines, byteCount: byteCount, descriptor: file, fault: nil)
    }

    /// Nil if it is not a regular file.
    private static func size(_ file: Descriptor, path: String) throws(InputError) -> UInt64? {
        do throws(SystemError) {
            let status = try file.status()
            return status.st_mode & S_IFMT == S_IFREG ? UInt64(status.st_size) : nil
        } catch {
            throw error.input(path)
        }
    }

    /// Refuses what is plainly not JSON Lines by its first bytes.
    private static func check(_ file: Descriptor, path: String) throws(InputError) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
        defer { block.deallocate() }
        let head: [UInt8]
        do throws(SystemError) {
            head = Array(block.prefix(try file.read(into: block.baseAddress!, count: block.count, at: 0)))
        } catch {
            throw error.input(path)
        }
        if case .foreign(let name, let hint) = Format(magic: head, path: path) {
            throw InputError(path: path, message: "\(name) is not read directly", hint: hint)
        }
        if let fault = Format.layoutFault(head: head, path: path) { throw fault }
    }
}
