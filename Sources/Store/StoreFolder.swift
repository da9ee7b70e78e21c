import Glibc

/// A folder of files that never change once they have their place, and of one that names them and is replaced by rename:
/// a kill at any moment leaves what that one named before or what it names after.
public final class StoreFolder: Sendable {
    public let path: String
    let faults: Faults?

    public init(_ path: String, faults: Faults? = nil) { (self.path, self.faults) = (path, faults) }

    public func path(of name: String) -> String { "\(path)/\(name)" }

    /// Makes the folder; one that is there must be empty.
    ///
    /// - Parameter leftovers: what may lie there of somebody who was killed at this.
    package func create(leftovers: Set<String> = []) throws(StoreError) {
        try faults?.step(path)
        if unsafe mkdir(path, 0o777) != 0 {
            guard errno == EEXIST, isFolder else { throw .system(path) }
            guard leftovers.isSuperset(of: try names()) else { throw StoreError(path: path, .system(ENOTEMPTY)) }
        }
        // The folder has its own name on the disk before anything in it counts.
        try Self.synchronize(folder: Self.parent(of: path), faults)
    }

    private var isFolder: Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String {
        let path = path.last == "/" ? String(path.dropLast()) : path
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Of what is in it, in no order that is told.
    public func names() throws(StoreError) -> [String] {
        guard let stream = unsafe opendir(path) else { throw .system(path) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// All bytes of a small file.
    ///
    /// - Parameter limit: longer ones are damaged.
    public func read(_ name: String, limit: Int = 1 << 28) throws(StoreError) -> [UInt8] {
        let file = try OpenFile(path(of: name), O_RDONLY)
        let size = try file.size()
        guard size <= limit else { throw StoreError(path: path(of: name), .damaged("\(size) bytes are too many")) }
        return try file.read(size, at: 0)
    }

    /// Writes a whole file that gets no name but this one; it must not be there.
    package func write(_ name: String, _ bytes: [UInt8]) throws(StoreError) {
        let file = try create(name)
        try file.append(bytes)
        try file.synchronize()
    }

    func create(_ name: String) throws(StoreError) -> OpenFile {
        try faults?.step(path(of: name))
        return try OpenFile(path(of: name), O_RDWR | O_CREAT | O_TRUNC, faults)
    }

    /// Puts bytes under a name in one step. All that was written before is on the disk by then.
    package func replace(_ name: String, with bytes: [UInt8]) throws(StoreError) {
        let part = "\(name).part"
        try write(part, bytes)
        try synchronize()
        try faults?.step(path(of: name))
        guard unsafe rename(path(of: part), path(of: name)) == 0 else { throw .system(path(of: name)) }
        try synchronize()
    }

    package func remove(_ name: String) throws(StoreError) {
        try faults?.step(path(of: name))
        if unsafe unlink(path(of: name)) != 0, errno != ENOENT { throw .system(path(of: name)) }
    }

    /// Makes sure that names are on the disk.
    func synchronize() throws(StoreError) { try Self.synchronize(folder: path, faults) }

    private static func synchronize(folder: String, _ faults: Faults?) throws(StoreError) {
        try OpenFile(folder, O_RDONLY | O_DIRECTORY, faults).synchronize()
    }

    /// Held by one writer at a time, and gone with its process.
    ///
    /// - Parameter waits: whether to wait for another writer; else that is an error.
    public func lock(waits: Bool = false) throws(StoreError) -> StoreLock {
        let file = try OpenFile(path(of: "lock"), O_RDWR | O_CREAT)
        while flock(file.descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
            if errno == EINTR { continue }
            throw errno == EWOULDBLOCK ? StoreError(path: path, .locked) : .system(path(of: "lock"))
        }
        return StoreLock(file)
    }
}

/// Released with its last owner.
public final class StoreLock: Sendable {
    private let file: OpenFile
    init(_ file: OpenFile) { self.file = file }
}
