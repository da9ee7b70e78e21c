import Glibc
import Records

/// An open file, closed with its last owner. Reads name their offset, so that workers can share it.
final class Descriptor: Sendable {
    let raw: Int32

    init(adopting raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    static func open(_ path: String) throws(Fault) -> Descriptor {
        let raw = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard raw >= 0 else { throw .system(errno) }
        return Descriptor(adopting: raw)
    }

    func status() throws(Fault) -> stat {
        var status = stat()
        guard unsafe fstat(raw, &status) == 0 else { throw .system(errno) }
        return status
    }

    /// Reads `count` bytes, fewer only at the end of the file.
    func read(into target: UnsafeMutableRawPointer, count: Int, at offset: UInt64) throws(Fault) -> Int {
        var done = 0
        while done < count {
            let step = unsafe pread(raw, target + done, count - done, off_t(offset) + off_t(done))
            if step == 0 { break }
            if step > 0 {
                done += step
            } else if errno != EINTR {
                throw .system(errno)
            }
        }
        return done
    }

    /// Reads what a stream has next; 0 at its end.
    func readSome(into target: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
        while true {
            let count = unsafe Glibc.read(raw, target.baseAddress!, target.count)
            if count >= 0 { return count }
            if errno != EINTR { throw .system(errno) }
        }
    }

    /// The first bytes of a stream; fewer only where it ends.
    func readHead(_ count: Int) throws(Fault) -> [UInt8] {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { unsafe block.deallocate() }
        var done = 0
        while done < count, case let step = try unsafe readSome(into: .init(rebasing: block[done...])), step > 0 {
            done += step
        }
        return unsafe Array(block[..<done])
    }
}

extension Fault {
    func of(_ path: String, line: Int = 0) -> Problem { Problem(path: path, line: line, self) }
}
