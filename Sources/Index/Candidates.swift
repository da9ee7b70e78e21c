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
/// Keys are asked for in ascending order, so that each table is gone through once. What is found here is compared with
/// the texts themselves afterwards: too much costs time, too little a match.
struct CandidateSearch {
    let snapshot: Snapshot
    let definition: Definition
    let pass: FirstPass
    /// Of each document of the pass whether it is looked up.
    let isAsked: [Bool]
    /// Whether all that share a key are wanted, not those alone that represent a cluster of the index.
    let wantsAll: Bool
    let workers: Workers
    /// Of all documents of the index the bytes of their states, where it is worth to read them all.
    let flags: [UInt8]?
    /// Of each segment, how many documents are before it.
    let firsts: [Int]

    init(
        _ snapshot: Snapshot, _ pass: FirstPass, isAsked: [Bool], wantsAll: Bool = false, _ run: Run
    ) throws(StoreError) {
        (self.snapshot, self.pass, self.isAsked, self.wantsAll) = (snapshot, pass, isAsked, wantsAll)
        (definition, workers) = (run.definition, run.options.workers)
        firsts = snapshot.firsts
        // Of one story few are asked for.
        flags = isAsked.count > 64 ? try snapshot.flags() : nil
    }

    struct Found: Sendable {
        /// Ascending.
        var places: [Place] = []
        /// Keys of shingles that recur across unrelated stories of the index.
        var recurring: [RecurringKeys.Entry] = []
    }

    func find(_ level: Level) throws(StoreError) -> Found {
        var found = Found(), places = try equals()
        if level > .exact { places += try bands() }
        if level > .near {
            let shared = try sharedShingles()
            places += shared.places
            found.recurring = shared.recurring
        }
        found.places = Set(places).sorted()
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

    /// One document of the index for each that has the same text, or all of them.
    private func equals() throws(StoreError) -> [Place] {
        var queries: [UInt64] = []
        for document in isAsked.indices where isAsked[document] && pass.documents.lengths[document] > 0 {
            let key = UInt32(truncatingIfNeeded: pass.documents.fingerprints[document].low)
            queries.append(UInt64(key) << 32 | UInt64(document))
        }
        sortByKey(&queries)
        let reader = SnapshotReader(snapshot)
        let tables = snapshot.segments.map { $0.keys(.fingerprints, expected: queries.count) }
        var places: [Place] = []
        for query in queries {
            let wanted = pass.documents.fingerprints[Int(query & 0xFFFF_FFFF)]
            search: for (at, segment) in reader.segments.enumerated() {
                var found: Int?
                try tables[at].forEachPlace(of: UInt32(query >> 32)) { place throws(StoreError) in
                    let fingerprint = try segment.fingerprint(place)
                    if (fingerprint.low, fingerprint.high) == (wanted.low, wanted.high), try segment.isLive(place) {
                        found = place
                        places.append(Place(segment: at, place: place))
                    }
                    return found == nil || wantsAll
                }
                if found != nil, !wantsAll { break search }
            }
        }
        return places
    }

    /// The near representatives that share a band, or all documents.
    private func bands() throws(StoreError) -> [Place] {
        let comparable = comparable, search = self
        let limit = definition.buckets.representatives
        let found = workers.map(definition.banding.bands, scratch: { SnapshotReader(search.snapshot) }) {
            reader, band in
            Result { () throws(StoreError) in
                var places: [Place] = []
                let (keys, _) = Self.keys(of: Self.sorted(search.pass.sketches, band: band, where: comparable))
                for (at, segment) in search.snapshot.segments.enumerated() {
                    var last = -1, left = limit
                    try segment.keys(ofBand: band, expected: keys.count).forEachPlace(ofAll: keys) {
                        key, place throws(StoreError) in
                        if key != last { (last, left) = (key, limit) }
                        guard left > 0 || search.wantsAll, try search.isWanted(search.flags(reader, at, place)) else {
                            return
                        }
                        places.append(Place(segment: at, place: place))
                        left -= 1
                    }
                }
                return places
            }
        }
        var all: [Place] = []
        for places in found { all += try places.get() }
        return all
    }

    /// By the byte of its state, whether a document that shares a band is a candidate.
    @inline(__always)
    private func isWanted(_ byte: UInt8) -> Bool { wantsAll ? byte != 0 : SegmentState.representsNear(byte) }

    /// The byte of a document's state.
    @inline(__always)
    func flags(_ reader: SnapshotReader, _ segment: Int, _ place: Int) throws(StoreError) -> UInt8 {
        guard let flags else { return try reader.segments[segment].flags(place) }
        return flags[firsts[segment] + place]
    }

    /// `key << 32 | document`, ascending.
    static func sorted(_ sketches: SketchStore, band: Int, where isIn: [Bool]) -> [UInt64] {
        var packed: [UInt64] = []
        packed.reserveCapacity(isIn.count)
        unsafe sketches.forEachKey(band: band) { first, keys in
            for at in keys.indices where isIn[first + at] {
                unsafe packed.append(UInt64(keys[at]) << 32 | UInt64(first + at))
            }
        }
        sortByKey(&packed)
        return packed
    }

    /// The distinct keys of entries in their order, and where the entries of each start, and the end of the last.
    static func keys(of packed: [UInt64]) -> (keys: [UInt32], starts: [Int]) {
        var keys: [UInt32] = [], starts: [Int] = []
        keys.reserveCapacity(packed.count)
        starts.reserveCapacity(packed.count + 1)
        for (at, entry) in packed.enumerated() {
            let key = UInt32(entry >> 32)
            if key == keys.last { continue }
            keys.append(key)
            starts.append(at)
        }
        return (keys, starts + [packed.count])
    }

    /// Calls `body` with each key of entries in its order, and where its entries are.
    @inline(__always)
    static func forEachKey(
        of packed: [UInt64], _ body: (_ key: UInt32, Range<Int>) throws(StoreError) -> Void
    ) throws(StoreError) {
        var start = 0
        while start < packed.count {
            let key = packed[start] >> 32
            var end = start + 1
            while end < packed.count, packed[end] >> 32 == key { end += 1 }
            try body(UInt32(key), start..<end)
            start = end
        }
    }
}

/// By the upper half, stable.
func sortByKey(_ packed: inout [UInt64]) {
    let count = packed.count
    guard count > 512 else { return packed.sort { $0 >> 32 < $1 >> 32 } }
    unsafe packed.withUnsafeMutableBufferPointer { packed in
        unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) {
            unsafe radixSortByKey(packed, scratch: $0)
        }
    }
}
