import DedupKit
import Store

extension Transaction {
    func add(_ judgement: consuming Judgement) throws(IndexError) -> Answer {
        try judgement.recognise(renews: true)
        let isNew = judgement.isAsked
        let first = manifest.nextNumber, count = isNew.count { $0 }
        guard Int(first) + isNew.count < Int(UInt32.max) else { throw .full }
        let day = indexDay(manifest, judgement.pass.documents, where: isNew)
        // What is known has a number that nobody asks for, behind the others.
        var numbers: [UInt32] = [], next = first, spare = first + UInt32(count)
        for isNew in isNew {
            numbers.append(isNew ? next : spare)
            if isNew { next += 1 } else { spare += 1 }
        }
        guard count > 0 else {
            return try judgement.answer(
                in: snapshot, day: day, numbers: numbers, isAdded: true, indexed: snapshot.live
            ).0
        }
        try supersede(&judgement)
        let standing = snapshot, indexed = snapshot.live + count
        workers = judgement.run.options.workers
        let new = judgement.pass.documents.numbers.filter { isNew[$0.index] }
        let builder = SegmentBuilder(
            pass: judgement.pass, definition: manifest.definition, documents: new,
            numbers: new.map { numbers[$0.index] }, workers: workers)
        let (answer, labels, events) = try judgement.answer(
            in: standing, day: day, numbers: numbers, isAdded: true, indexed: indexed)
        try write(builder, labels: new.map { labels[$0.index] }, day: day)
        if let events {
            do throws(StoreError) {
                try keep(events, numbers)
                manifest.segments[manifest.segments.count - 1].events = try write(events.records(numbers))
            } catch {
                throw .store(error)
            }
        }
        try merge()
        try commit()
        return answer
    }

    /// Takes out what others take the place of. A segment of which nothing is left goes along, so that what is known is
    /// looked for again.
    private func supersede(_ judgement: inout Judgement) throws(IndexError) {
        guard judgement.standings.contains(.supersedes) else { return }
        var gone: Set<UInt32> = [], known: [DocumentNumber: UInt32] = [:]
        do throws(StoreError) {
            let reader = SnapshotReader(snapshot)
            for (document, place) in judgement.twins {
                let number = try reader.number(place)
                if judgement.standings[document.index] == .known {
                    known[document] = number
                } else {
                    gone.insert(number)
                }
            }
        } catch {
            throw .store(error)
        }
        try remove(gone, kind: "superseded")
        do throws(StoreError) {
            let reader = SnapshotReader(snapshot)
            judgement.twins = [:]
            for (document, number) in known { judgement.twins[document] = try reader.place(ofNumber: number) }
        } catch {
            throw .store(error)
        }
    }

    /// Writes new documents with their labels.
    private func write(_ builder: SegmentBuilder, labels: [[UInt32]], day: Int64?) throws(IndexError) {
        let (name, tag) = manifest.newFile("segment")
        let file = try builder.write(to: folder, name, tag: tag)
        var state = SegmentState(documents: labels.count)
        for (place, labels) in labels.enumerated() {
            for level in Level.allCases { state.labels[level.number][place] = labels[level.number] }
            let id = unsafe builder.pass.documents.identifiers.withBytes(of: builder.documents[place]) {
                unsafe Array($0)
            }
            journal.added(builder.numbers[place], id: id, labels: labels)
        }
        let days = builder.documents.compactMap { dayOfKey(builder.pass.documents.dates[$0.index]) ?? day }
        do throws(StoreError) {
            let (name, tag) = manifest.newFile("state")
            manifest.segments.append(
                Manifest.Segment(
                    file: file, state: try state.write(to: folder, name, tag: tag, numbers: builder.numbers),
                    documents: labels.count,
                    live: labels.count, lastDay: days.max()))
        } catch {
            throw .store(error)
        }
        if manifest.additions.isEmpty || manifest.additions.last!.day != day {
            manifest.additions.append(Manifest.Addition(first: builder.numbers[0], day: day))
        }
        manifest.nextNumber = builder.numbers.last! + 1
    }

