import DedupKit
import Evaluation
import Event
import Glibc
import Inputs
import Workers

/// Documents whose events are known, one voice of each copy cluster, and the pairs among them.
struct LabelledSet {
    let name: String
    /// Where the documents come from.
    let file: String
    let documents: [EventDocument]
    /// The same documents, cut off after a sentence or two.
    let briefs: [EventDocument]
    /// The event of each document, as a number.
    let events: [Int]
    /// Of each document's label the group that is set aside or left out as one; see `LabelledSet.group`.
    let groups: [UInt64]
    let pairs: EventPairs
    /// How much the set counts.
    var weight = 1.0
    /// Whether all its documents are on one topic.
    var isTopic = false

    private let workers: Workers

    init(
        _ name: String, of file: String, _ documents: [EventDocument], briefs: [EventDocument], _ events: [Int],
        _ groups: [UInt64], host: [EventDocument] = [], _ workers: Workers
    ) {
        self.name = name
        self.file = file
        self.documents = documents
        self.briefs = briefs
        self.events = events
        self.groups = groups
        self.workers = workers
        let dump = TermStore(documents + host)
        pairs = EventPairs(dump, parameters: EventParameters(), workers: workers).among(first: documents.count)
    }

    /// - Parameter isLabelled: if not, each document is an event.
    static func read(_ path: String, isLabelled: Bool = true, _ workers: Workers) throws -> LabelledSet {
        let inputs = try InputSet(paths: [path])
        let labels = isLabelled ? try Labels(gold: path) : nil
        let clustering = try Pipeline(options: RunOptions(level: .copy, threads: workers.count)).run(inputs)
        let documents = clustering.documents
        let voices = documents.numbers.filter { clustering.label(.copy, of: $0) == $0 }
        let reader = TermReader(documents)
        let reports = try voices.map { try reader.read($0) }
        let briefs = try voices.map { try reader.read($0, longest: 30) }
        var numbers: [[UInt8]: Int] = [:]
        var events: [Int] = []
        var groups: [UInt64] = []
        for voice in voices {
            let label = documents.identifiers.withBytes(of: voice) { labels?[Array($0)] ?? Array($0) }
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            events.append(number)
            groups.append(group(label))
        }
        let name = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? path
        return LabelledSet(name, of: path, reports, briefs: briefs, events, groups, workers)
    }

    /// Look-alike events, which share what stands before the first underscore of their labels, stay together.
    private static func group(_ label: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in label.prefix(while: { $0 != UInt8(ascii: "_") }) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return ((hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93) >> 32
    }

    func part(_ name: String, _ isIn: (UInt64) -> Bool) -> LabelledSet {
        part(name, documents.indices.filter { isIn(groups[$0]) })
    }

    /// Of some events, each with other stories that are most like its own: small dumps of one topic.
    ///
    /// - Parameter every: of how many such stories one is taken.
    func topics(_ name: String, count: Int, others: Int, every: Int = 1, _ isIn: (UInt64) -> Bool) -> [LabelledSet] {
        var alike: [[(cosine: Double, document: Int)]] = Array(repeating: [], count: documents.count)
        for pair in 0..<pairs.count {
            let (first, second, features) = pairs[pair]
            guard isIn(groups[first]), isIn(groups[second]), events[first] != events[second] else { continue }
            alike[first].append((features[0], second))
            alike[second].append((features[0], first))
        }
        let members = Dictionary(grouping: documents.indices.filter { isIn(groups[$0]) }) { events[$0] }
            .filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map(\.value)
        let step = max(1, members.count / count)
        return stride(from: 0, to: members.count, by: step).map { at in
            var places = Array(members[at].prefix(4))
            let size = places.count + others
            let near = members[at].flatMap { alike[$0] }.sorted { ($1.cosine, $0.document) < ($0.cosine, $1.document) }
            var seen = Set(members[at]), rank = 0
            for (_, other) in near where places.count < size && seen.insert(other).inserted {
                rank += 1
                if rank % every == 0 { places.append(other) }
            }
            var set = part(name, places.sorted())
            set.isTopic = true
            return set
        }
    }

    private func part(_ name: String, _ places: [Int]) -> LabelledSet {
        LabelledSet(
            "\(self.name) \(name)", of: file, places.map { documents[$0] }, briefs: places.map { briefs[$0] },
            places.map { events[$0] }, places.map { groups[$0] }, workers)
    }

    var isLarge: Bool { documents.count > 4000 }
    var isDated: Bool { documents.contains { $0.day != nil } }

    var brief: LabelledSet {
        var set = copy("brief", briefs, briefs: briefs)
        set.weight *= 0.1
        return set
    }

    var withAndWithoutDates: [LabelledSet] { isDated ? [self, undated] : [self] }
    var undated: LabelledSet { copy("undated", Self.undated(documents), briefs: Self.undated(briefs)) }

    private static func undated(_ documents: [EventDocument]) -> [EventDocument] {
        documents.map { EventDocument(terms: $0.terms, day: nil) }
    }

    /// Without dates among the stories of a dump from another place and time.
    func planted(in host: LabelledSet) -> LabelledSet {
        LabelledSet(
            "\(name), planted", of: file, Self.undated(documents), briefs: Self.undated(briefs), events, groups,
            host: host.documents, workers)
    }

    private func copy(_ what: String, _ documents: [EventDocument], briefs: [EventDocument]) -> LabelledSet {
        var set = LabelledSet("\(name), \(what)", of: file, documents, briefs: briefs, events, groups, workers)
        set.weight = weight
        set.isTopic = isTopic
        return set
    }

    func clustering(by model: EventModel) -> [Int] {
        EventClustering(pairs, documents: documents.count, model: model, workers: workers).labels.map(\.index)
    }

    func scores(of model: EventModel) -> ClusteringScores {
        ClusteringScores(predicted: clustering(by: model), gold: events)
    }

    /// A pair of one event counts less the larger the event, or a few events would be all that is learned from; the
    /// square root lies between that pairs count alike and that documents do.
    func addExamples(to regression: inout LogisticRegression, where isIn: (Int) -> Bool) {
        let sizes = events.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        for pair in 0..<pairs.count {
            let (first, second, features) = pairs[pair]
            guard isIn(first), isIn(second) else { continue }
            let isOne = events[first] == events[second]
            let others = isOne ? Double(sizes[events[first]]! - 1) : 1
            regression.add(
                features, target: isOne, importance: weight / others.squareRoot() / Double(documents.count))
        }
    }
}
