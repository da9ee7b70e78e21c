import Glibc
public import Records

/// An open file, closed with its last owner. Reads name their offset, so that workers can share it.
final class Descriptor: Sendable {
    let raw: Int32

    init(adopting raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    static func open(_ path: String) throws(SystemError) -> Descriptor {
        let raw = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard raw >= 0 else { throw SystemError() }
        return Descriptor(adopting: raw)
    }

    func status() throws(SystemError) -> stat {
        var status = stat()
        guard fstat(raw, &status) == 0 else { throw SystemError() }
        return status
    }

    /// Reads `count` bytes, fewer only at the end of the file.
    func read(into target: UnsafeMutableRawPointer, count: Int, at offset: UInt64) throws(SystemError) -> Int {
        var done = 0
        while done < count {
            let step = pread(raw, target + done, count - done, off_t(offset) + off_t(done))
            if step == 0 { break }
            if step > 0 {
                done += step
            } else if errno != EINTR {
                throw SystemError()
            }
        }
        return done
    }

    /// Reads what a stream has next; 0 at its end.
    func readSome(into target: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            let count = Glibc.read(raw, target.baseAddress!, target.count)
            if count >= 0 { return count }
            if errno != EINTR { throw SystemError() }
        }
    }

    /// The first bytes of a stream; fewer only where it ends.
    func readHead(_ count: Int) throws(SystemError) -> [UInt8] {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { block.deallocate() }
        var done = 0
        while done < count, case let step = try readSome(into: .init(rebasing: block[done...])), step > 0 {
            done += step
        }
        return Array(block[..<done])
    }
}

/// What the operating system said.
struct SystemError: Error {
    let number: Int32

    init(number: Int32 = errno) { self.number = number }

    /// The file was longer when it was first looked at.
    static let becameShorter = SystemError(number: 0)
    static let changed = SystemError(number: -1)

    var message: String {
        switch number {
        case 0: return "became shorter while it was being read"
        case -1: return "changed while it was being read"
        case ENOENT: return "no such file"
        case EACCES, EPERM: return "permission denied"
        default: return String(cString: strerror(number))
        }
    }

    func input(_ path: String, hint: String? = nil) -> InputError {
        InputError(path: path, message: message, hint: hint)
    }
}
