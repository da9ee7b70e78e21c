public import DedupKit
import Store

/// What an index says of new documents: of each where it belongs, by labels that stand.
public struct Answer: Sendable {
    /// How a document stands to the index.
    public enum Standing: String, Sendable, CaseIterable {
        /// It is not in it.
        case new
        /// It is in it as it is.
        case known
        /// Another text is in it by this id, which this one takes the place of.
        case supersedes
    }

    /// The new documents, and behind them those of the index that they were compared with.
    public let clustering: Clustering
    /// The new documents alone, as they were read, without labels.
    public let read: Clustering
    /// Of each new document, in its order, where it stands in `clustering`: one that is known as what the index has.
    public let rows: [DocumentNumber]
    public let standings: [Standing]
    /// Of the documents in `rows`; nil below level copy.
    public let flags: CopyFlags?
    /// Whether the index holds the new documents now.
    public let isAdded: Bool
    /// Documents of the index by now.
    public let indexed: Int
    /// Of the documents of the index in it.
    let source: IndexSource
    /// Those documents.
    let history: History
    /// At level event the reports of the window of days.
    let reports: [EventWindow.Voice]
    let run: Run

    /// Throws where a text of the index could not be read again: what was written of the answer is not whole then.
    public func requireTexts() throws(IndexError) { try source.requireAll() }

    /// The clusters that a new document is in, events with all their reports of the window of days; all other documents
    /// alone. Reads those reports.
    public func related() throws(IndexError) -> Clustering {
        let outermost = clustering.labels[clustering.options.level]!, first = read.documents.count
        let wanted = Set(rows.map { outermost[$0.index] })
        var documents = clustering.documents, labels = clustering.labels
        for level in labels.keys {
            for at in documents.indices where !wanted.contains(outermost[at]) {
                labels[level]![at] = DocumentNumber(at)
            }
        }
        let met = Set(wanted.lazy.filter { $0.index >= first }.map { history.numbers[$0.index - first] })
        let numbers = Set(reports.lazy.filter { met.contains($0.event) }.map(\.number))
        if !numbers.isEmpty {
            let added = try documents.append(numbers, of: source.snapshot, besides: history, run)
            var places: [UInt32: DocumentNumber] = [:]
            for (at, number) in (history + added).numbers.enumerated() { places[number] = DocumentNumber(first + at) }
            for own in added.labels {
                for level in labels.keys { labels[level]!.append(places[own[level.number]]!) }
            }
        }
        return Clustering(
            documents, clustering.definition, clustering.options, labels: labels, boilerplate: clustering.boilerplate)
    }
}

/// New documents on their way through an index.
struct Judgement {
    let snapshot: Snapshot
    var pass: FirstPass
    let run: Run
    let read: Clustering
    var standings: [Answer.Standing] = []
    /// Of each document that is in the index by its id, where.
    var twins: [DocumentNumber: Place] = [:]
    /// Of new documents that could not be read again.
    private var lost: [Problem] = []

    /// - Parameters:
    ///   - room: bytes of texts that stay in memory.
    ///   - approve: throws what was read back.
    init(
        _ source: some DocumentSource, in snapshot: Snapshot, _ options: RunOptions, _ times: StageTimes,
        room: Int = 1 << 28,
        _ approve: (Clustering) throws -> Void
    ) throws(IndexError) {
        self.snapshot = snapshot
        var options = options
        options.level = snapshot.definition.level
        run = Run(snapshot.definition.definition, options, times)
        do throws(SpillError) {
            pass = try FirstPass(HeldSource(source, room: room), run)
            if let failure = source.failure { throw failure }
        } catch {
            throw .temporary("\(error)")
        }
        standings = Array(repeating: .new, count: pass.documents.count)
        read = Clustering(pass.documents, run.definition, options, labels: [:], reports: pass.reports)
        do { try approve(read) } catch { throw .refused(error) }
    }

    var isAsked: [Bool] { standings.map { $0 != .known } }

