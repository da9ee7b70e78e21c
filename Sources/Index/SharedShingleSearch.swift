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
        /// Who has the shingle that is looked at.
        var places: [UInt64] = []
    }

    /// Who represents a copy cluster of which a near representative shares as many sampled shingles as a copy does; or
    /// these near representatives themselves.
    func sharedShingles() throws(StoreError) -> (places: [Place], recurring: [RecurringKeys.Entry]) {
        let comparable = comparable, pass = pass, search = self
        let outlets = try OutletNumbers(snapshot, readsAll: flags != nil), snapshot = snapshot
        let parts = workers.map(
            SampleStore.partCount, scratch: { SnapshotReader(snapshot) }
        ) { reader, part in
            Result { () throws(StoreError) in
                var shared = Shared()
                let queries = Self.sorted(pass.samples, part: part, where: comparable)
                let (keys, starts) = Self.keys(of: queries)
                let found = try search.representatives(ofKeys: keys, reader)
                try Self.forEachKey(of: found) { key, places throws(StoreError) in
                    shared.places.removeAll(keepingCapacity: true)
                    for at in places { shared.places.append(found[at] & 0xFFFF_FFFF) }
                    let number = Int(key), documents = queries[starts[number]..<starts[number + 1]]
                    try search.meet(keys[number], documents, reader, outlets, &shared)
                }
                return shared
            }
        }
        var recurring: [RecurringKeys.Entry] = [], pairs: [UInt64] = []
        for part in parts {
            let shared = try part.get()
            pairs += shared.pairs
            recurring += shared.recurring
        }
        sortByKey(&pairs)
        return (try plausible(pairs), recurring)
    }

    /// Of each new document, those that share most.
    private static let mostMet = 48

    /// - Parameter pairs: by document.
    private func plausible(_ pairs: [UInt64]) throws(StoreError) -> [Place] {
        let limits = definition.copy.candidates, rate = Double(ShingleSample.rate)
        var counter = ItemCounter(), found: [Int] = [], undecided: [(place: Int, longest: Double)] = []
        try Self.forEachKey(of: pairs) { document, entries throws(StoreError) in
            for at in entries { counter.add(UInt32(truncatingIfNeeded: pairs[at])) }
            var met: [(shared: Int, place: Int)] = []
            counter.drain { if $1 >= limits.shared { met.append((Int($1), Int($0))) } }
            if met.count > Self.mostMet { met.sort { ($1.shared, $0.place) < ($0.shared, $1.place) } }
            let length = Double(pass.documents.lengths[Int(document)])
            for (shared, place) in met.prefix(Self.mostMet) {
                // Samples vary around what is expected of a length; what is too little is told by the stage itself.
                let longest = Double(shared) * 2 * rate / limits.containment
                if length <= longest { found.append(place) } else { undecided.append((place, longest)) }
            }
        }
        // In the order in which they lie, so that lengths are read in a row.
        undecided.sort { $0.place < $1.place }
        let reader = SnapshotReader(snapshot)
        for (place, longest) in undecided {
            let place = Place(place, firsts)
            if Double(try reader.segments[place.segment].length(place.place)) <= longest {
                found.append(firsts[place.segment] + place.place)
            }
        }
        var places: [Place] = []
        for number in Set(found).sorted() {
            let place = Place(number, firsts)
            places.append(wantsAll ? place : try copyRepresentative(of: place, reader))
        }
        return places
    }

    /// Who is a copy is compared by what it is a copy of.
    private func copyRepresentative(of place: Place, _ reader: SnapshotReader) throws(StoreError) -> Place {
        if try SegmentState.representsCopy(flags(reader, place.segment, place.place)) { return place }
        let segment = reader.segments[place.segment]
        guard let found = try reader.place(ofNumber: segment.label(.copy, place.place)) else {
            throw segment.damage("a label of a document that is not there")
        }
        return found
    }

    /// `key << 32 | document`, ascending; a shingle that a text repeats counts once.
    static func sorted(_ samples: SampleStore, part: Int, where isIn: [Bool]) -> [UInt64] {
        var packed: [UInt64] = []
        unsafe samples.forEachSample(inPart: part) { document, keys in
            guard isIn[document] else { return }
            for at in keys.indices { unsafe packed.append(UInt64(keys[at]) << 32 | UInt64(document)) }
        }
        sortByKey(&packed)
        guard packed.count > 1 else { return packed }
        var end = 1
        for at in 1..<packed.count where packed[at] != packed[end - 1] {
            packed[end] = packed[at]
            end += 1
        }
        packed.removeLast(packed.count - end)
        return packed
    }

    /// `number of the key << 32 | place`, ascending, of the near representatives that have some shingles, of each segment so
    /// many as tell that a shingle recurs; places are counted through all segments.
    private func representatives(
        ofKeys keys: [UInt32], _ reader: SnapshotReader
    ) throws(StoreError) -> [UInt64] {
        let most = definition.copy.candidates.texts + 1
        var found: [UInt64] = []
        for (at, segment) in snapshot.segments.enumerated() {
            var last = -1, left = most
            let table = segment.keys(.samples, expected: keys.count * SampleStore.partCount)
            try table.forEachPlace(ofAll: keys) { key, place throws(StoreError) in
                if key != last { (last, left) = (key, most) }
                guard left > 0, try SegmentState.representsNear(flags(reader, at, place)) else { return }
                found.append(UInt64(key) << 32 | UInt64(firsts[at] + place))
                left -= 1
            }
        }
        // Stable, so that places of one key ascend with the segments.
        if snapshot.segments.count > 1 { sortByKey(&found) }
        return found
    }

    /// Counts who has a shingle, or learns that it recurs.
    private func meet(
        _ key: UInt32, _ documents: ArraySlice<UInt64>, _ reader: SnapshotReader, _ outlets: OutletNumbers,
        _ shared: inout Shared
    ) throws(StoreError) {
        let limits = definition.copy.candidates, places = shared.places
        // The new ones are counted by the stage itself, each story once.
        let ofOutlet = places.count > limits.textsOfSource ? try outlets.most(of: places, reader) : 0
        if places.count > limits.texts || ofOutlet > limits.textsOfSource {
            let texts = UInt32(places.count)
            return shared.recurring.append(RecurringKeys.Entry(key: key, texts: texts, example: .none))
        }
        let isLong = places.count >= limits.listLength
        for document in documents {
            let document = document << 32
            if isLong {
                for place in places.prefix(limits.neighbours) { shared.pairs.append(document | place) }
                for place in places.suffix(limits.neighbours) { shared.pairs.append(document | place) }
            } else {
                for place in places { shared.pairs.append(document | place) }
            }
        }
    }
}

extension Place {
    /// - Parameters:
    ///   - number: counted through all segments.
    ///   - firsts: `Snapshot.firsts`.
    init(_ number: Int, _ firsts: [Int]) {
        let segment = firsts.partitioningIndex { $0 > number } - 1
        self.init(segment: segment, place: number - firsts[segment])
    }
}
