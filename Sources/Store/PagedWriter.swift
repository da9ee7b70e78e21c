/// Writes a file in checked pages, from its beginning to its end.
@safe package final class PagedWriter {
    private let file: OpenFile
    private let name: String
    private let tag: UInt64
    /// Whole pages that are not written yet, and then the one that is being filled.
    private let memory = PageMemory(PagedWriter.blockSize)
    private var held = 0
    /// Bytes of the payload of the page that is being filled.
    private var used = 0
    private var checksums: [UInt64] = []

    private static let blockSize = 64

    package init(_ folder: StoreFolder, _ name: String, tag: UInt64) throws(StoreError) {
        (self.name, self.tag) = (name, tag)
        file = try folder.create(name)
    }

    /// Bytes so far.
    package var count: Int { checksums.count * Page.payload + used }

    package func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let part = min(bytes.count - done, Page.payload - used)
            unsafe (memory.raw.baseAddress! + held * Page.size + used).copyMemory(
                from: bytes.baseAddress! + done, byteCount: part)
            used += part
            done += part
            if used == Page.payload { try closePage() }
        }
    }

    package func append(_ bytes: ArraySlice<UInt8>) throws(StoreError) { try append(values: bytes) }
    package func append(_ bytes: [UInt8]) throws(StoreError) { try append(values: bytes[...]) }

    /// The values as they lie in memory, little-endian.
    package func append<Value: BitwiseCopyable>(values: [Value]) throws(StoreError) { try append(values: values[...]) }

    package func append<Value: BitwiseCopyable>(values: ArraySlice<Value>) throws(StoreError) {
        var failure: StoreError?
        unsafe values.withUnsafeBytes { bytes in
            do throws(StoreError) { try unsafe append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Fills the page up with zeros, so that what follows begins a page.
    package func align() throws(StoreError) {
        guard used > 0 else { return }
        let start = held * Page.size + used
        unsafe (memory.raw.baseAddress! + start).initializeMemory(
            as: UInt8.self, repeating: 0, count: Page.payload - used)
        try closePage()
    }

    private func closePage() throws(StoreError) {
        let start = held * Page.size
        let payload = unsafe UnsafeRawBufferPointer(rebasing: memory.raw[start...].prefix(Page.payload))
        let sum = unsafe checksum(payload, seed: Page.seed(tag, checksums.count))
        unsafe memory.raw.storeBytes(of: sum.littleEndian, toByteOffset: start + Page.payload, as: UInt64.self)
        checksums.append(sum)
        (held, used) = (held + 1, 0)
        if held == Self.blockSize { try flush() }
    }

    private func flush() throws(StoreError) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: memory.raw[..<(held * Page.size)])
        held = 0
        try unsafe file.append(bytes)
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
