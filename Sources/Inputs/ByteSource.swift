import Records

/// Where the bytes of one file are read from, at offsets from its start.
package struct ByteSource: Sendable {
    let descriptor: Descriptor
    /// Where the file starts there.
    var base: UInt64 = 0
    /// Bytes; what is appended to a file later is not read.
    var size: UInt64 = 0
    /// Of what is still coming.
    var growth: Growth?

    private static let blockSize = 1 << 17

    /// How far can be read now: beyond `offset`, or to the end. Waits for what is still coming.
    func size(beyond offset: UInt64) -> UInt64 { growth?.wait(beyond: offset).size ?? size }

    /// Reads `count` bytes, fewer only at the end of the file.
    func read(into target: UnsafeMutableRawPointer, count: Int, at offset: UInt64) throws(Fault) -> Int {
        try unsafe descriptor.read(into: target, count: count, at: base + offset)
    }

    /// Calls `body` with block after block from an offset to the end, until it returns false.
    func forEachBlock(from offset: UInt64, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) throws(Fault) {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockSize, alignment: 16)
        defer { unsafe block.deallocate() }
        var position = offset
        while case let size = size(beyond: position), position < size {
            let wanted = Int(min(UInt64(block.count), size - position))
            let count = try unsafe read(into: block.baseAddress!, count: wanted, at: position)
            guard count > 0 else { throw .becameShorter }
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: block[..<count])
            guard unsafe body(bytes.assumingMemoryBound(to: UInt8.self)) else { return }
            position += UInt64(count)
        }
    }

    func head(_ count: Int) throws(Fault) -> [UInt8] {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { unsafe block.deallocate() }
        let limit = Int(min(UInt64(count), size(beyond: UInt64(count - 1))))
        return unsafe Array(block[..<(try read(into: block.baseAddress!, count: limit, at: 0))])
    }
}

/// Opens the files of a run; the one that was opened last stays open.
struct FileOpener {
    private var last: (path: String, descriptor: Descriptor)?

    mutating func open(_ file: InputFile) throws(Fault) -> ByteSource {
        try file.source { path throws(Fault) in
            if let last, last.path == path { return last.descriptor }
            let descriptor = try Descriptor.open(path)
            last = (path, descriptor)
            return descriptor
        }
    }
}
