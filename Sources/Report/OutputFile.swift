import Glibc

/// Why a result could not be written.
public struct OutputError: Error, CustomStringConvertible {
    public let path: String
    public let reason: String
    public var description: String { "\(path): \(reason); nothing was changed there" }
}

/// A result on its way out: to a stream, or to a file that appears under its name only when it is complete.
///
/// The file has no name until then, so that a crash or a kill leaves nothing behind; where the file system cannot do
/// that, it stands beside its final place as `NAME.part` meanwhile.
public final class OutputFile {
    private let path: String
    private var descriptor: Int32
    private var temporary: String?
    private let isNameless: Bool
    private var buffer: [UInt8] = []

    private static let bufferSize = 1 << 18

    /// - Parameter path: `-` or nil for standard output. A device or pipe is written to directly.
    public init(_ path: String?) throws(OutputError) {
        guard let path, path != "-" else {
            (self.path, descriptor, isNameless) = ("standard output", STDOUT_FILENO, false)
            return
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw OutputError(path: path, reason: "is a folder") }
            (self.path, isNameless) = (path, false)
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            if descriptor < 0 { throw Self.failure(path) }
            return
        }
        // A link keeps pointing at its target, which is what is replaced.
        self.path = Self.resolved(path)
        let nameless = open(Self.folder(of: self.path), Self.nameless | O_WRONLY | O_CLOEXEC, 0o666)
        if nameless >= 0 {
            (descriptor, isNameless) = (nameless, true)
        } else {
            temporary = self.path + ".part"
            isNameless = false
            descriptor = open(temporary!, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
            if descriptor < 0 { throw Self.failure(path) }
        }
        if access(self.path, F_OK) == 0, access(self.path, W_OK) != 0 { throw Self.failure(path) }
    }

    /// Adds bytes; writes them out when enough have come together.
    public func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts the file under its name, replacing what stood there. Without this call nothing happens to it.
    public func commit() throws(OutputError) {
        try flush()
        if isNameless {
            let part = path + ".part"
            unlink(part)
            guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, part, AT_SYMLINK_FOLLOW) == 0 else {
                throw Self.failure(path)
            }
            temporary = part
        }
        if let temporary {
            guard rename(temporary, path) == 0 else { throw Self.failure(path) }
            self.temporary = nil
        }
        guard descriptor == STDOUT_FILENO || close(descriptor) == 0 else { throw Self.failure(path) }
        descriptor = -1
    }

    deinit {
        if let temporary { unlink(temporary) }
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    private func flush() throws(OutputError) {
        var start = 0
        while start < buffer.count {
            let count = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(path) }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String) -> OutputError {
        OutputError(path: path, reason: String(cString: strerror(errno)))
    }

    // O_TMPFILE is a macro that Swift does not import.
    private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
