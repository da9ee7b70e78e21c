import Glibc
import Tables

/// A set of documents by their ids: open addressing, linear probing. Only numbers are stored, the bytes stay where they are.
struct IdentifierTable {
    /// High half: of the hash; low half: document + 1; 0 is free.
    private var slots: [UInt64]

    init(capacity: Int) {
        precondition(capacity < Int(UInt32.max), "more documents than 32 bits can count")
        var size = 16
        while size < capacity + capacity / 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
    }

    /// Inserts a document unless its id is there; returns the document that has the id.
    mutating func insert(_ document: Int, id: (DocumentNumber) -> UnsafeBufferPointer<UInt8>) -> Int {
        let own = unsafe id(DocumentNumber(document))
        let hash = unsafe Self.hash(own)
        let slot = slots.span.probe(from: Int(truncatingIfNeeded: hash)) {
            unsafe $0 != 0 && !($0 >> 32 == hash >> 32 && Self.areEqual(id(DocumentNumber(Self.document($0))), own))
        }
        if slots[slot] == 0 { slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(document + 1) }
        return Self.document(slots[slot])
    }

    private static func document(_ slot: UInt64) -> Int { Int(slot & 0xFFFF_FFFF) - 1 }

    /// Makes room for `capacity` documents.
    mutating func reserve(_ capacity: Int, id: (DocumentNumber) -> UnsafeBufferPointer<UInt8>) {
        var larger = IdentifierTable(capacity: capacity)
        guard larger.slots.count > slots.count else { return }
        for slot in slots where slot != 0 { _ = unsafe larger.insert(Self.document(slot), id: id) }
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
                word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            } else {
                word = unsafe bytes[offset...].reduce(0) { $0 << 8 | UInt64($1) }
            }
            let product = (hash ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
            hash = product.high ^ product.low
            offset += 8
        }
        return hash
    }

    private static func areEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe a.count == b.count && (a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0)
    }
}
