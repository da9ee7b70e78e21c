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

    /// The payloads of some pages in a row, one behind the other, checked.
    func payloads(_ pages: Range<Int>) throws(StoreError) -> [UInt8] {
        var payloads = [UInt8](), sums: [UInt64] = []
        payloads.reserveCapacity(pages.count * Page.payload)
        try read(pages, to: &payloads, &sums)
        return payloads
    }

    private func read(_ pages: Range<Int>, to payloads: inout [UInt8], _ sums: inout [UInt64]) throws(StoreError) {
        guard pages.lowerBound >= 0, pages.upperBound <= name.pages else {
            throw StoreError(path: path, .damaged("it asks for pages that it does not have"))
        }
        let raw = try file.read(pages.count * Page.size, at: pages.lowerBound * Page.size)
        for (at, page) in pages.enumerated() {
            let start = at * Page.size
            let isWhole = unsafe raw.withUnsafeBytes { raw in
                let payload = unsafe UnsafeRawBufferPointer(rebasing: raw[start..<start + Page.payload])
                let found = unsafe checksum(payload, seed: Page.seed(name.tag, page))
                let told = unsafe UInt64(
                    littleEndian: raw.loadUnaligned(fromByteOffset: start + Page.payload, as: UInt64.self))
                sums.append(told)
                unsafe payloads.append(contentsOf: payload)
                return found == told
            }
            if !isWhole { throw StoreError(path: path, .damaged("page \(page) is not what was written")) }
        }
    }

    /// Reads all of it; throws where a byte is not what was written.
    package func check() throws(StoreError) {
        var sums: [UInt64] = []
        for first in stride(from: 0, to: name.pages, by: 256) {
            var payloads: [UInt8] = []
            try read(first..<min(name.pages, first + 256), to: &payloads, &sums)
        }
        let root = unsafe sums.withUnsafeBytes { unsafe checksum($0, seed: name.tag) }
        if root != name.checksum { throw StoreError(path: path, .damaged("its pages are not those that were written")) }
    }
}

/// One worker's way into a paged file: what was read last stays in memory.
package final class PageReader {
    package let file: PagedFile
    private var slots: [(page: Int, payload: [UInt8])]

    package init(_ file: PagedFile, pages: Int = 64) {
        self.file = file
        slots = Array(repeating: (-1, []), count: pages)
    }

    package static var pageSize: Int { Page.payload }

    /// Lends the payload of one page.
    package func withPage<R>(_ page: Int, _ body: ([UInt8]) -> R) throws(StoreError) -> R {
        let slot = page % slots.count
        if slots[slot].page != page {
            slots[slot] = (-1, [])
            slots[slot] = (page, try file.payloads(page..<page + 1))
        }
        return body(slots[slot].payload)
    }

    package func bytes(_ range: Range<Int>) throws(StoreError) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= file.name.bytes else {
            throw StoreError(path: file.path, .damaged("it asks for bytes that it does not have"))
        }
        if range.isEmpty { return [] }
        let first = range.lowerBound / Page.payload, last = (range.upperBound - 1) / Page.payload
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        func take(_ payload: [UInt8], from page: Int) {
            let base = page * Page.payload
            bytes += payload[max(0, range.lowerBound - base)..<min(payload.count, range.upperBound - base)]
        }
        if last - first < 4 {
            for page in first...last { try withPage(page) { take($0, from: page) } }
            return bytes
        }
        for start in stride(from: first, through: last, by: 64) {
            take(try file.payloads(start..<min(last + 1, start + 64)), from: start)
        }
        return bytes
    }

    /// Values that were written one behind the other.
    package func values<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, at offset: Int, _ range: Range<Int>
    ) throws(StoreError) -> [Value] {
        let width = MemoryLayout<Value>.size
        let bytes = try bytes(offset + range.lowerBound * width..<offset + range.upperBound * width)
        return unsafe bytes.withUnsafeBytes { bytes in
            (0..<range.count).map { unsafe bytes.loadUnaligned(fromByteOffset: $0 * width, as: Value.self) }
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
        return try withPage(page) { payload in
            unsafe payload.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: start - base, as: Value.self) }
        }
    }
}
