import Glibc
import Inputs

/// Which regular file a path or stream stands for, whatever its name. Terminals, pipes and devices have no identity:
/// they may be read and written at once.
struct FileIdentity: Hashable {
    private let device: dev_t
    private let inode: ino_t

    init?(path: String) {
        var status = stat()
        unsafe self.init(stat(path, &status), status)
    }

    init?(descriptor: Int32) {
        var status = stat()
        unsafe self.init(fstat(descriptor, &status), status)
    }

    private init?(_ result: Int32, _ status: stat) {
        guard result == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}

enum FileKind {
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension InputSet {
    /// - Parameter targets: nil for standard output.
    func refuseOverwriting(_ targets: [String?]) throws { try files.map(\.origin).refuseOverwriting(targets) }
}

extension [String] {
    /// Of these paths any by one of the targets, nil for standard output.
    func refuseOverwriting(_ targets: [String?]) throws {
        let targets = Set(
            targets.map { $0.map(FileIdentity.init(path:)) ?? FileIdentity(descriptor: STDOUT_FILENO) })
        for input in self {
            let source = input == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: input)
            guard source == nil || !targets.contains(source) else {
                throw Failure(.usage, "\(input) is an input: write to another file")
            }
        }
    }
}
