import DedupKit
import Event
import MinHash
import Store

extension Index {
    /// Reads every byte and holds what it says against what must be so: checksums, numbers, labels, ids, texts and the
    /// journal.
    ///
    /// - Returns: what is wrong, in words; nothing where all is well.
    public func check(options: RunOptions = RunOptions()) -> [String] {
        var check = IndexCheck(snapshot: snapshot)
        check.files()
        // Of what is damaged nothing can be told beyond that.
        if check.findings.isEmpty {
            check.attempt { check throws(StoreError) in try check.labels() }
            check.attempt { check throws(StoreError) in try check.events() }
            check.attempt { check throws(StoreError) in try check.journal() }
            check.texts(options)
        }
        return check.findings
    }
}

private struct IndexCheck {
    let snapshot: Snapshot
    private(set) var findings: [String] = []

    private static let most = 100

    init(snapshot: Snapshot) { self.snapshot = snapshot }

    private mutating func find(_ what: String) { if findings.count < Self.most { findings.append(what) } }

    mutating func attempt(_ body: (inout IndexCheck) throws(StoreError) -> Void) {
        do throws(StoreError) { try body(&self) } catch { find("\(error)") }
    }

    /// Every checksum.
    mutating func files() {
        for segment in snapshot.segments {
            attempt { _ throws(StoreError) in try segment.file.check() }
            attempt { _ throws(StoreError) in try segment.state.check() }
            if let events = segment.events { attempt { _ throws(StoreError) in try events.check() } }
        }
        if let dictionary = snapshot.manifest.dictionary {
            attempt { check throws(StoreError) in try PagedFile(check.snapshot.folder, dictionary).check() }
        }
        for file in snapshot.manifest.journal {
            attempt { check throws(StoreError) in
                try Journal.forEachLine(of: file, in: check.snapshot.folder) { _ throws(StoreError) in }
            }
        }
    }

    /// Numbers ascend, labels name documents that are there and that represent their clusters, levels nest, and ids lead
    /// to their documents.
    mutating func labels() throws(StoreError) {
        var labels: [UInt32: [UInt32]] = [:], last: UInt32?
        let reader = SnapshotReader(snapshot)
        for (at, segment) in reader.segments.enumerated() {
            let path = segment.segment.file.path, state = try SegmentState(segment)
            if state.liveCount != segment.segment.entry.live { find("\(path): it does not hold as many as it should") }
            let numbers = try segment.values(UInt32.self, .numbers, 0..<segment.documents)
            for place in numbers.indices {
                if let last, numbers[place] <= last { find("\(path): numbers do not ascend at \(place)") }
                if numbers[place] >= snapshot.manifest.nextNumber { find("\(path): a number from the future") }
                last = numbers[place]
                guard state.isLive[place] != 0 else { continue }
                labels[numbers[place]] = state.labels.map { $0[place] }
                let id = try segment.id(place)
                if try reader.place(ofID: id) != Place(segment: at, place: place) {
                    find("\(path): id \(String(decoding: id, as: UTF8.self)) leads elsewhere")
                }
            }
        }
        for (number, own) in labels {
            for level in Level.allCases {
                guard let representative = labels[own[level.number]] else {
                    find("document \(number): labelled \(level.rawValue) with what is not there")
                    continue
                }
                // Who represents a cluster does so at this level and all inside it, and is outside where its members are.
                let label = own[level.number]
                let isSound = Level.allCases.allSatisfy {
                    representative[$0.number] == ($0 <= level ? label : own[$0.number])
                }
                if !isSound { find("document \(number): its levels do not nest at \(level.rawValue)") }
            }
        }
    }

    /// What is kept of reports is of documents of the segment, and can have been kept.
    mutating func events() throws(StoreError) {
        for segment in SnapshotReader(snapshot).segments {
            guard let events = segment.segment.events else { continue }
            let file = try EventFile(events)
            for at in file.numbers.indices {
                if try segment.place(ofNumber: file.numbers[at]) == nil { find("\(file.path): a report of none") }
                var history = EventHistory()
                let isSound = try history.append(
                    header: file.headers(at..<at + 1)[...], terms: file.terms(at..<at + 1)[...])
                if !isSound { find("\(file.damage)") }
            }
        }
    }

    /// What was done leads to what is there.
    mutating func journal() throws(StoreError) {
        let replayed = try Journal.replay(snapshot.manifest, in: snapshot.folder)
        let there = try snapshot.replayed()
        if replayed != there { find("\(snapshot.folder.path): the journal leads to another state") }
    }

    /// Each text is what its columns say.
    mutating func texts(_ options: RunOptions) {
        var options = options
        // Of shingles nothing tells but the bands that they give.
        options.level = snapshot.definition.keepsTexts ? .exact : snapshot.definition.level
        do {
            let source = try IndexSource(snapshot), reader = SnapshotReader(snapshot)
            let pass = try FirstPass(source, Run(snapshot.definition.definition, options))
            for problem in pass.reports.flatMap(\.problems) { find("\(problem)") }
            guard findings.isEmpty else { return }
            for (document, place) in source.places.enumerated() {
                let segment = reader.segments[place.segment]
                let told = try (
                    segment.fingerprint(place.place), segment.length(place.place), segment.date(place.place)
                )
                let found = pass.documents.fingerprints[document]
                // Other definitions cut texts in other ways.
                let isSame =
                    !snapshot.definition.isKnown
                    || (told.0.low, told.0.high) == (found.low, found.high)
                        && told.1 == pass.documents.lengths[document]
                if !isSame || told.2 != pass.documents.dates[document] {
                    find("\(segment.segment.file.path): document \(place.place) is not what its columns say")
                }
            }
            if snapshot.definition.isKnown, options.level > .exact { try bands(pass, source.places) }
        } catch {
            find("\(error)")
        }
    }

    /// Each band leads to the documents that have its keys, and to no other.
    private mutating func bands(_ pass: FirstPass, _ places: [Place]) throws(StoreError) {
        let shortest = snapshot.definition.definition.shingleWidth
        let isIn = pass.documents.indices.map { pass.documents.lengths[$0] >= shortest }
        for band in 0..<snapshot.definition.definition.banding.bands {
            var wanted = Array(repeating: [UInt64](), count: snapshot.segments.count)
            for entry in CandidateSearch.sorted(pass.sketches, band: band, where: isIn) {
                let place = places[Int(entry & 0xFFFF_FFFF)]
                wanted[place.segment].append(entry & ~0xFFFF_FFFF | UInt64(place.place))
            }
            for (at, segment) in snapshot.segments.enumerated() {
                let isLive = try SegmentState(SegmentReader(segment)).isLive
                let there = isLive.indices.map { isLive[$0] == 0 ? SegmentMerge.gone : UInt32($0) }
                var walk = try KeyWalk(segment, SegmentLayout.tablesBeforeBands + band, places: there)
                var entry = walk.first, found: [UInt64] = []
                while entry < .max {
                    found.append(entry)
                    entry = try walk.next()
                }
                if found != wanted[at] { find("\(segment.file.path): band \(band) is of other documents") }
            }
        }
    }
}

extension Snapshot {
    /// Ids and labels of all documents by their numbers.
    func replayed() throws(StoreError) -> [UInt32: Journal.Replayed] {
        var there: [UInt32: Journal.Replayed] = [:]
        for segment in SnapshotReader(self).segments {
            let state = try SegmentState(segment)
            for place in 0..<segment.documents where state.isLive[place] != 0 {
                there[try segment.number(place)] = Journal.Replayed(
                    id: try segment.id(place), labels: state.labels.map { $0[place] })
            }
        }
        return there
    }
}
