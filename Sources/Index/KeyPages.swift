import Store

/// Where a table of keys stands in a segment: pages from one on, each of entries in ascending order.
///
/// A page begins with its first key (32 bits), the number of its entries (16) and how many bits of each are key, less the
/// first one, and place (8 each); then the entries follow, bit after bit. So that a page can be searched as it is.
struct KeyPages: Sendable {
    var firstPage: Int
    var pageCount: Int
    /// Places are below it.
    var documents: Int

    static let headerBits = 64
    /// Eight bytes can be loaded wherever an entry begins.
    static let capacityBits = (4088 - 8) * 8
    /// Of a place, so that an entry begins and ends within eight bytes.
    static let mostPlaceBits = 25
}

/// Writes a table of keys page by page.
struct KeyPagesWriter: ~Copyable {
    private let placeBits: Int
    private let documents: Int
    private let firstPage: Int
    private var pageCount = 0
    private var held: [UInt64] = []
    private var keyBits = 0

    /// - Parameter documents: places are below it.
    init(_ file: PagedWriter, documents: Int) throws(StoreError) {
        try file.align()
        self.documents = documents
        placeBits = max(1, documents - 1).bitLength
        precondition(placeBits <= KeyPages.mostPlaceBits, "a segment of \(documents) documents")
        firstPage = file.count / PageReader.pageSize
    }

    /// - Parameter entry: `key << 32 | place`, none below the one before.
    mutating func append(_ entry: UInt64, to file: PagedWriter) throws(StoreError) {
        if let first = held.first {
            let bits = Int(entry >> 32 - first >> 32).bitLength
            let needed = max(bits, keyBits)
            if KeyPages.headerBits + (held.count + 1) * (needed + placeBits) > KeyPages.capacityBits {
                try flush(to: file)
            } else {
                keyBits = needed
            }
        }
        held.append(entry)
    }

    consuming func finish(to file: PagedWriter) throws(StoreError) -> KeyPages {
        try flush(to: file)
        return KeyPages(firstPage: firstPage, pageCount: pageCount, documents: documents)
    }

    private mutating func flush(to file: PagedWriter) throws(StoreError) {
        guard let first = held.first else { return }
        let width = keyBits + placeBits, base = first >> 32
        var page = [UInt8](repeating: 0, count: PageReader.pageSize)
        unsafe page.withUnsafeMutableBytes { page in
            unsafe page.storeBytes(of: UInt32(base).littleEndian, toByteOffset: 0, as: UInt32.self)
            unsafe page.storeBytes(of: UInt16(held.count).littleEndian, toByteOffset: 4, as: UInt16.self)
            unsafe page.storeBytes(of: UInt8(keyBits), toByteOffset: 6, as: UInt8.self)
            unsafe page.storeBytes(of: UInt8(placeBits), toByteOffset: 7, as: UInt8.self)
            for (at, entry) in held.enumerated() {
                let bit = KeyPages.headerBits + at * width
                let value = (entry >> 32 - base) << UInt64(placeBits) | entry & 0xFFFF_FFFF
                let word = unsafe UInt64(
                    littleEndian: page.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
                unsafe page.storeBytes(
                    of: (word | value << UInt64(bit & 7)).littleEndian, toByteOffset: bit >> 3, as: UInt64.self)
            }
        }
        try file.append(page)
        pageCount += 1
        keyBits = 0
        held.removeAll(keepingCapacity: true)
    }
}

/// A page of keys, as it lies in a file. What it says of itself is checked before it is used.
struct KeyPage {
    private let payload: [UInt8]
    let first: UInt32
    let count: Int
    private let keyBits, placeBits: Int

    /// Nil where it is none.
    init?(_ payload: [UInt8]) {
        guard payload.count == PageReader.pageSize else { return nil }
        self.payload = payload
        (first, count, keyBits, placeBits) = unsafe payload.withUnsafeBytes { page in
            unsafe (
                UInt32(littleEndian: page.loadUnaligned(as: UInt32.self)),
                Int(UInt16(littleEndian: page.loadUnaligned(fromByteOffset: 4, as: UInt16.self))),
                Int(page[6]), Int(page[7])
            )
        }
        guard count > 0, keyBits <= 32, placeBits <= KeyPages.mostPlaceBits,
            KeyPages.headerBits + count * (keyBits + placeBits) <= KeyPages.capacityBits
        else { return nil }
    }

    /// `key << 32 | place`
    subscript(at: Int) -> UInt64 {
        precondition(at >= 0 && at < count)
        let bit = KeyPages.headerBits + at * (keyBits + placeBits)
        let word = unsafe payload.withUnsafeBytes {
            unsafe UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
        }
        let value = word >> UInt64(bit & 7)
        let place = value & (1 << UInt64(placeBits) - 1)
        let key = value >> UInt64(placeBits) & (1 << UInt64(keyBits) - 1)
        return (UInt64(first) + key) << 32 | place
    }

    /// The key of the last entry.
    var last: UInt32 { UInt32(truncatingIfNeeded: self[count - 1] >> 32) }

    /// From an entry on the first of a key or a later one.
    func lowerBound(_ key: UInt32, from start: Int = 0) -> Int {
        // Most keys that are asked for in their order are near.
        var low = start, high = count, step = 1
        while low + step < count {
            guard self[low + step] >> 32 < UInt64(key) else {
                high = low + step + 1
                break
            }
            low += step
            step *= 2
        }
        while low < high {
            let middle = (low + high) / 2
            if self[middle] >> 32 < UInt64(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension FixedWidthInteger {
    /// Bits up to the highest that is set.
    var bitLength: Int { Self.bitWidth - leadingZeroBitCount }
}
