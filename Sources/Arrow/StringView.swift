/// A string of a view layout: 4 bytes of length, then 12 of text, or 4 of its start, 4 the buffer and 4 the place there.
@safe struct StringView {
    private let start: UnsafeRawPointer
    let length: Int

    init(_ views: UnsafeRawPointer, _ at: Int) {
        unsafe start = views + at * 16
        length = unsafe Int(start.loadUnaligned(as: Int32.self))
    }

    var isLong: Bool { length > 12 }
    private var buffer: Int { unsafe Int(start.loadUnaligned(fromByteOffset: 8, as: Int32.self)) }
    private var offset: Int { unsafe Int(start.loadUnaligned(fromByteOffset: 12, as: Int32.self)) }

    func fits(in buffers: [UnsafeBufferPointer<UInt8>]) -> Bool {
        unsafe buffers.indices.contains(buffer) && offset >= 0 && offset + length <= buffers[buffer].count
    }

    func lent(of buffers: [UnsafeBufferPointer<UInt8>]) -> ArrowColumn.Lent {
        guard isLong else {
            let bytes = unsafe (start + 4).assumingMemoryBound(to: UInt8.self)
            return unsafe ArrowColumn.Lent(bytes: UnsafeBufferPointer(start: bytes, count: length), readableBehind: 0)
        }
        let bytes = unsafe buffers[buffer]
        return unsafe ArrowColumn.Lent(
            bytes: UnsafeBufferPointer(rebasing: bytes[offset..<offset + length]),
            readableBehind: bytes.count - offset - length)
    }
}
