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
        let features = PairFeatures.of(first, second, cosine: cosine, context)
        let most = model.ceiling?.logOdds(first, second, cosine: cosine, context) ?? .infinity
        return EventModel.score(logOdds: min(model.logOdds(features, bias: bias), most))
    }

    /// Here and not among the candidates: a story of last year counts as a neighbour, by which it is known how common
    /// such stories are.
    private func inWindow(_ first: Int, _ second: Int) -> Bool {
        guard let a = context.vectors.header(first).day, let b = context.vectors.header(second).day
        else { return true }
        return abs(a - b) <= window
    }

    /// Pairs with cosines to pairs with scores; those that are certain not to be of one event are dropped.
    func scored(_ pairs: [SimilarPair], workers: Workers) -> [SimilarPair] {
        var pairs = pairs
        workers.forEachBlock(of: &pairs, size: 1024) { _, pairs in
            for at in pairs.indices {
                let pair = pairs[at]
                let score = self(Int(pair.first), Int(pair.second), cosine: pair.value)
                pairs[at].similarity = Int32(score * SimilarPair.unit)
            }
        }
        return pairs.filter { $0.similarity > 0 }
    }
}
