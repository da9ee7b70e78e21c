import Glibc

/// Which regular file a path or stream stands for, whatever its name. Terminals, pipes and devices have no identity:
/// they may be read and written at once.
package struct FileIdentity: Hashable {
    private let device: dev_t
    private let inode: ino_t

    package init?(path: String) {
        var status = stat()
        unsafe self.init(stat(path, &status), status)
    }

    package init?(descriptor: Int32) {
        var status = stat()
        unsafe self.init(fstat(descriptor, &status), status)
    }

    private init?(_ result: Int32, _ status: stat) {
        guard result == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        (device, inode) = (status.st_dev, status.st_ino)
    }
}
