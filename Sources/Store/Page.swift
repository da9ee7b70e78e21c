/// How files are cut: pages of 4096 bytes, of which the last eight are a checksum of the others. It is seeded with what
/// the page is, so that one that is whole and in the wrong place is found, too.
enum Page {
    static let size = 4096
    static let payload = size - 8

    static func seed(_ tag: UInt64, _ page: Int) -> UInt64 { tag &+ UInt64(page) &* 0x9e37_79b9_7f4a_7c15 }
}

/// What names a paged file: what there is to know before it can be read.
public struct PagedFileName: Sendable, Equatable {
    public var name: String
    /// Of the bytes that were written; pages hold more.
    public var bytes: Int
    /// Over the checksums of all pages.
    public var checksum: UInt64
    /// What the checksums of its pages are seeded with: no two files of a store have the same.
    public var tag: UInt64

    package init(name: String, bytes: Int, checksum: UInt64, tag: UInt64) {
        (self.name, self.bytes, self.checksum, self.tag) = (name, bytes, checksum, tag)
    }

    var pages: Int { (bytes + Page.payload - 1) / Page.payload }
    /// On the disk.
    public var size: Int { pages * Page.size }
}
