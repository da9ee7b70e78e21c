import Glibc

/// Copies what can be read only once into a file without a name, so that records can be read again
/// and nothing stays behind even after a crash.
enum Spool {
    /// `TMPDIR`, or else `/tmp`.
    static var standardDirectory: String {
        guard let value = getenv("TMPDIR"), value.pointee != 0 else { return "/tmp" }
        return String(cString: value)
    }

    static func copy(_ stream: Descriptor, named path: String, directory: String) throws(InputError) -> Descriptor {
        let hint = "set TMPDIR to a folder with room for the whole input"
        let spool: Descriptor
        do throws(SystemError) {
            spool = try unnamedFile(in: directory)
        } catch {
            throw error.input(directory, hint: hint)
        }
        let size = 1 << 18
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        defer { block.deallocate() }
        while true {
            let count = read(stream.raw, block, size)
            if count == 0 { return spool }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SystemError().input(path) }
            do throws(SystemError) {
                try write(block, count: count, to: spool)
            } catch {
                throw InputError(
                    path: path, message: "could not be copied to \(directory): \(error.message)", hint: hint)
            }
        }
    }

    private static func unnamedFile(in directory: String) throws(SystemError) -> Descriptor {
        // O_TMPFILE is a macro that Swift does not import; it includes O_DIRECTORY.
        let unnamed = open(directory, 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
        if unnamed >= 0 { return Descriptor(adopting: unnamed) }
        // Not every file system has it.
        var template = Array("\(directory)/dedup-XXXXXX".utf8CString)
        let named = mkstemp(&template)
        guard named >= 0 else { throw SystemError() }
        _ = fcntl(named, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return Descriptor(adopting: named)
    }

    private static func write(_ block: UnsafeMutableRawPointer, count: Int, to file: Descriptor) throws(SystemError) {
        var done = 0
        while done < count {
            let step = Glibc.write(file.raw, block + done, count - done)
            if step < 0, errno != EINTR { throw SystemError() }
            done += max(0, step)
        }
    }
}
