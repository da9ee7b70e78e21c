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
    private let nearRepresentatives: [[Bool]]?

    init(_ snapshot: Snapshot, _ pass: FirstPass, isAsked: [Bool], _ run: Run) throws(StoreError) {
        (self.snapshot, self.pass, self.isAsked) = (snapshot, pass, isAsked)
        (definition, workers) = (run.definition, run.options.workers)
        // Of one story few are asked for.
        nearRepresentatives = isAsked.count > 64 ? try snapshot.nearRepresentatives() : nil
    }

    struct Found: Sendable {
        var places: Set<Place> = []
        /// Keys of shingles that recur across unrelated stories of the index, or of the index and these.
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
    private var comparable: [Bool] {
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
        let found = workers.map(definition.banding.bands, scratch: { SnapshotReader(snapshot, nearRepresentatives: known) }) { reader, band in
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
    private static func runs(of packed: [UInt64]) -> [(key: UInt32, documents: ArraySlice<UInt64>)] {
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

    private struct Shared: Sendable {
        /// `document << 32 | place`, once for each shingle that they share; places are counted through all segments.
        var pairs: [UInt64] = []
        var recurring: [RecurringKeys.Entry] = []
    }

    private func sharedShingles() throws(StoreError) -> Found {
        let comparable = comparable, pass = pass, snapshot = snapshot, known = nearRepresentatives
        let limits = definition.copy.candidates
        let names = OutletNumbers(snapshot, pass.documents)
        let parts = workers.map(SampleStore.partCount, scratch: { SnapshotReader(snapshot, nearRepresentatives: known) }) { reader, part in
            Result { () throws(StoreError) in
                var shared = Shared()
                let tables = reader.segments.map { $0.keys(.samples) }
                for (key, documents) in Self.runs(of: Self.sorted(pass.samples, part: part, where: comparable)) {
                    try Self.meet(key, documents, reader, tables, names, limits, &shared)
                }
                return shared
            }
        }
        var found = Found(), pairs: [UInt64] = []
        for part in parts {
            let shared = try part.get()
            pairs += shared.pairs
            found.recurring += shared.recurring
        }
        pairs.sort()
        var start = 0
        let reader = SnapshotReader(snapshot), firsts = names.firsts
        while start < pairs.count {
            let document = pairs[start] >> 32
            var met: [(shared: Int, place: Int)] = []
            while start < pairs.count, pairs[start] >> 32 == document {
                var end = start + 1
                while end < pairs.count, pairs[end] == pairs[start] { end += 1 }
                if end - start >= limits.shared { met.append((end - start, Int(pairs[start] & 0xFFFF_FFFF))) }
                start = end
            }
            let length = Double(pass.documents.lengths[Int(document)]) / Double(ShingleSample.rate)
            met.sort { ($1.shared, $0.place) < ($0.shared, $1.place) }
            for (count, at) in met.prefix(Self.mostMet) {
                let segment = firsts.partitioningIndex { $0 > at } - 1
                let place = Place(segment: segment, place: at - firsts[segment])
                let other = Double(try reader.segments[segment].length(place.place)) / Double(ShingleSample.rate)
                // Samples vary around what is expected of a length; what is too little is told by the stage itself.
                if Double(count) >= limits.containment * min(length, other) / 2 { found.places.insert(place) }
            }
        }
        return found
    }

    /// Of each new document, those that share most.
    private static let mostMet = 48

    static func sorted(_ samples: SampleStore, part: Int, where isIn: [Bool]) -> [UInt64] {
        var packed: [UInt64] = []
        unsafe samples.forEachSample(inPart: part) { document, keys in
            guard isIn[document] else { return }
            let start = packed.count
            for unsafe key in unsafe keys { packed.append(UInt64(key) << 32 | UInt64(document)) }
            // A shingle that a text repeats counts once.
            guard packed.count - start > 1 else { return }
            packed[start...].sort()
            var end = start + 1
            for at in start + 1..<packed.count where packed[at] != packed[end - 1] {
                packed[end] = packed[at]
                end += 1
            }
            packed.removeLast(packed.count - end)
        }
        sortByKey(&packed)
        return packed
    }

    /// Counts who has a shingle, or learns that it recurs.
    private static func meet(
        _ key: UInt32, _ documents: ArraySlice<UInt64>, _ reader: SnapshotReader, _ tables: [KeyPagesReader],
        _ names: OutletNumbers, _ limits: SharedShingles.Limits, _ shared: inout Shared
    ) throws(StoreError) {
        var places: [Int] = [], outlets: [Int: Int] = [:]
        for (at, segment) in reader.segments.enumerated() {
            try tables[at].forEachPlace(of: key) { place throws(StoreError) in
                if try reader.isNearRepresentative(Place(segment: at, place: place)) {
                    places.append(names.firsts[at] + place)
                    outlets[names.ofSegments[at][try segment.source(place)], default: 0] += 1
                }
                return places.count <= limits.texts
            }
        }
        if places.isEmpty { return }
        for document in documents { outlets[names.ofDocument(Int(document & 0xFFFF_FFFF)), default: 0] += 1 }
        outlets[0] = nil
        if places.count + documents.count > limits.texts
            || outlets.values.contains(where: { $0 > limits.textsOfSource })
        {
            let texts = UInt32(places.count + documents.count)
            return shared.recurring.append(RecurringKeys.Entry(key: key, texts: texts, example: .none))
        }
        let isLong = places.count >= limits.listLength
        let few = isLong ? places.prefix(limits.neighbours) + places.suffix(limits.neighbours) : places[...]
        for document in documents {
            for place in few { shared.pairs.append(document << 32 | UInt64(place)) }
        }
    }
}

/// Outlets by one numbering for an index and new documents; 0 has no name.
private struct OutletNumbers: Sendable {
    /// By segment and by its own number.
    let ofSegments: [[Int]]
    /// Of each segment, how many documents are before it.
    let firsts: [Int]
    private let ofNames: [Int]
    private let documents: Documents

    init(_ snapshot: Snapshot, _ documents: Documents) {
        var numbers = ["": 0]
        func number(_ name: String) -> Int {
            if let number = numbers[name] { return number }
            defer { numbers[name] = numbers.count }
            return numbers.count
        }
        ofSegments = snapshot.segments.map { $0.names.map(number) }
        ofNames = documents.sourceNames.all.map(number)
        self.documents = documents
        var firsts = [0]
        for segment in snapshot.segments { firsts.append(firsts.last! + segment.documents) }
        self.firsts = firsts
    }

    func ofDocument(_ document: Int) -> Int { ofNames[Int(documents.sources[document])] }
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
