public import Records

/// A file that is one text, whatever its name.
public enum PlainFile {
    /// As UTF-8, of whatever encoding its bytes tell; its broken characters replaced.
    public static func text(_ path: String) throws(Problem) -> String {
        do throws(Fault) {
            let descriptor = try Descriptor.open(path), size = UInt64(try descriptor.status().st_size)
            var bytes: [UInt8] = []
            try unsafe ByteSource(descriptor: descriptor, size: size).forEachBlock(from: 0) {
                unsafe bytes.append(contentsOf: $0)
                return true
            }
            if let encoding = Formats.standard.encoding.encoding(bytes), let converter = TextConverter(encoding) {
                bytes = unsafe bytes.withUnsafeBufferPointer { unsafe converter.converted($0) }
            }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            throw error.of(path)
        }
    }
}