    /// - Parameter renews: whether another text by an id that is there takes its place; else it is judged beside it.
    mutating func recognise(renews: Bool) throws(IndexError) {
        let documents = pass.documents
        do throws(StoreError) {
            let records = RecordReader(documents, snapshot.definition)
            try snapshot.forEachPlace(of: documents.identifiers) { document, place, reader throws(StoreError) in
                let held = try reader.record(place)
                var own: [UInt8] = []
                do throws(Problem) { try records.append(document, to: &own) } catch { return lost.append(error) }
                if own[...] == held.bytes {
                    (standings[document.index], twins[document]) = (.known, place)
                } else if renews {
                    (standings[document.index], twins[document]) = (.supersedes, place)
                }
            }
        } catch {
            throw .store(error)
        }
        // Once more under its id it must not be added.
        if renews, let problem = lost.first { throw .input(problem) }
        for document in documents.numbers where standings[document.index] == .supersedes {
            if try isMadeUp(document) { throw .madeUpID(id: documents.identifiers[document]) }
        }
    }

    /// Whether the id of a document was made of its file and its line: tomorrow another has it.
    private func isMadeUp(_ document: DocumentNumber) throws(IndexError) -> Bool {
        let path = pass.documents.source.path(ofFile: Int(pass.documents.locations[document.index].file))
        guard pass.documents.identifiers[document].hasPrefix("\(path):") else { return false }
        do throws(Problem) {
            return try pass.documents.reader().withRecord(of: document) { record in unsafe record.id == nil }
        } catch {
            throw .input(error)
        }
    }

    /// Compares the documents that are asked for with those of a snapshot.
    ///
    /// - Parameter numbers: of each document, what it is called in the index.
    /// - Returns: the answer, of each document its labels, and at level event what is to be kept of reports.
    consuming func answer(
        in snapshot: Snapshot, day: Int64?, numbers: [UInt32], isAdded: Bool, indexed: Int
    ) throws(IndexError) -> (Answer, labels: [[UInt32]], events: EventJudgement?) {
        let known = twins.filter { standings[$0.key.index] == .known }
        let all = try Neighbourhood(
            &pass, isAsked: isAsked, twins: known.map(\.value), in: snapshot, day: day, run)
        let sticky = StickyLabels(all, numbers: numbers)
        let rows = all.rows(known)
        var clustering = Clustering(
            all.documents, run.definition, run.options, labels: all.clusters(sticky.labels, numbers: numbers),
            recurring: all.recurring, boilerplate: all.boilerplate)
        clustering.add(lost + all.problems + pass.documents.source.changes)
        let flags = run.options.level >= .copy ? CopyFlags(clustering, of: rows, compared: all.overlaps) : nil
        clustering.add(flags?.problems ?? [])
        try all.source.requireAll()
        // A label once given stands, a wrong one too.
        if isAdded, let problem = clustering.problems.first { throw .input(problem) }
        return (
            Answer(
                clustering: clustering, read: read, rows: rows, standings: standings, flags: flags, isAdded: isAdded,
                indexed: indexed, source: all.source, history: all.history + all.hosts,
                reports: all.events?.ledger.voices ?? [], run: run),
            sticky.labels, all.events
        )
    }
}

extension Neighbourhood {
    /// Of each new document, where it stands: one that is known as what the index has.
    func rows(_ known: [DocumentNumber: Place]) -> [DocumentNumber] {
        (0..<newCount).map { document in
            guard let place = known[DocumentNumber(document)] else { return DocumentNumber(document) }
            return DocumentNumber(newCount + places.partitioningIndex { $0 >= place })
        }
    }

    /// Labels that stand, of the documents that are here.
    ///
    /// - Parameters:
    ///   - new: of each new document by level.
    ///   - numbers: of the new documents.
    func clusters(_ new: [[UInt32]], numbers: [UInt32]) -> [Level: [DocumentNumber]] {
        var documents: [UInt32: DocumentNumber] = [:]
        for at in 0..<newCount where isAsked[at] { documents[numbers[at]] = DocumentNumber(at) }
        let there = history + hosts
        for (at, number) in there.numbers.enumerated() { documents[number] = DocumentNumber(newCount + at) }
        var clusters: [Level: [DocumentNumber]] = [:]
        for level in labels.keys {
            clusters[level] = (0..<newCount).map {
                isAsked[$0] ? documents[new[$0][level.number]]! : DocumentNumber($0)
            }
            clusters[level]! += there.labels.map { documents[$0[level.number]]! }
        }
        return clusters
    }
}
