import Event
import Glibc
import Workers

/// Fits the weights of the event model: `fit HOST.jsonl TRAIN.jsonl... [-- TEST.jsonl...]` writes them to standard output
/// as the Swift source `Sources/Event/EventModel+Trained.swift`, and what they score to standard error. Among the host's
/// stories, which have no labels, topics are planted.
///
/// A quarter of each training file is set aside and only scored if the environment has SHOW_ASIDE.
@main struct Fit {
    static let workers = Workers(count: Workers.available)

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let trainPaths = arguments.prefix { $0 != "--" }
        let host = try LabelledSet.read(trainPaths.first!, isLabelled: false, workers)
        let files = try trainPaths.dropFirst().map { try LabelledSet.read($0, workers) }
        let tests = try arguments.dropFirst(trainPaths.count + 1).map { try LabelledSet.read($0, workers) }
        let training = files.flatMap(trainingSets)
        var model = fitted(training)
        let ceilings = Ceilings(of: model, for: files, plantedIn: host)
        model.ceiling = ceilings.best()
        try write(model)
        for (name, sets) in Dictionary(grouping: training + tests, by: \.name).sorted(by: { $0.key < $1.key }) {
            report(name, mean(sets, of: model))
        }
        if getenv("SHOW_FOLDS") != nil {
            for file in files { report("\(file.name), by the ceiling of the others", ceilings.leaving(out: file)) }
            for file in files { report("\(file.name), cross-validated", crossValidated(file, training)) }
        }
        if getenv("SHOW_ASIDE") != nil {
            for file in files {
                let aside = file.part("aside") { $0 % 4 == 0 }
                report(aside.name, aside.scores(of: model).bCubed.f1)
            }
        }
    }

    /// Dumps are of many sizes, most have no dates and some are of a few lines a story: a large file makes several sets,
    /// each file makes sets of few documents, all are learned from cut short too, and dated ones without their dates.
    static func trainingSets(_ file: LabelledSet) -> [LabelledSet] {
        (dumps(file) + topics(file)).flatMap { [$0, $0.brief] }.flatMap(\.withAndWithoutDates)
    }

    /// Sets of documents as they come.
    static func dumps(_ file: LabelledSet) -> [LabelledSet] {
        let sets =
            file.isLarge
            ? [1, 2, 3].map { quarter in file.part("quarter \(quarter)") { $0 % 4 == quarter } }
            : [file.part("train") { $0 % 4 != 0 }]
        return sets + handfuls(file)
    }

    /// Sets of one event among stories of its topic, which together count half.
    static func topics(_ file: LabelledSet) -> [LabelledSet] {
        var sets = file.topics("topic", count: 60, others: 3) { $0 % 4 != 0 }
        for at in sets.indices { sets[at].weight = 0.5 / Double(sets.count) }
        return sets
    }

    /// Sets of a dozen events or fewer, which together count as one.
    static func handfuls(_ file: LabelledSet) -> [LabelledSet] {
        let count: UInt64 = file.documents.count > 1000 ? 40 : 8
        let parts = file.isLarge ? 4 * count : count
        return (0..<count).map { number in
            var set = file.part("handful") { $0 % 4 != 0 && $0 / 4 % parts == number }
            set.weight = 1 / Double(count)
            return set
        }.filter { $0.documents.count > 1 }
    }

    /// The regression's model, its bias moved so that one half is a good cut of large dumps, its strictness of small
    /// ones on one topic.
    static func fitted(
        _ sets: [LabelledSet], where isIn: (LabelledSet, _ document: Int) -> Bool = { _, _ in true }
    ) -> EventModel {
        var regression = LogisticRegression()
        for set in sets { set.addExamples(to: &regression) { isIn(set, $0) } }
        let shifts = Array(stride(from: 0, through: 5, by: 0.25))
        let model = strictest(sets.filter { !$0.isTopic }, regression.fitted(), shifts) { $0.bias += $1 }
        return strictest(sets.filter(\.isTopic), model, shifts.reversed()) { $0.strictness += $1 }
    }

    /// The first of the moved models whose mean B-cubed F1 over the files lies within .005 of the best: where the curve
    /// is flat, to part two events is the lesser error.
    ///
    /// - Parameter shifts: from the strictest.
    static func strictest(
        _ sets: [LabelledSet], _ model: EventModel, _ shifts: [Double], _ move: (inout EventModel, Double) -> Void
    ) -> EventModel {
        let files = Dictionary(grouping: sets, by: \.file).values
        let curve = shifts.map { shift in
            var moved = model
            move(&moved, shift)
            return (model: moved, mean: files.map { mean($0, of: moved) }.sorted().reduce(0, +) / Double(files.count))
        }
        let best = curve.map(\.mean).max()!
        return curve.first { $0.mean >= best - 0.005 }!.model
    }

    static func mean(_ sets: [LabelledSet], of model: EventModel) -> Double {
        sets.reduce(0) { $0 + $1.weight * $1.scores(of: model).bCubed.f1 } / sets.reduce(0) { $0 + $1.weight }
    }

    /// A file as a whole, clustered by models that have not seen a fourth of its events, whose documents are scored.
    static func crossValidated(_ file: LabelledSet, _ sets: [LabelledSet]) -> Double {
        let folds: UInt64 = 4
        var (precision, recall) = (0.0, 0.0)
        for fold in 0..<folds {
            func isOut(_ group: UInt64) -> Bool { group / 4 % folds == fold }
            let model = fitted(sets) { set, document in set.file != file.file || !isOut(set.groups[document]) }
            let clusters = file.clustering(by: model)
            let clusterSizes = sizes(clusters), eventSizes = sizes(file.events)
            let shared = sizes(zip(clusters, file.events).map { [$0, $1] })
            for (document, event) in file.events.enumerated() where isOut(file.groups[document]) {
                let both = Double(shared[[clusters[document], event]]!)
                precision += both / Double(clusterSizes[clusters[document]]!)
                recall += both / Double(eventSizes[event]!)
            }
        }
        return 2 * precision * recall / (precision + recall) / Double(file.documents.count)
    }

    static func sizes<Label: Hashable>(_ labels: [Label]) -> [Label: Int] {
        labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    static func report(_ name: String, _ f1: Double) {
        let line = "\(name): B-cubed F1 \((f1 * 10_000).rounded() / 10_000)\n"
        _ = line.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
    }

    static func write(_ model: EventModel) throws {
        print("// Made by `make fit`; see docs/decisions/007-events.md.")
        print("extension EventModel {")
        print("    static let trained = EventModel(")
        print("        bias: \(rounded(model.bias)),")
        print("        strictness: \(rounded(model.strictness)),")
        if let ceiling = model.ceiling {
            print("        ceiling: TopicCeiling(")
            print("            certainty: \(ceiling.certainty), topic: \(ceiling.topic),", terminator: " ")
            print("perLength: \(ceiling.perLength), perLead: \(ceiling.perLead)),")
        }
        print("        weights: [")
        for (name, weight) in zip(PairFeatures.names, model.weights) {
            print("            \(rounded(weight)),  // \(name)")
        }
        print("        ])")
        print("}")
    }

    static func rounded(_ weight: Double) -> Double { (weight * 10_000).rounded() / 10_000 }
}
