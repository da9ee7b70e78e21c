import Glibc

/// Why a result could not be written.
public struct OutputError: Error, CustomStringConvertible {
    public let path: String
    public let reason: String
    /// Whether what stood there before stands there still.
    public let isUntouched: Bool
    public var description: String { "\(path): \(reason)\(isUntouched ? "; nothing was changed there" : "")" }
}

/// A result on its way out: to a stream, or to a file that appears under its name only when it is complete.
///
/// The file has no name until then, so that a crash or a kill leaves nothing behind; where the file system cannot do
/// that, it stands beside its final place as `NAME.PID.part` meanwhile.
public final class OutputFile {
    /// As the user calls it.
    private let name: String
    /// Where the file goes; nil for a stream.
    private let path: String?
    private var descriptor: Int32
    /// What the unfinished file is called, if it has a name.
    private var temporary: String?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    private var used = 0
    /// Whether nothing was written yet, or a line feed last.
    public private(set) var endsLine = true

    /// - Parameter name: nil for standard output. A device or pipe is written to directly.
    public init(_ name: String?) throws(OutputError) {
        self.name = name ?? "standard output"
        guard let name else {
            (path, descriptor) = (nil, STDOUT_FILENO)
            return
        }
        var status = stat()
        let exists = stat(name, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            (path, descriptor) = (nil, open(name, O_WRONLY | O_CLOEXEC))
            if descriptor < 0 { throw failure() }
            return
        }
        // A link keeps pointing at its target, which is what is replaced.
        let path = Self.resolved(name)
        self.path = path
        descriptor = open(Self.folder(of: path), Self.nameless | O_WRONLY | O_CLOEXEC, 0o666)
        if descriptor < 0 {
            let part = Self.part(path)
            descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor < 0 { throw failure() }
            temporary = part
        }
        guard exists else { return }
        if access(path, W_OK) != 0 { throw failure() }
        fchmod(descriptor, status.st_mode & 0o7777)
    }

    /// Adds bytes; writes them out when enough have come together.
    public func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        // A closure that throws its error to here makes the optimiser of Swift 6.3 release the bytes too early.
        let outcome = bytes.withContiguousStorageIfAvailable { bytes in attempt(UnsafeRawBufferPointer(bytes)) }
        if let failure = outcome ?? Array(bytes).withUnsafeBytes(attempt) { throw failure }
    }

    private func attempt(_ bytes: UnsafeRawBufferPointer) -> OutputError? {
        do throws(OutputError) {
            try write(bytes)
            return nil
        } catch {
            return error
        }
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(buffer.count - used)
            UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: .init(rebasing: part))
            try advance(part.count)
            rest = rest[part.endIndex...]
        }
    }

    /// Adds `count` bytes that `fill` puts where they are written from, some at a time.
    public func write(
        count: UInt64, _ fill: (_ target: UnsafeMutableRawBufferPointer, _ done: UInt64) throws -> Void
    ) throws {
        var done: UInt64 = 0
        while done < count {
            let part = Int(min(count - done, UInt64(buffer.count - used)))
            try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + part]), done)
            try advance(part)
            done += UInt64(part)
        }
    }

    private func advance(_ count: Int) throws(OutputError) {
        guard count > 0 else { return }
        used += count
        endsLine = buffer[used - 1] == UInt8(ascii: "\n")
        if used == buffer.count { try flush() }
    }

    /// Puts the file under its name, replacing what stood there. Without this call nothing happens to it.
    public func commit() throws(OutputError) {
        try flush()
        guard let path else { return }
        // A disk may tell only now that it is full, and after the rename it would be too late.
        if fsync(descriptor) != 0 { throw failure() }
        if temporary == nil {
            let part = Self.part(path)
            guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, part, AT_SYMLINK_FOLLOW) == 0 else {
                throw failure()
            }
            temporary = part
        }
        guard rename(temporary!, path) == 0 else { throw failure() }
        temporary = nil
    }

    deinit {
        if let temporary { unlink(temporary) }
        if descriptor > STDERR_FILENO { close(descriptor) }
        buffer.deallocate()
    }

    private func flush() throws(OutputError) {
        var start = 0
        while start < used {
            let count = Glibc.write(descriptor, buffer.baseAddress! + start, used - start)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            start += count
        }
        used = 0
    }

    private func failure() -> OutputError {
        OutputError(path: name, reason: String(cString: strerror(errno)), isUntouched: path != nil)
    }

    // O_TMPFILE is a macro that Swift does not import.
    private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

    /// The end of a chain of links, there or not.
    private static func resolved(_ path: String) -> String {
        var path = path
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        for _ in 0..<40 {
            let length = readlink(path, &target, target.count)
            guard length > 0 else { break }
            let next = String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = next.hasPrefix("/") ? next : "\(folder(of: path))/\(next)"
        }
        return path
    }

    private static func part(_ path: String) -> String { "\(path).\(getpid()).part" }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
