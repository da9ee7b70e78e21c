import Glibc
import Synchronization

/// Why what does not fit in memory could not be kept in temporary files.
public struct SpillError: Error, CustomStringConvertible {
    public let folder: String
    public let reason: String
    /// Whether it had been written, and the disk does not give it back.
    let isLost: Bool

    public var description: String {
        "\(folder): temporary files could not be \(isLost ? "read back" : "written"): \(reason)"
    }
}

/// Where temporary files go. They have no names, so that nothing stays behind even after a crash.
///
/// A write that fails is remembered, not thrown: workers go on, what they write is lost, and whoever started them asks
/// for `failure` before anything is read back. Nothing can go on without what was written and cannot be read.
public final class SpillFolder: Sendable {
    public let path: String
    private let firstFailure = Mutex<SpillError?>(nil)
    private let whenLost: @Sendable (SpillError) -> Never

    /// - Parameters:
    ///   - path: `TMPDIR` or `/tmp` by default.
    ///   - whenLost: ends the process, on any thread, where the disk does not give back what was written: by a trap if
    ///     nothing is said.
    public init(_ path: String? = nil, whenLost: @escaping @Sendable (SpillError) -> Never = { fatalError("\($0)") }) {
        self.path = path ?? Self.standardPath
        self.whenLost = whenLost
    }

    /// The same place, where nothing has failed yet.
    public func another() -> SpillFolder { SpillFolder(path, whenLost: whenLost) }

    public var failure: SpillError? { firstFailure.withLock { $0 } }

    public static var standardPath: String {
        guard let value = unsafe getenv("TMPDIR"), unsafe value.pointee != 0 else { return "/tmp" }
        return unsafe String(cString: value)
    }

    /// Remembers an `errno`; the first counts.
    public func fail(_ number: Int32) {
        let error = error(number, isLost: false)
        firstFailure.withLock { $0 = $0 ?? error }
    }

    fileprivate func lose(_ number: Int32) -> Never { whenLost(error(number, isLost: true)) }

    private func error(_ number: Int32, isLost: Bool) -> SpillError {
        unsafe SpillError(folder: path, reason: String(cString: strerror(number)), isLost: isLost)
    }

    /// Fails where less than a gigabyte, or a twentieth of the disk, is left for everybody else.
    public func keepRoom() {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return }
        let size = UInt64(status.f_frsize)
        if UInt64(status.f_bavail) * size < min(1 << 30, UInt64(status.f_blocks) * size / 20) { fail(ENOSPC) }
    }

    /// A descriptor; negative where there is none, and the failure remembered.
    public func open() -> Int32 {
        let file = Self.unnamedFile(in: path)
        if file < 0 { fail(errno) }
        return file
    }

    /// A new file without a name, open to read and write: its descriptor, or negative and `errno`.
    public static func unnamedFile(in path: String) -> Int32 {
        // O_TMPFILE is a macro that Swift does not import; it includes O_DIRECTORY.
        let unnamed = unsafe Glibc.open(path, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
        if unnamed >= 0 { return unnamed }
        // Not every file system has it.
        var template = Array("\(path)/dedup-XXXXXX".utf8CString)
        let named = unsafe mkstemp(&template)
        guard named >= 0 else { return named }
        _ = fcntl(named, F_SETFD, FD_CLOEXEC)
        unsafe unlink(template)
        return named
    }
}

/// A temporary file, gone with its last owner. Reads and writes name their offset, so that workers can share it.
///
/// It is read, not mapped: mapped pages count as memory of the process.
@usableFromInline
final class SpillFile: Sendable {
    private let folder: SpillFolder
    private let descriptor: Int32

    init(in folder: SpillFolder) {
        self.folder = folder
        descriptor = folder.open()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        var done = 0
        while done < bytes.count, folder.failure == nil {
            let step = unsafe pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if step < 0, errno != EINTR { folder.fail(errno) }
            done += max(0, step)
        }
    }

    /// Fills `target` with what has been written before, or with zeros where that failed.
    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) {
        var done = 0
        while done < target.count {
            let step = unsafe pread(descriptor, target.baseAddress! + done, target.count - done, off_t(offset + done))
            if step < 0, errno == EINTR { continue }
            // What was written is there, or a write has failed and the run is about to end, or the disk is broken.
            if step <= 0, folder.failure != nil {
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...]).initializeMemory(
                    as: UInt8.self, repeating: 0)
                return
            }
            if step <= 0 { folder.lose(step == 0 ? EIO : errno) }
            done += step
        }
    }
}
