import Glibc

/// A descriptor, closed with its last owner. Reads name their offset, so that workers can share it.
final class OpenFile: Sendable {
    let path: String
    let descriptor: Int32
    private let faults: Faults?

    init(_ path: String, _ flags: Int32, _ faults: Faults? = nil) throws(StoreError) {
        (self.path, self.faults) = (path, faults)
        descriptor = unsafe open(path, flags | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw .system(path) }
    }

    deinit { close(descriptor) }

    func size() throws(StoreError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError(path: path, .damaged("not a file")) }
        return Int(status.st_size)
    }

    func append(_ bytes: [UInt8]) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            var end = bytes.count
            do throws(StoreError) { try faults?.step(path) } catch {
                // What a kill cuts short is there in part.
                end = done + (bytes.count - done) / 2
                unsafe bytes.withUnsafeBytes { _ = unsafe write(descriptor, $0.baseAddress! + done, end - done) }
                throw error
            }
            let step = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress! + done, end - done) }
            if step < 0, errno == EINTR { continue }
            guard step > 0 else { throw .system(path) }
            done += step
        }
    }

    func synchronize() throws(StoreError) {
        try faults?.step(path)
        guard fsync(descriptor) == 0 else { throw .system(path) }
    }

    func read(_ count: Int, at offset: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try read(into: &bytes, count: count, at: offset)
        return bytes
    }

    /// Fills the first bytes of an array that is long enough.
    func read(into bytes: inout [UInt8], count: Int, at offset: Int) throws(StoreError) {
        precondition(count <= bytes.count)
        var done = 0
        while done < count {
            let step = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress! + done, count - done, off_t(offset + done))
            }
            if step < 0, errno == EINTR { continue }
            if step < 0 { throw .system(path) }
            guard step > 0 else { throw StoreError(path: path, .damaged("cut short")) }
            done += step
        }
    }
}
