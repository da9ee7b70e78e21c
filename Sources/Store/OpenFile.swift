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
        var failure: StoreError?
        unsafe bytes.withUnsafeBytes { bytes in
            do throws(StoreError) { try unsafe append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let rest = bytes.count - done
            do throws(StoreError) { try faults?.step(path) } catch {
                // What a kill cuts short is there in part.
                _ = unsafe write(descriptor, bytes.baseAddress! + done, rest / 2)
                throw error
            }
            let step = unsafe write(descriptor, bytes.baseAddress! + done, rest)
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
        // What a closure throws loses its type on the way.
        var failure: StoreError?
        unsafe bytes.withUnsafeMutableBytes { bytes in
            do throws(StoreError) { try unsafe read(into: bytes, at: offset) } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Fills memory.
    func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let step = unsafe pread(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if step < 0, errno == EINTR { continue }
            if step < 0 { throw .system(path) }
            guard step > 0 else { throw StoreError(path: path, .damaged("cut short")) }
            done += step
        }
    }
}
