import CArchive
import Glibc

/// Compresses a result on its way out, as the extension of its name says.
@safe
final class Compressor {
    private let writer: OpaquePointer

    /// Nil where the name asks for no compression.
    init?(_ name: String, into target: OutputTarget) throws(SystemFailure) {
        let file = name.split(separator: "/").last ?? ""
        guard let dot = file.lastIndex(of: ".") else { return nil }
        let suffix = file[file.index(after: dot)...].lowercased()
        guard unsafe car_writer_knows(suffix) else { return nil }
        guard let writer = unsafe car_writer_create(target.descriptor, suffix) else {
            throw SystemFailure(number: ENOMEM)
        }
        unsafe self.writer = unsafe writer
    }

    deinit { unsafe car_writer_destroy(writer) }

    func write(_ bytes: UnsafeRawBufferPointer) throws(SystemFailure) {
        let number = unsafe car_writer_write(writer, bytes.baseAddress, bytes.count)
        if number != 0 { throw SystemFailure(number: number) }
    }

    func finish() throws(SystemFailure) {
        let number = unsafe car_writer_finish(writer)
        if number != 0 { throw SystemFailure(number: number) }
    }
}
