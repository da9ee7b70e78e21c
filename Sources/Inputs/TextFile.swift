import Glibc
public import Records

/// The bytes of a file that is one text, whatever its name; nothing is repaired, so that places in it stay true.
public enum TextFile {
    /// - Parameter path: a file, a named pipe, or `-` for standard input; less than 1 GB.
    public static func read(_ path: String) throws(InputError) -> [UInt8] {
        let descriptor: Int32 = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError().input(path) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        let block = 1 << 18
        while true {
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: block))
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + start, block) }
            let fault = errno
            bytes.removeLast(block - max(0, count))
            if count == 0 { break }
            if count < 0 {
                if fault == EINTR { continue }
                throw SystemError(number: fault).input(path, hint: fault == EISDIR ? "name one file in it" : nil)
            }
            guard bytes.count < 1 << 30 else { throw InputError(path: path, message: "too long to be one text") }
        }
        if case .foreign(let name, _) = Format(magic: bytes.prefix(64), path: path) {
            throw InputError(path: path, message: "\(name), not UTF-8 text", hint: "convert it first")
        }
        return bytes
    }

    /// Whether a path is named like a dump of many texts.
    public static func isDump(_ path: String) -> Bool {
        switch Format(path: path) {
        case .jsonLines, .table: true
        case .text, .foreign, nil: Compression.isArchive(named: path)
        }
    }
}
