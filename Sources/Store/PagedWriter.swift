/// Writes a file in checked pages, from its beginning to its end.
package final class PagedWriter {
    private let file: OpenFile
    private let name: String
    private let tag: UInt64
    /// Whole pages that are not written yet, and then the payload of the last.
    private var pages: [UInt8] = []
    private var payload: [UInt8] = []
    private var pageCount = 0
    private var checksums: [UInt64] = []

    private static let blockSize = 64 * Page.size

    package init(_ folder: StoreFolder, _ name: String, tag: UInt64) throws(StoreError) {
        (self.name, self.tag) = (name, tag)
        file = try folder.create(name)
        payload.reserveCapacity(Page.payload)
    }

    /// Bytes so far.
    package var count: Int { pageCount * Page.payload + payload.count }

    package func append(_ bytes: some Collection<UInt8>) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Page.payload - payload.count)
            payload.append(contentsOf: part)
            rest = rest[part.endIndex...]
            if payload.count == Page.payload { try closePage() }
        }
    }

    /// The values as they lie in memory, little-endian.
    package func append<Value: BitwiseCopyable>(values: [Value]) throws(StoreError) {
        let bytes = unsafe values.withUnsafeBytes { unsafe Array($0) }
        try append(bytes)
    }

    /// Fills the page up with zeros, so that what follows begins a page.
    package func align() throws(StoreError) {
        if !payload.isEmpty { try append(repeatElement(0, count: Page.payload - payload.count)) }
    }

    private func closePage() throws(StoreError) {
        let sum = checksum(payload, seed: Page.seed(tag, pageCount))
        checksums.append(sum)
        pages += payload
        unsafe withUnsafeBytes(of: sum.littleEndian) { unsafe pages.append(contentsOf: $0) }
        payload.removeAll(keepingCapacity: true)
        pageCount += 1
        if pages.count >= Self.blockSize { try flush() }
    }

    private func flush() throws(StoreError) {
        try file.append(pages)
        pages.removeAll(keepingCapacity: true)
    }

    /// Puts all on the disk.
    package func finish() throws(StoreError) -> PagedFileName {
        let bytes = count
        try align()
        try flush()
        try file.synchronize()
        let root = unsafe checksums.withUnsafeBytes { unsafe checksum($0, seed: tag) }
        return PagedFileName(name: name, bytes: bytes, checksum: root, tag: tag)
    }
}
