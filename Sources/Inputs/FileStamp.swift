import Glibc
public import Records

/// By which a change of a file is noticed.
struct FileStamp: Equatable, Sendable {
    private let size: off_t
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
        size = status.st_size
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// Whether more than an end was added since.
    func isOverwritten(by later: FileStamp) -> Bool { later.size < size || later.size == size && later != self }
}

extension InputSet {
    /// What is appended to a file is not read, and changes nothing; of one that is gone what was open is still there, and
    /// what was not has been told.
    public var changes: [Problem] { files.filter(\.isOverwritten).map { Fault.changed.of($0.path) } }
}

extension InputFile {
    fileprivate var isOverwritten: Bool {
        guard case .file(_, let descriptor, let stamp) = content else { return false }
        var status = stat()
        let failed = unsafe descriptor.map { unsafe fstat($0.raw, &status) } ?? stat(path, &status)
        return failed == 0 && stamp.isOverwritten(by: FileStamp(status))
    }
}
