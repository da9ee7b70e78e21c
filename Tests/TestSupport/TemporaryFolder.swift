import Glibc

/// A folder that goes when the test is over.
public final class TemporaryFolder {
    public let path: String

    public init() {
        var template = Array("/tmp/dedup-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template)!)
    }

    deinit { Self.remove(path) }

    public var names: [String] { Self.names(in: path).sorted() }

    /// - Returns: the full path.
    @discardableResult
    public func write(_ name: String, _ bytes: some Sequence<UInt8>) -> String {
        let full = "\(path)/\(name)"
        var end = path.endIndex
        while let slash = full[full.index(after: end)...].firstIndex(of: "/") {
            mkdir(String(full[..<slash]), 0o755)
            end = slash
        }
        let file = fopen(full, "wbe")!
        let array = Array(bytes)
        fwrite(array, 1, array.count, file)
        fclose(file)
        return full
    }

    @discardableResult
    public func write(_ name: String, _ text: String) -> String { write(name, text.utf8) }

    public func read(_ name: String) -> [UInt8] { Self.read("\(path)/\(name)") ?? [] }

    /// To compare with: a failed comparison of long arrays takes ages to describe.
    public func text(_ name: String) -> String { String(decoding: read(name), as: UTF8.self) }

    public static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rbe") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
        return bytes
    }

    public static func names(in path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR { for name in names(in: path) { remove("\(path)/\(name)") } }
        Glibc.remove(path)
    }
}
