import Containment
import MinHash
import Records
import Shingle
import Stages
import Store
import Tables
import Workers

/// Which documents of an index new ones may be like: those that share a fingerprint, a band, or sampled shingles.
///
/// What is found here is compared with the texts themselves afterwards: too much costs time, too little a match.
struct CandidateSearch {
    let snapshot: Snapshot
    let definition: Definition
    let pass: FirstPass
    /// Of each document of the pass whether it is looked up.
    let isAsked: [Bool]
    let workers: Workers
    let nearRepresentatives: [[Bool]]?

    init(_ snapshot: Snapshot, _ pass: FirstPass, isAsked: [Bool], _ run: Run) throws(StoreError) {
        (self.snapshot, self.pass, self.isAsked) = (snapshot, pass, isAsked)
        (definition, workers) = (run.definition, run.options.workers)
        // Of one story few are asked for.
        nearRepresentatives = isAsked.count > 64 ? try snapshot.nearRepresentatives() : nil
    }

    struct Found: Sendable {
        var places: Set<Place> = []
        /// Keys of shingles that recur across unrelated stories of the index.
        var recurring: [RecurringKeys.Entry] = []
    }

    func find(_ level: Level) throws(StoreError) -> Found {
        var found = Found()
        found.places.formUnion(try equals())
        guard level > .exact else { return found }
        for places in try bands() { found.places.formUnion(places) }
        guard level > .near else { return found }
        let shared = try sharedShingles()
        found.places.formUnion(shared.places)
        found.recurring = shared.recurring
        return found
    }

    /// Documents long enough to be like another.
    var comparable: [Bool] {
        let shortest = definition.shingleWidth
        var comparable = isAsked
        unsafe pass.documents.lengths.forEachBlock { first, lengths in
            for at in lengths.indices where unsafe lengths[at] < shortest { comparable[first + at] = false }
        }
        return comparable
    }

    /// One document of the index for each that has the same text.
    private func equals() throws(StoreError) -> [Place] {
        var queries: [UInt64] = []
        for document in isAsked.indices where isAsked[document] && pass.documents.lengths[document] > 0 {
            let key = UInt32(truncatingIfNeeded: pass.documents.fingerprints[document].low)
            queries.append(UInt64(key) << 32 | UInt64(document))
        }
        queries.sort()
        let reader = SnapshotReader(snapshot), tables = reader.segments.map { $0.keys(.fingerprints) }
        var places: [Place] = []
        for query in queries {
            let wanted = pass.documents.fingerprints[Int(query & 0xFFFF_FFFF)]
            search: for (at, segment) in reader.segments.enumerated() {
                var found: Int?
                try tables[at].forEachPlace(of: UInt32(query >> 32)) { place throws(StoreError) in
                    let fingerprint = try segment.fingerprint(place)
                    if (fingerprint.low, fingerprint.high) == (wanted.low, wanted.high), try segment.isLive(place) {
                        found = place
                    }
                    return found == nil
                }
                if let found {
                    places.append(Place(segment: at, place: found))
                    break search
                }
            }
        }
        return places
    }

    /// By band, the near representatives that share it.
    private func bands() throws(StoreError) -> [[Place]] {
        let comparable = comparable, pass = pass, snapshot = snapshot, known = nearRepresentatives
        let limit = definition.buckets.representatives
        let found = workers.map(
            definition.banding.bands, scratch: { SnapshotReader(snapshot, nearRepresentatives: known) }
        ) { reader, band in
            Result { () throws(StoreError) in
                var places: [Place] = []
                let tables = reader.segments.map { $0.keys(ofBand: band) }
                for (key, _) in Self.runs(of: Self.sorted(pass.sketches, band: band, where: comparable)) {
                    for (at, table) in tables.enumerated() {
                        var left = limit
                        try table.forEachPlace(of: key) { place throws(StoreError) in
                            let place = Place(segment: at, place: place)
                            if try reader.isNearRepresentative(place) {
                                places.append(place)
                                left -= 1
                            }
                            return left > 0
                        }
                    }
                }
                return places
            }
        }
        var all: [[Place]] = []
        for places in found { all.append(try places.get()) }
        return all
    }

    /// `key << 32 | document`, ascending.
    static func sorted(_ sketches: SketchStore, band: Int, where isIn: [Bool]) -> [UInt64] {
        var packed: [UInt64] = []
        unsafe sketches.forEachKey(band: band) { first, keys in
            for at in keys.indices where isIn[first + at] {
                unsafe packed.append(UInt64(keys[at]) << 32 | UInt64(first + at))
            }
        }
        sortByKey(&packed)
        return packed
    }

    /// The documents of each key, from entries in its order.
    static func runs(of packed: [UInt64]) -> [(key: UInt32, documents: ArraySlice<UInt64>)] {
        var runs: [(UInt32, ArraySlice<UInt64>)] = []
        var start = 0
        while start < packed.count {
            let key = packed[start] >> 32
            var end = start + 1
            while end < packed.count, packed[end] >> 32 == key { end += 1 }
            runs.append((UInt32(key), packed[start..<end]))
            start = end
        }
        return runs
    }
}

/// By the upper half, stable.
func sortByKey(_ packed: inout [UInt64]) {
    let count = packed.count
    guard count > 512 else { return packed.sort() }
    unsafe packed.withUnsafeMutableBufferPointer { packed in
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) {
            unsafe radixSortByKey(packed, scratch: $0)
        }
    }
}
