/// A file in checked pages, open to be read by any number of workers.
public final class PagedFile: Sendable {
    public let name: PagedFileName
    public let path: String
    private let file: OpenFile

    public init(_ folder: StoreFolder, _ name: PagedFileName) throws(StoreError) {
        self.name = name
        path = folder.path(of: name.name)
        file = try OpenFile(path, 0)
        let size = try file.size()
        guard size == name.size else {
            throw StoreError(path: path, .damaged("\(size) bytes long, not \(name.size)"))
        }
    }

    /// Reads pages as they lie, each checked, into memory that has room for them.
    func read(_ pages: Range<Int>, into raw: UnsafeMutableRawBufferPointer) throws(StoreError) {
        guard pages.lowerBound >= 0, pages.upperBound <= name.pages else {
            throw StoreError(path: path, .damaged("it asks for pages that it does not have"))
        }
        try unsafe file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: raw[..<(pages.count * Page.size)]),
            at: pages.lowerBound * Page.size)
        for (at, page) in pages.enumerated() {
            let payload = unsafe UnsafeRawBufferPointer(rebasing: raw[(at * Page.size)...].prefix(Page.payload))
            guard unsafe checksum(payload, seed: Page.seed(name.tag, page)) == Self.told(raw, at) else {
                throw StoreError(path: path, .damaged("page \(page) is not what was written"))
            }
        }
    }

    /// What a page says that its checksum is.
    private static func told(_ raw: UnsafeMutableRawBufferPointer, _ at: Int) -> UInt64 {
        unsafe UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at * Page.size + Page.payload, as: UInt64.self))
    }

    /// Reads all of it; throws where a byte is not what was written.
    package func check() throws(StoreError) {
        var sums: [UInt64] = []
        let memory = PageMemory(256)
        for first in stride(from: 0, to: name.pages, by: 256) {
            let pages = first..<min(name.pages, first + 256)
            try unsafe read(pages, into: memory.raw)
            for at in 0..<pages.count { unsafe sums.append(Self.told(memory.raw, at)) }
        }
        let root = unsafe sums.withUnsafeBytes { unsafe checksum($0, seed: name.tag) }
        if root != name.checksum { throw StoreError(path: path, .damaged("its pages are not those that were written")) }
    }
}

/// Room for pages as they lie in a file.
@safe final class PageMemory {
    let raw: UnsafeMutableRawBufferPointer

    init(_ pages: Int) { unsafe raw = .allocate(byteCount: pages * Page.size, alignment: 64) }

    deinit { unsafe raw.deallocate() }
}

/// Pages of a file in a row, read in one go: for who walks through it.
@safe package final class PageRun {
    package let file: PagedFile
    private let memory: PageMemory
    private let size: Int
    private var held = 0..<0

    /// - Parameter size: pages that are read in one go.
    package init(_ file: PagedFile, size: Int) {
        (self.file, self.size) = (file, size)
        memory = PageMemory(size)
    }

    /// Lends the payload of a page, until the next call; reads those behind it along, up to `end`.
    package func payload(_ page: Int, end: Int) throws(StoreError) -> UnsafeRawBufferPointer {
        if !held.contains(page) {
            let wanted = page..<max(page + 1, min(end, page + size))
            held = 0..<0
            try unsafe file.read(wanted, into: memory.raw)
            held = wanted
        }
        return unsafe UnsafeRawBufferPointer(
            rebasing: memory.raw[((page - held.lowerBound) * Page.size)...].prefix(Page.payload))
    }
}

/// One worker's way into a paged file: what was read last stays in memory.
@safe package final class PageReader {
    package let file: PagedFile
    private var slots: [(page: Int, memory: PageMemory?)]

    package init(_ file: PagedFile, pages: Int = 64) {
        self.file = file
        slots = Array(repeating: (-1, nil), count: pages)
    }

    package static var pageSize: Int { Page.payload }

    /// The payload of one page, until the next is asked for.
    private func payload(_ page: Int) throws(StoreError) -> UnsafeRawBufferPointer {
        let slot = page % slots.count, memory = slots[slot].memory ?? PageMemory(1)
        if slots[slot].page != page {
            slots[slot] = (-1, memory)
            try unsafe file.read(page..<page + 1, into: memory.raw)
            slots[slot].page = page
        }
        return unsafe UnsafeRawBufferPointer(rebasing: memory.raw[..<Page.payload])
    }

    package func bytes(_ range: Range<Int>) throws(StoreError) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(range, to: &bytes)
        return bytes
    }

    /// Adds bytes to those that are there.
    package func append(_ range: Range<Int>, to bytes: inout [UInt8]) throws(StoreError) {
        guard range.lowerBound >= 0, range.upperBound <= file.name.bytes else {
            throw StoreError(path: file.path, .damaged("it asks for bytes that it does not have"))
        }
        if range.isEmpty { return }
        let first = range.lowerBound / Page.payload, last = (range.upperBound - 1) / Page.payload
        bytes.reserveCapacity(bytes.count + range.count)
        let run = last - first < 4 ? nil : PageRun(file, size: min(64, last - first + 1))
        for page in first...last {
            let base = page * Page.payload
            let payload =
                if let run { unsafe try run.payload(page, end: last + 1) } else { unsafe try payload(page) }
            unsafe bytes.append(
                contentsOf: payload[
                    max(0, range.lowerBound - base)..<min(Page.payload, range.upperBound - base)])
        }
    }

    /// Values that were written one behind the other.
    package func values<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, at offset: Int, _ range: Range<Int>
    ) throws(StoreError) -> [Value] {
        let width = MemoryLayout<Value>.size
        let bytes = try bytes(offset + range.lowerBound * width..<offset + range.upperBound * width)
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe [Value](unsafeUninitializedCapacity: range.count) { values, count in
                unsafe UnsafeMutableRawBufferPointer(values).copyMemory(from: bytes)
                count = range.count
            }
        }
    }

    /// One of such values.
    package func value<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, at offset: Int, _ index: Int
    ) throws(StoreError) -> Value {
        let start = offset + index * MemoryLayout<Value>.size, end = start + MemoryLayout<Value>.size
        let page = start / Page.payload, base = page * Page.payload
        guard start >= 0, end <= file.name.bytes, end - base <= Page.payload else {
            return try values(type, at: offset, index..<index + 1)[0]
        }
        return unsafe try payload(page).loadUnaligned(fromByteOffset: start - base, as: Value.self)
    }
}