    func remove(_ ids: [String]) throws(IndexError) {
        var gone: Set<UInt32> = [], unknown: [String] = []
        do throws(StoreError) {
            let reader = SnapshotReader(snapshot)
            for id in ids {
                if let place = try reader.place(ofID: Array(id.utf8)) {
                    gone.insert(try reader.number(place))
                } else {
                    unknown.append(id)
                }
            }
        } catch {
            throw .store(error)
        }
        guard unknown.isEmpty else { throw .unknownIDs(unknown) }
        if gone.isEmpty { return }
        try remove(gone, kind: "removed")
        try merge()
        try commit()
    }

    func expire(before moment: Int64) throws(IndexError) -> Int {
        var gone: Set<UInt32> = []
        do throws(StoreError) {
            for segment in SnapshotReader(snapshot).segments {
                let all = 0..<segment.documents, state = try SegmentState(segment)
                let numbers = try segment.values(UInt32.self, .numbers, all)
                let dates = try segment.values(Int64.self, .dates, all)
                for place in all where state.isLive[place] != 0 {
                    let date = dates[place] == Documents.undated ? nil : RecordDate(key: dates[place]).shown
                    let day = date ?? manifest.day(ofNumber: numbers[place])
                    if let day, day < moment { gone.insert(numbers[place]) }
                }
            }
        } catch {
            throw .store(error)
        }
        guard !gone.isEmpty else { return 0 }
        try remove(gone, kind: "expired")
        try merge()
        try commit()
        return gone.count
    }

    func settle(_ options: RunOptions) throws(IndexError) -> [Move] {
        var options = options
        options.level = manifest.definition.level
        let clustering = try snapshot.clustered(options)
        var moves: [Move] = [], states: [Int: SegmentState] = [:]
        do throws(StoreError) {
            let places = try IndexSource(snapshot).places, reader = SnapshotReader(snapshot)
            var numbers: [UInt32] = []
            for place in places { numbers.append(try reader.number(place)) }
            var loaded: [SegmentState] = []
            for segment in reader.segments { loaded.append(try SegmentState(segment)) }
            for (document, place) in places.enumerated() {
                for level in Level.allCases {
                    let label = clustering.labels[min(level, options.level)]![document]
                    let old = loaded[place.segment].labels[level.number][place.place], new = numbers[label.index]
                    guard old != new else { continue }
                    loaded[place.segment].labels[level.number][place.place] = new
                    states[place.segment] = loaded[place.segment]
                    journal.moved(numbers[document], level, from: old, to: new)
                    guard level <= options.level, let before = try reader.place(ofNumber: old) else { continue }
                    func name(_ id: [UInt8]) -> String { String(decoding: id, as: UTF8.self) }
                    moves.append(
                        Move(
                            id: name(try reader.id(place)), from: name(try reader.id(before)),
                            to: name(try reader.id(places[label.index])), level: level))
                }
            }
            for at in states.keys { states[at] = loaded[at] }
            try write(states)
        } catch {
            throw .store(error)
        }
        try refresh()
        workers = options.workers
        for (at, segment) in snapshot.segments.enumerated()
        where segment.entry.live < segment.documents || segment.layout.form == .plain {
            try rewrite(at..<at + 1, packs: true)
        }
        try merge()
        try commit()
        return moves
    }
}

extension Snapshot {
    /// All documents through a whole run.
    func clustered(_ options: RunOptions) throws(IndexError) -> Clustering {
        let source: IndexSource, clustering: Clustering
        do throws(StoreError) { source = try IndexSource(self) } catch { throw .store(error) }
        do throws(SpillError) {
            clustering = try Pipeline(definition.definition, options: options).run(source)
        } catch {
            throw .temporary("\(error)")
        }
        try source.requireAll()
        return clustering
    }
}
