import Containment
import MinHash
import Records
import Shingle
import Stages
import Store
import Tables
import Workers

extension CandidateSearch {
    private struct Shared: Sendable {
        /// `document << 32 | place`, once for each shingle that they share; places are counted through all segments.
        var pairs: [UInt64] = []
        var recurring: [RecurringKeys.Entry] = []
    }

    func sharedShingles() throws(StoreError) -> Found {
        let comparable = comparable, pass = pass, snapshot = snapshot, known = nearRepresentatives
        let limits = definition.copy.candidates
        let names = OutletNumbers(snapshot)
        let parts = workers.map(
            SampleStore.partCount, scratch: { SnapshotReader(snapshot, nearRepresentatives: known) }
        ) { reader, part in
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
            for at in keys.indices { unsafe packed.append(UInt64(keys[at]) << 32 | UInt64(document)) }
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
        var places: [Int] = [], found: [Place] = []
        for at in reader.segments.indices {
            try tables[at].forEachPlace(of: key) { place throws(StoreError) in
                let place = Place(segment: at, place: place)
                if try reader.isNearRepresentative(place) {
                    places.append(names.firsts[at] + place.place)
                    found.append(place)
                }
                return places.count <= limits.texts
            }
        }
        if places.isEmpty { return }
        // The new ones are counted by the stage itself, each story once.
        let ofOutlet = places.count > limits.textsOfSource ? try most(of: found, reader, names) : 0
        if places.count > limits.texts || ofOutlet > limits.textsOfSource {
            let texts = UInt32(places.count)
            return shared.recurring.append(RecurringKeys.Entry(key: key, texts: texts, example: .none))
        }
        let isLong = places.count >= limits.listLength
        let few = isLong ? places.prefix(limits.neighbours) + places.suffix(limits.neighbours) : places[...]
        for document in documents {
            for place in few { shared.pairs.append(document << 32 | UInt64(place)) }
        }
    }

    /// How many documents are of one outlet, at most.
    private static func most(
        of places: [Place], _ reader: SnapshotReader, _ names: OutletNumbers
    ) throws(StoreError) -> Int {
        var counts: [Int: Int] = [:]
        for place in places {
            let outlet = names.ofSegments[place.segment][try reader.segments[place.segment].source(place.place)]
            if outlet > 0 { counts[outlet, default: 0] += 1 }
        }
        return counts.values.max() ?? 0
    }
}

/// Outlets by one numbering for all segments; 0 has no name.
private struct OutletNumbers: Sendable {
    /// By segment and by its own number.
    let ofSegments: [[Int]]
    /// Of each segment, how many documents are before it.
    let firsts: [Int]

    init(_ snapshot: Snapshot) {
        var numbers = ["": 0]
        func number(_ name: String) -> Int {
            if let number = numbers[name] { return number }
            defer { numbers[name] = numbers.count }
            return numbers.count
        }
        ofSegments = snapshot.segments.map { $0.names.map(number) }
        var firsts = [0]
        for segment in snapshot.segments { firsts.append(firsts.last! + segment.documents) }
        self.firsts = firsts
    }
}
