import Glibc
import Workers

/// How likely two documents are to report one event, from 0 to 1; see `EventModel.score`.
struct PairScore: Sendable {
    private let context: PairContext
    private let model: EventModel
    private let bias: Double
    /// Of days; see `EventParameters.window`.
    private let window: Double

    init(context: PairContext, model: EventModel, window: Double) {
        self.context = context
        self.model = model
        self.window = window
        bias = model.bias(documents: context.vectors.count)
    }

    func callAsFunction(_ first: Int, _ second: Int, cosine: Double) -> Double {
        guard inWindow(first, second) else { return 0 }
        let logOdds = PairFeatures.with(first, second, cosine: cosine, context) { model.logOdds($0, bias: bias) }
        return EventModel.score(logOdds: min(logOdds, mostOfWords(first, second, cosine: cosine)))
    }

    /// Here and not among the candidates: a story of last year counts as a neighbour, by which it is known how common
    /// such stories are.
    private func inWindow(_ first: Int, _ second: Int) -> Bool {
        guard let a = context.vectors.header(first).day, let b = context.vectors.header(second).day
        else { return true }
        return abs(a - b) <= window
    }

    /// The most that words alone can say, where a date is missing: stories of one topic that is rare in their dump look like those
    /// of one event to a model that goes by how near others are. The longer the texts, the more words a topic gives them.
    private func mostOfWords(_ first: Int, _ second: Int, cosine: Double) -> Double {
        let (a, b) = (context.vectors.header(first), context.vectors.header(second))
        guard a.day == nil || b.day == nil else { return .infinity }
        let length = min(Double(min(a.length, b.length)), Self.longText)
        return Self.certainty * (cosine - Self.topicCosine) - Self.lengthDiscount * log(length / Self.usualText)
    }

    /// The cosine that two usual texts reach by a common topic; 50 log-odds a unit beyond.
    private static let topicCosine = 0.22
    private static let certainty = 50.0
    private static let lengthDiscount = 2.0
    /// Tokens.
    private static let usualText = 400.0
    private static let longText = 500.0

    /// Pairs with cosines to pairs with scores; those that are certain not to be of one event are dropped.
    func scored(_ pairs: [SimilarPair], workers: Workers) -> [SimilarPair] {
        var pairs = pairs
        pairs.withUnsafeMutableBufferPointer { pairs in
            nonisolated(unsafe) let pairs = pairs
            let block = 1024
            workers.forEach((pairs.count + block - 1) / block) { number, _ in
                for at in number * block..<min(pairs.count, (number + 1) * block) {
                    let pair = pairs[at]
                    let score = self(Int(pair.first), Int(pair.second), cosine: pair.value)
                    pairs[at].similarity = Int32(score * SimilarPair.unit)
                }
            }
        }
        return pairs.filter { $0.similarity > 0 }
    }
}
