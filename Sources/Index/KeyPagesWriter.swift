import Store

/// Writes a table of keys page by page.
struct KeyPagesWriter: ~Copyable {
    private let placeBits: Int
    private let documents: Int
    private let firstPage: Int
    private var pageCount = 0
    private var held: [UInt64] = []
    private var keyBits = 0
    /// Entries that there is room for as long as their keys have so many bits.
    private var room = 0
    /// The first key that has more.
    private var bound: UInt64 = 0

    /// - Parameter documents: places are below it.
    init(_ file: PagedWriter, documents: Int) throws(StoreError) {
        try file.align()
        self.documents = documents
        placeBits = max(1, documents - 1).bitLength
        precondition(placeBits <= KeyPages.mostPlaceBits, "a segment of \(documents) documents")
        firstPage = file.count / PageReader.pageSize
        held.reserveCapacity(1 << 10)
    }

    /// - Parameter entry: `key << 32 | place`, none below the one before.
    @inline(__always)
    mutating func append(_ entry: UInt64, to file: PagedWriter) throws(StoreError) {
        if held.count >= room || entry &>> 32 >= bound { try widen(entry, file) }
        held.append(entry)
    }

    /// Makes room for an entry: with more bits for each key, or on the next page.
    private mutating func widen(_ entry: UInt64, _ file: PagedWriter) throws(StoreError) {
        let first = held.first ?? entry
        let bits = max(keyBits, Int(entry >> 32 - first >> 32).bitLength)
        if (held.count + 1) * (bits + placeBits) > KeyPages.capacityBits - KeyPages.headerBits {
            try flush(to: file)
            return try widen(entry, file)
        }
        keyBits = bits
        room = (KeyPages.capacityBits - KeyPages.headerBits) / (bits + placeBits)
        bound = first >> 32 + 1 << UInt64(bits)
    }

    consuming func finish(to file: PagedWriter) throws(StoreError) -> KeyPages {
        try flush(to: file)
        return KeyPages(firstPage: firstPage, pageCount: pageCount, documents: documents)
    }

    private mutating func flush(to file: PagedWriter) throws(StoreError) {
        guard let first = held.first else { return }
        let base = first >> 32, places = UInt64(placeBits), width = UInt64(keyBits + placeBits)
        var words = [UInt64](repeating: 0, count: PageReader.pageSize / 8)
        words[0] = base | UInt64(held.count) << 32 | UInt64(keyBits) << 48 | places << 56
        var at = 1, filled: UInt64 = 0
        for entry in held {
            let value = (entry &>> 32 &- base) &<< places | entry & 0xFFFF_FFFF
            words[at] |= value &<< filled
            filled &+= width
            if filled >= 64 {
                filled &-= 64
                at &+= 1
                if filled > 0 { words[at] = value &>> (width &- filled) }
            }
        }
        for at in words.indices { words[at] = words[at].littleEndian }
        try file.append(values: words)
        pageCount += 1
        (keyBits, room, bound) = (0, 0, 0)
        held.removeAll(keepingCapacity: true)
    }
}
