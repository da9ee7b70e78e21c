import Glibc

/// Where a result goes: a stream, or a file that gets its name only when it is complete.
///
/// The file has no name until then, so that a crash or a kill leaves nothing behind; where the file system cannot do
/// that, it stands beside its final place as `NAME.PID.part` meanwhile, and a janitor looks after it.
package final class OutputTarget {
    let descriptor: Int32
    /// Where the file goes; nil for a stream.
    private let path: String?
    /// What the unfinished file is called, if it has a name.
    private var temporary: String?
    private var janitor: Janitor?

    var isStream: Bool { path == nil }

    /// - Parameter name: nil for standard output. A device or pipe is written to directly.
    init(_ name: String?) throws(SystemFailure) {
        guard let name else {
            (path, descriptor) = (nil, STDOUT_FILENO)
            return
        }
        if Self.isStream(name) {
            (path, descriptor) = unsafe (nil, open(name, O_WRONLY | O_CLOEXEC))
            if descriptor < 0 { throw SystemFailure() }
            return
        }
        // A link keeps pointing at its target, which is what is replaced.
        let path = Self.resolved(name), part = Self.part(path)
        self.path = path
        let nameless = unsafe open(Self.folder(of: path), Self.nameless | O_WRONLY | O_CLOEXEC, 0o666)
        descriptor = unsafe nameless >= 0 ? nameless : open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw SystemFailure() }
        if nameless < 0 {
            temporary = part
            janitor = Janitor()
            janitor?.watch(part)
        }
        var status = stat()
        guard unsafe stat(name, &status) == 0 else { return }
        if unsafe access(path, W_OK) != 0 { throw SystemFailure() }
        fchmod(descriptor, status.st_mode & 0o7777)
    }

    /// Whether it is there and no regular file.
    static func isStream(_ name: String) -> Bool {
        var status = stat()
        return unsafe stat(name, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    deinit {
        if let temporary { unsafe unlink(temporary) }
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
        var start = 0
        while start < bytes.count {
            let count = unsafe Glibc.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SystemFailure() }
            start += count
        }
    }

    /// Makes sure that all is on the disk, which may tell only now that it is full.
    func synchronize() throws(SystemFailure) {
        if !isStream, fsync(descriptor) != 0 { throw SystemFailure() }
    }

    /// Puts the file under its name, replacing what stood there.
    func publish() throws(SystemFailure) {
        guard let path else { return }
        if let temporary {
            guard unsafe rename(temporary, path) == 0 else { throw SystemFailure() }
            self.temporary = nil
            janitor?.watch(nil)
        } else if !link(to: path) {
            guard errno == EEXIST else { throw SystemFailure() }
            try replace(path)
        }
    }

    /// A link cannot replace what is there, only a name can.
    private func replace(_ path: String) throws(SystemFailure) {
        let part = Self.part(path)
        let failure = Janitor.shared.whileWatching(part) { () -> SystemFailure? in
            guard link(to: part) else { return SystemFailure() }
            if unsafe rename(part, path) == 0 { return nil }
            defer { unsafe unlink(part) }
            return SystemFailure()
        }
        if let failure { throw failure }
    }

    private func link(to path: String) -> Bool {
        unsafe linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    }

    // O_TMPFILE is a macro that Swift does not import.
    private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

    /// The end of a chain of links, there or not.
    private static func resolved(_ path: String) -> String {
        var path = path
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        for _ in 0..<40 {
            let length = unsafe readlink(path, &target, target.count)
            guard length > 0 else { break }
            let next = String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
            path = next.hasPrefix("/") ? next : "\(folder(of: path))/\(next)"
        }
        return path
    }

    private static func part(_ path: String) -> String { "\(path).\(getpid()).part" }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// A call that failed, by the number that it left.
package struct SystemFailure: Error {
    package var number: Int32

    package init(number: Int32 = errno) { self.number = number }
}
