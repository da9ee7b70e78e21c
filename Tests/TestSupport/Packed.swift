import CTestArchive
import Glibc

/// The compressions that are read, by libarchive's names, and the extension of each.
public let compressions = [
    (filter: "gzip", name: "gz"), (filter: "zstd", name: "zst"), (filter: "xz", name: "xz"),
    (filter: "bzip2", name: "bz2"),
    (filter: "lz4", name: "lz4"),
]

public func compressed(_ bytes: [UInt8], _ filter: String) -> [UInt8] {
    packed([Member("data", bytes)], format: "raw", filter: filter)
}

/// Of an archive for tests.
public struct Member: Sendable {
    public enum Kind: Character, Sendable, CaseIterable {
        case file = "f", folder = "d", link = "l", hardLink = "h", device = "c"
    }

    public var name: String
    public var kind: Kind
    public var bytes: [UInt8]

    public init(_ name: String, _ bytes: some Sequence<UInt8> = [], kind: Kind = .file) {
        (self.name, self.kind, self.bytes) = (name, kind, Array(bytes))
    }
}

public func packed(
    _ members: [Member], format: String, filter: String = "none", password: String? = nil
) -> [UInt8] {
    var held: [UnsafeMutableBufferPointer<UInt8>] = []
    defer { held.forEach { $0.deallocate() } }
    func hold(_ bytes: [UInt8]) -> UnsafeMutableBufferPointer<UInt8> {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = copy.initialize(from: bytes)
        held.append(copy)
        return copy
    }
    let list = members.map { member in
        let name = UnsafeRawPointer(hold(Array(member.name.utf8) + [0]).baseAddress!).assumingMemoryBound(
            to: CChar.self)
        return cta_member(
            name: name, kind: CChar(member.kind.rawValue.asciiValue!), bytes: hold(member.bytes).baseAddress,
            count: member.bytes.count)
    }
    var size = 0
    guard let bytes = cta_pack(format, filter, password, list, list.count, &size) else {
        fatalError("cannot pack \(format) \(filter)")
    }
    defer { free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: size))
}
