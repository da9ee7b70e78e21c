import Glibc

/// A set of documents by their ids: open addressing, linear probing. Only numbers are stored, the bytes stay where they are.
struct IdentifierTable {
    /// High half: of the hash; low half: document + 1; 0 is free.
    private var slots: [UInt64]
    private var mask: Int

    init(capacity: Int) {
        precondition(capacity < Int(UInt32.max), "more documents than 32 bits can count")
        var size = 16
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
    }

    /// Inserts a document unless its id is there; returns the document that has the id.
    mutating func insert(_ document: Int, id: (DocumentNumber) -> UnsafeBufferPointer<UInt8>) -> Int {
        let own = id(DocumentNumber(document))
        let hash = Self.hash(own)
        var index = Int(truncatingIfNeeded: hash) & mask
        while slots[index] != 0 {
            let other = Int(slots[index] & 0xFFFF_FFFF) - 1
            if slots[index] >> 32 == hash >> 32, Self.areEqual(id(DocumentNumber(other)), own) { return other }
            index = (index + 1) & mask
        }
        slots[index] = (hash & ~0xFFFF_FFFF) | UInt64(document + 1)
        return document
    }

    /// Makes room for `capacity` documents.
    mutating func reserve(_ capacity: Int, id: (DocumentNumber) -> UnsafeBufferPointer<UInt8>) {
        var larger = IdentifierTable(capacity: capacity)
        guard larger.slots.count > slots.count else { return }
        for slot in slots where slot != 0 { _ = larger.insert(Int(slot & 0xFFFF_FFFF) - 1, id: id) }
        self = larger
    }

    /// Eight bytes a step, folded by a 128-bit multiplication as wyhash does. Never leaves the process.
    private static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(id)
        var hash = UInt64(bytes.count) ^ 0xA076_1D64_78BD_642F
        var offset = 0
        while offset < bytes.count {
            var word: UInt64 = 0
            if offset + 8 <= bytes.count {
                word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            } else {
                for byte in bytes[offset...] { word = word << 8 | UInt64(byte) }
            }
            let product = (hash ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
            hash = product.high ^ product.low
            offset += 8
        }
        return hash
    }

    private static func areEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        a.count == b.count && (a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0)
    }
}
