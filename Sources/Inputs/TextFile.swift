import Glibc
public import Records

/// The bytes of a file that is one text, whatever its name; nothing is repaired, so that places in it stay true.
public enum TextFile {
    /// - Parameter path: a file, a named pipe, or `-` for standard input; less than 1 GB.
    public static func read(_ path: String) throws(Problem) -> [UInt8] {
        let descriptor: Int32 = unsafe path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault.system(errno).of(path) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        let block = 1 << 18
        while true {
            let start = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: block))
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress! + start, block)
            }
            let fault = errno
            bytes.removeLast(block - max(0, count))
            if count == 0 { break }
            if count < 0 {
                if fault == EINTR { continue }
                throw (fault == EISDIR ? Fault.notOneFile : .system(fault)).of(path)
            }
            guard bytes.count < 1 << 30 else { throw Fault.textTooLong.of(path) }
        }
        if let foreign = ForeignFormat(head: bytes), !foreign.isText { throw Fault.notText(foreign).of(path) }
        return bytes
    }

    /// Whether a path is named like a dump of many texts.
    public static func isDump(_ path: String) -> Bool {
        let format = Formats.standard.format(named: path)
        return format.map { !$0.isOneDocument } ?? Compression.isArchive(named: path)
    }
}
