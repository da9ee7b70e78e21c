import Columns
import Containment
import Event
import MinHash
import Overlap
import Records
import Stages
import Store
import Tables

/// New documents among those of the index that they may be like, put through the stages of a run. The new ones come
/// first by number; those of the index are preferred, so that new ones join them and not they the new ones.
struct Neighbourhood {
    /// New ones, and behind them those of the index.
    private(set) var documents: Documents
    let newCount: Int
    /// Of each document of the index that is here.
    let places: [Place]
    /// Of new documents, those that are judged.
    let isAsked: [Bool]
    /// As the stages found them; at level copy those that stand.
    private(set) var labels: [Level: [DocumentNumber]] = [:]
    private(set) var recurring = RecurringKeys()
    private(set) var boilerplate: [Boilerplate] = []
    private(set) var problems: [Problem] = []
    /// Pairs that have a passage in common.
    private(set) var overlaps: [CandidatePair<OfDocument>: CopyOverlap] = [:]
    /// Of the documents of the index.
    let source: IndexSource
    /// Numbers and labels of the documents of the index.
    let history: History
    /// Where new reports belong; nil at other levels and where there are none.
    private(set) var events: EventJudgement?
    /// Who represents the events of the index that new reports go to, where not in `history`, behind which they stand.
    private(set) var hosts = History()
    let run: Run

    /// - Parameters:
    ///   - pass: over the new documents; empty afterwards.
    ///   - isAsked: of each of them whether it is judged; else it only stands there.
    ///   - twins: documents of the index that are wanted beside the candidates.
    init(
        _ pass: inout FirstPass, isAsked: [Bool], twins: [Place], in snapshot: Snapshot, day: Int64?, _ run: Run
    ) throws(IndexError) {
        self.run = run
        self.isAsked = isAsked
        newCount = pass.documents.count
        let level = snapshot.definition.level
        var preferred = pass.documents.preferenceOrder(run.definition).filter { isAsked[$0.index] }
        var known: [RecurringKeys.Entry]
        do throws(StoreError) {
            let search = try CandidateSearch(snapshot, pass, isAsked: isAsked, run)
            let found = isAsked.contains(true) ? try search.find(level) : CandidateSearch.Found()
            known = found.recurring
            history = try History(snapshot, Set(found.places).union(twins))
        } catch {
            throw .store(error)
        }
        places = history.places
        source = IndexSource(snapshot, places: places)
        let old = try source.firstPass(run, memory: .unlimited)
        pass.append(old)
        documents = pass.documents
        preferred = (newCount..<documents.count).map { DocumentNumber($0) } + preferred
        let reports = cluster(&pass, order: preferred, known: known, level)
        guard level == .event, !reports.isEmpty else { return }
        let judged = try EventJudgement(documents, new: reports, in: snapshot, day: day, run)
        problems += judged.problems
        events = judged
        hosts = try documents.append(judged.hosts, of: snapshot, besides: history, run)
    }

    /// Up to level copy.
    ///
    /// - Returns: new documents that stand for their copies, in order of preference.
    private mutating func cluster(
        _ pass: inout FirstPass, order: [DocumentNumber], known: [RecurringKeys.Entry], _ level: Level
    ) -> [DocumentNumber] {
        var exact = ExactStage(documents, order: order, shortest: run.definition.shingleWidth)
        labels[.exact] = exact.labels
        // Who is like a member of a cluster only is not of it: others are compared with those that represent one.
        exact.texts = exact.texts.filter { !isOfIndex($0) || history.represents(index($0), .near) }
        guard level > .exact else { return [] }
        let near = NearStage(documents, pass.sketches, exact: exact, run) { isOfIndex($0) }
        labels[.near] = near.labels
        problems += near.problems
        guard level > .near else { return [] }
        let items: Numbering<OfItem, OfDocument> = exact.texts.filter {
            near.labels[$0.index] == $0 && (!isOfIndex($0) || history.represents(index($0), .copy))
        }
        pass.samples.remove(RecurringKeys(known))
        var passages = PassageScores(run.definition.copy.criteria)
        let copy = CopyStage(
            documents, taking: &pass.samples, items: items, run, known: known,
            standing: items.wholes.count(where: isOfIndex)
        ) { passages.add($0, $1) }
        (recurring, boilerplate) = (copy.recurring, copy.boilerplate)
        let copies = standing(
            items.coarsen(near.labels, by: copy.representatives), near.labels, items, &passages)
        labels[.copy] = copies
        problems += copy.problems + passages.problems
        overlaps = passages.overlaps
        if level > .copy { labels[.event] = copies }
        return exact.texts.wholes.filter { copies[$0.index] == $0 && !isOfIndex($0) }
    }

