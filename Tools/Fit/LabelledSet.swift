import Corpus
import DedupKit
import Evaluation
import Event
import Glibc
import Workers

/// Documents whose events are known, one voice of each copy cluster, and the pairs among them.
struct LabelledSet {
    let name: String
    /// Where the documents come from.
    let file: String
    let documents: [EventDocument]
    /// The event of each document, as a number.
    let events: [Int]
    /// Of each document's label the group that is set aside or left out as one; see `LabelledSet.group`.
    let groups: [UInt64]
    let pairs: EventPairs

    private let workers: Workers

    init(
        _ name: String, of file: String, _ documents: [EventDocument], _ events: [Int], _ groups: [UInt64],
        _ workers: Workers
    ) {
        self.name = name
        self.file = file
        self.documents = documents
        self.events = events
        self.groups = groups
        self.workers = workers
        pairs = EventPairs(TermStore(documents), parameters: EventParameters(), workers: workers)
    }

    static func read(_ path: String, _ workers: Workers) throws -> LabelledSet {
        let inputs = try InputSet(paths: [path])
        let labels = try Labels(gold: path)
        var parameters = Parameters()
        parameters.level = .copy
        parameters.threads = workers.count
        let clustering = Pipeline(parameters).run(inputs)
        let documents = clustering.documents
        let voices = documents.indices.filter { clustering.label(.copy, of: $0) == UInt32($0) }
        let reader = TermReader(inputs, documents)
        let reports = try voices.map { try reader.read($0) }
        var numbers: [[UInt8]: Int] = [:]
        var events: [Int] = []
        var groups: [UInt64] = []
        for voice in voices {
            let label = documents.identifiers.withBytes(of: voice) { labels[Array($0)] ?? Array($0) }
            let number = numbers[label] ?? numbers.count
            numbers[label] = number
            events.append(number)
            groups.append(group(label))
        }
        let name = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? path
        return LabelledSet(name, of: path, reports, events, groups, workers)
    }

    /// Look-alike events, which share what stands before the first underscore of their labels, stay together.
    private static func group(_ label: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in label.prefix(while: { $0 != UInt8(ascii: "_") }) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return ((hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93) >> 32
    }

    func part(_ name: String, _ isIn: (UInt64) -> Bool) -> LabelledSet {
        let places = documents.indices.filter { isIn(groups[$0]) }
        return LabelledSet(
            "\(self.name) \(name)", of: file, places.map { documents[$0] }, places.map { events[$0] },
            places.map { groups[$0] }, workers)
    }

    var isDated: Bool { documents.contains { $0.day != nil } }

    func undated() -> LabelledSet {
        let documents = documents.map { document in
            var document = document
            document.day = nil
            return document
        }
        return LabelledSet("\(name), undated", of: file, documents, events, groups, workers)
    }

    func clustering(by model: EventModel) -> [Int] {
        EventClustering(pairs, documents: documents.count, model: model, workers: workers).labels.map(Int.init)
    }

    func scores(of model: EventModel) -> ClusteringScores {
        ClusteringScores(predicted: clustering(by: model), gold: events)
    }

    /// A pair of one event counts less the larger the event, or a few events would be all that is learned from; the
    /// square root lies between that pairs count alike and that documents do.
    func addExamples(to regression: inout LogisticRegression, where isIn: (Int) -> Bool) {
        let sizes = events.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        for pair in 0..<pairs.count {
            pairs.read(pair) { first, second, features in
                guard isIn(first), isIn(second) else { return }
                let isOne = events[first] == events[second]
                let others = isOne ? Double(sizes[events[first]]! - 1) : 1
                regression.add(features, target: isOne, importance: 1 / others.squareRoot() / Double(documents.count))
            }
        }
    }
}
