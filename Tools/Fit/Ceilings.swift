import Event

/// The ceilings of a grid: what each costs the labelled sets as they are, and what it gains where one topic of a set is
/// planted among thousands of stories from elsewhere.
///
/// No labelled set is like that, and a model that is fitted to both alike does worse on both. So the ceiling is chosen
/// that gains most of those that cost little.
struct Ceilings {
    private struct Candidate {
        var ceiling: TopicCeiling
        /// B-cubed F1 by file: of its sets as they are, and of its planted topics.
        var plain: [Double]
        var planted: [Double]
    }

    private let files: [String]
    private let without: [Double]
    private var candidates: [Candidate] = []

    /// What the labelled sets may lose on average.
    private static let price = 0.0075

    init(of model: EventModel, for files: [LabelledSet], plantedIn host: LabelledSet) {
        self.files = files.map(\.file)
        let plain = files.map { Fit.dumps($0).flatMap(\.withAndWithoutDates) }
        let planted = files.map { file in
            file.topics("topic", count: 60, others: 3, every: 5) { $0 % 4 != 0 }.map { $0.planted(in: host) }
        }
        without = plain.map { Fit.mean($0, of: model) }
        for ceiling in Self.grid {
            var model = model
            model.ceiling = ceiling
            candidates.append(
                Candidate(
                    ceiling: ceiling, plain: plain.map { Fit.mean($0, of: model) },
                    planted: planted.map { Fit.mean($0, of: model) }))
        }
    }

    private static var grid: [TopicCeiling] {
        [20, 30, 40].flatMap { certainty in
            [0, 0.02, 0.04].flatMap { perLength in
                [0.05, 0.1, 0.15, 0.2].flatMap { perLead in
                    [0.2, 0.22, 0.24, 0.25, 0.26, 0.28].map { topic in
                        TopicCeiling(certainty: certainty, topic: topic, perLength: perLength, perLead: perLead)
                    }
                }
            }
        }
    }

    func best() -> TopicCeiling? { best(over: files.indices)?.ceiling }

    /// How a file scores as it is by the ceiling that the others choose.
    func leaving(out file: LabelledSet) -> Double {
        let place = files.firstIndex(of: file.file)!
        return best(over: files.indices.filter { $0 != place })?.plain[place] ?? without[place]
    }

    private func best(over places: some Sequence<Int>) -> Candidate? {
        func sum(_ values: [Double]) -> Double { places.reduce(0) { $0 + values[$1] } }
        let count = places.reduce(0) { count, _ in count + 1 }
        let cheap = candidates.filter { sum(without) - sum($0.plain) <= Self.price * Double(count) }
        return cheap.max { sum($0.planted) < sum($1.planted) }
    }
}
