import JSON
import Records

/// Bytes that stay where they are until more are added or others take their place: what a record may point into. They are
/// followed by room for `Record.padding` zeros.
@safe struct PaddedBuffer: ~Copyable {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int = 0) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity + Record.padding)
    }

    deinit { unsafe base.deallocate() }

    /// Valid until the next change.
    var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: base, count: count) }

    mutating func reserve(_ capacity: Int) {
        guard capacity > self.capacity else { return }
        var larger = PaddedBuffer(capacity: capacity)
        unsafe larger.append(UnsafeRawBufferPointer(bytes))
        self = larger
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if count + bytes.count > capacity { reserve(max(2 * capacity, count + bytes.count)) }
        if let start = bytes.baseAddress {
            unsafe UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
        }
        count += bytes.count
    }

    /// Writes the zeros.
    func pad() { unsafe (base + count).update(repeating: 0, count: Record.padding) }

    /// Takes these bytes in place of its own.
    mutating func replace(with bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
        count = 0
        unsafe bytes.withUnsafeBytes { unsafe append($0) }
        pad()
        return unsafe self.bytes
    }

    /// The same bytes if they are UTF-8, else their repaired copy, which takes the place of what was here.
    mutating func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (bytes: UnsafeBufferPointer<UInt8>, isRepaired: Bool)
    {
        unsafe bytes.isUTF8 ? (bytes, false) : (replace(with: Repair.utf8(bytes)), true)
    }

    /// Empties it where it holds more than `limit` bytes.
    mutating func trim(to limit: Int) {
        if capacity > limit { self = PaddedBuffer(capacity: 0) }
    }
}
