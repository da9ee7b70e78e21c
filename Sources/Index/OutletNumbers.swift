import Store

/// Outlets by one numbering for all segments; 0 has no name.
struct OutletNumbers: Sendable {
    /// By segment and by its own number.
    private let ofSegments: [[UInt32]]
    private let firsts: [Int]
    /// Of all documents, by the numbers of their segments; nil where it is not worth to read them all.
    private var ofDocuments: [UInt32]?

    init(_ snapshot: Snapshot, readsAll: Bool) throws(StoreError) {
        var numbers: [String: UInt32] = ["": 0]
        func number(_ name: String) -> UInt32 {
            if let number = numbers[name] { return number }
            defer { numbers[name] = UInt32(numbers.count) }
            return UInt32(numbers.count)
        }
        ofSegments = snapshot.segments.map { $0.names.map(number) }
        firsts = snapshot.firsts
        guard readsAll else { return }
        var all: [UInt32] = []
        for segment in snapshot.segments {
            all += try SegmentReader(segment).values(UInt32.self, .sources, 0..<segment.documents)
        }
        ofDocuments = all
    }

    private func outlet(of place: Place, _ reader: SnapshotReader) throws(StoreError) -> UInt32 {
        let segment = reader.segments[place.segment]
        guard let ofDocuments else { return ofSegments[place.segment][try segment.source(place.place)] }
        let own = Int(ofDocuments[firsts[place.segment] + place.place]), numbers = ofSegments[place.segment]
        guard own < numbers.count else { throw segment.damage("an outlet without a name") }
        return numbers[own]
    }

    /// How many documents are of one outlet, at most.
    ///
    /// - Parameter places: counted through all segments, ascending.
    func most(of places: [UInt64], _ reader: SnapshotReader) throws(StoreError) -> Int {
        var segment = 0, found: [UInt32] = []
        for place in places {
            while firsts[segment + 1] <= Int(place) { segment += 1 }
            let outlet = try outlet(of: Place(segment: segment, place: Int(place) - firsts[segment]), reader)
            if outlet > 0 { found.append(outlet) }
        }
        found.sort()
        var most = 0, start = 0
        for at in found.indices {
            if found[at] != found[start] { start = at }
            most = max(most, at - start + 1)
        }
        return most
    }
}
