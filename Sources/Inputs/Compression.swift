/// How compressed files and archives are told: by their first bytes; by their names only where nothing is opened yet.
package enum Compression {
    private static let magic: [[UInt8]] = [
        [0x1F, 0x8B],  // gzip
        [0x28, 0xB5, 0x2F, 0xFD],  // Zstandard
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
        [0x42, 0x5A, 0x68],  // bzip2
        [0x04, 0x22, 0x4D, 0x18],  // LZ4
        [0x50, 0x4B, 0x03, 0x04],  // zip
        [0x50, 0x4B, 0x05, 0x06],  // an empty zip
    ]

    /// What of a name says how a file is compressed.
    private static let suffixes: Set = ["gz", "zst", "xz", "bz2", "lz4"]
    private static let archives: Set = ["zip", "tar", "tgz", "tzst", "txz", "tbz2", "tlz4"]

    /// Zstandard also has frames to be skipped in front, of sixteen numbers.
    static func isCompressed(_ head: [UInt8]) -> Bool {
        let isSkippable = head.count >= 4 && head[0] & 0xF0 == 0x50 && head[1...3] == [0x2A, 0x4D, 0x18]
        let isTar = head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
        return isSkippable || isTar || magic.contains { head.starts(with: $0) }
    }

    /// The name without what says how it is compressed: `news.csv` of `news.csv.gz`.
    package static func inner(_ path: String) -> String {
        let suffix = PathName.fileExtension(path)
        return suffixes.contains(suffix) ? String(path.dropLast(suffix.utf8.count + 1)) : path
    }

    static func isArchive(named path: String) -> Bool { archives.contains(PathName.fileExtension(inner(path))) }
}