    /// Of a document of the index, which of those that are here.
    func index(_ document: DocumentNumber) -> Int { document.index - newCount }

    func isOfIndex(_ document: DocumentNumber) -> Bool { document.index >= newCount }
}

extension Documents {
    /// Adds documents of an index behind others of it, with those that they are labelled with.
    ///
    /// - Parameters:
    ///   - numbers: of the documents.
    ///   - history: those that are there.
    /// - Returns: those that were added.
    mutating func append(
        _ numbers: Set<UInt32>, of snapshot: Snapshot, besides history: History, _ run: Run
    ) throws(IndexError) -> History {
        let added: History
        do throws(StoreError) {
            let reader = SnapshotReader(snapshot)
            var places = Set(history.places)
            for number in numbers {
                guard let place = try reader.place(ofNumber: number) else {
                    throw StoreError(path: snapshot.folder.path, .damaged("a label of a document that is not there"))
                }
                places.insert(place)
            }
            added = try History(snapshot, places).without(history)
        } catch {
            throw .store(error)
        }
        if added.places.isEmpty { return added }
        var options = run.options
        options.level = .exact
        let source = IndexSource(snapshot, places: added.places)
        append(more: try source.firstPass(Run(run.definition, options), memory: .unlimited).documents)
        return added
    }
}

/// Documents of an index that take part in a judgement, with their numbers and labels; those that they are labelled with
/// are among them.
struct History: Sendable {
    /// Ascending.
    private(set) var places: [Place] = []
    private(set) var numbers: [UInt32] = []
    /// Of each document, by level.
    private(set) var labels: [[UInt32]] = []

    /// Of none.
    init() {}

    init(_ snapshot: Snapshot, _ wanted: Set<Place>) throws(StoreError) {
        let reader = SnapshotReader(snapshot)
        var all = wanted
        for place in wanted.sorted() {
            let own = try reader.number(place)
            for label in Set(try Self.labels(reader, place)) where label != own {
                guard let other = try reader.place(ofNumber: label) else {
                    throw reader.segments[place.segment].damage("a label of a document that is not there")
                }
                all.insert(other)
            }
        }
        places = all.sorted()
        for place in places {
            numbers.append(try reader.number(place))
            labels.append(try Self.labels(reader, place))
        }
    }

    /// Those that are not of another.
    func without(_ other: History) -> History {
        var rest = History()
        let there = Set(other.places)
        for at in places.indices where !there.contains(places[at]) {
            rest.places.append(places[at])
            rest.numbers.append(numbers[at])
            rest.labels.append(labels[at])
        }
        return rest
    }

    /// These, and others behind them.
    static func + (one: History, other: History) -> History {
        var all = one
        all.places += other.places
        all.numbers += other.numbers
        all.labels += other.labels
        return all
    }

    /// Whether the document at an index represents its cluster at a level.
    func represents(_ at: Int, _ level: Level) -> Bool { labels[at][level.number] == numbers[at] }

    /// The document that one is labelled with.
    func representative(of at: Int, _ level: Level) -> Int {
        let label = labels[at][level.number]
        // Ascending with their places.
        return numbers.partitioningIndex { $0 >= label }
    }

    private static func labels(_ reader: SnapshotReader, _ place: Place) throws(StoreError) -> [UInt32] {
        var labels: [UInt32] = []
        for level in Level.allCases { labels.append(try reader.segments[place.segment].label(level, place.place)) }
        return labels
    }
}
