import Store

/// A walk through the entries of a table that stay, by the places that they get.
struct KeyWalk {
    private let reader: KeyPagesReader
    private let places: [UInt32]
    private var entries: [UInt64] = []
    private var at = 0
    private var number = 0

    init(_ segment: Segment, _ table: Int, places: [UInt32]) throws(StoreError) {
        self.places = places
        reader = KeyPagesReader(pages: segment.layout.tables[table], file: segment.file, expected: .max)
        first = 0
        first = try next()
    }

    private(set) var first: UInt64

    /// `.max` behind the last.
    @inline(__always)
    mutating func next() throws(StoreError) -> UInt64 {
        if at == entries.count { try turn() }
        guard at < entries.count else { return .max }
        at += 1
        return entries[at - 1]
    }

    private mutating func turn() throws(StoreError) {
        at = 0
        entries.removeAll(keepingCapacity: true)
        while entries.isEmpty, number < reader.pages.pageCount {
            try reader.page(number).unpack(to: &entries)
            number += 1
            var kept = 0
            for entry in entries {
                let place = places[try reader.place(entry)]
                entries[kept] = entry & ~0xFFFF_FFFF | UInt64(place)
                if place != SegmentMerge.gone { kept += 1 }
            }
            entries.removeLast(entries.count - kept)
        }
    }
}
