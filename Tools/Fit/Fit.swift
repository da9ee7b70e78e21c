import Event
import Glibc
import Workers

/// Fits the weights of the event model: `fit TRAIN.jsonl... [-- TEST.jsonl...]` writes them to standard output as the
/// Swift source `Sources/Event/EventModel+Trained.swift`, and what they score to standard error.
///
/// A quarter of each training file is set aside and only scored if the environment has SHOW_ASIDE.
@main struct Fit {
    static let workers = Workers(count: Workers.available)

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let trainPaths = arguments.prefix { $0 != "--" }
        let files = try trainPaths.map { try LabelledSet.read($0, workers) }
        let tests = try arguments.dropFirst(trainPaths.count + 1).map { try LabelledSet.read($0, workers) }
        let training = files.flatMap(trainingSets)
        let model = fitted(training)
        try write(model)
        for set in training + tests { report(set.name, set.scores(of: model).bCubed.f1) }
        if getenv("SHOW_FOLDS") != nil {
            for file in files { report("\(file.name), cross-validated", crossValidated(file, training)) }
        }
        if getenv("SHOW_ASIDE") != nil {
            for file in files {
                let aside = file.part("aside") { $0 % 4 == 0 }
                report(aside.name, aside.scores(of: model).bCubed.f1)
            }
        }
    }

    /// Dumps are of many sizes and most have no dates: a large file makes several sets, and a dated one is learned from
    /// with and without its dates.
    static func trainingSets(_ file: LabelledSet) -> [LabelledSet] {
        let sets =
            file.documents.count > 4000
            ? [1, 2, 3].map { quarter in file.part("quarter \(quarter)") { $0 % 4 == quarter } }
            : [file.part("train") { $0 % 4 != 0 }]
        return sets.flatMap { $0.isDated ? [$0, $0.undated()] : [$0] }
    }

    /// The regression's model, its scale moved so that one half is the cut of the best mean B-cubed F1 over the sets,
    /// where each file counts once.
    static func fitted(
        _ sets: [LabelledSet], where isIn: (LabelledSet, _ document: Int) -> Bool = { _, _ in true }
    ) -> EventModel {
        var regression = LogisticRegression()
        for set in sets { set.addExamples(to: &regression) { isIn(set, $0) } }
        let model = regression.fitted()
        let curve = stride(from: 0, through: 5, by: 0.25).map { shift in
            var moved = model
            moved.bias += shift
            let files = Dictionary(grouping: sets, by: \.file).values
            return (model: moved, mean: mean(files.map { mean($0.map { $0.scores(of: moved).bCubed.f1 }) }))
        }
        if getenv("SHOW_CURVE") != nil { for (n, point) in curve.enumerated() { report("shift \(Double(n) * 0.25)", point.mean) } }
        return curve.max { $0.mean < $1.mean }!.model
    }

    static func mean(_ values: [Double]) -> Double { values.sorted().reduce(0, +) / Double(values.count) }

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
        print("        weights: [")
        for (name, weight) in zip(PairFeatures.names, model.weights) {
            print("            \(rounded(weight)),  // \(name)")
        }
        print("        ])")
        print("}")
    }

    static func rounded(_ weight: Double) -> Double { (weight * 10_000).rounded() / 10_000 }
}
