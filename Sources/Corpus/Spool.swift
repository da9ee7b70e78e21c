import Glibc
import Spill

/// Copies what can be read only once into a file without a name, so that records can be read again
/// and nothing stays behind even after a crash.
enum Spool {
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
        let file = SpillFolder.unnamedFile(in: directory)
        guard file >= 0 else { throw SystemError() }
        return Descriptor(adopting: file)
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
