import Workers

/// How likely two documents are to report one event, from 0 to 1; see `EventModel.score`.
struct PairScore: Sendable {
    let vectors: TermVectors
    let company: Company
    let recurrence: Recurrence
    let model: EventModel
    let parameters: EventParameters

    func callAsFunction(_ first: Int, _ second: Int) -> Double {
        features(first, second).map { self(CandidatePair(first, second, model.ofWords($0))) } ?? 0
    }

    /// Nil where the two have next to nothing in common or one is a form.
    func features(_ first: Int, _ second: Int) -> PairFeatures.Values? {
        let likeness = vectors.likeness(first, second)
        guard likeness.cosine >= parameters.leastCosine, !isForm(first), !isForm(second) else { return nil }
        return PairFeatures.of(first, second, likeness, vectors)
    }

    /// - Parameter pair: of documents that are no forms.
    func callAsFunction(_ pair: CandidatePair) -> Double { logOdds(pair).map(EventModel.score) ?? 0 }

    /// Nil where the two are too many days apart.
    func logOdds(_ pair: CandidatePair) -> Double? {
        let (first, second) = (Int(pair.first), Int(pair.second))
        let days = vectors.header(first).day.flatMap { day in vectors.header(second).day.map { abs(day - $0) } }
        // Here and not among the candidates: a story of last year is company too.
        if let days, days > parameters.window { return nil }
        let length = min(vectors.header(first).length, vectors.header(second).length)
        return model.logOdds(
            pair, company(first, second, logOdds: pair.alone), recurrence: recurrence(pair),
            length: length, isOfOneDay: days.map { $0 <= 1 } ?? false,
            reach: company.documents(near: first, second))
    }

    /// Without those that are certain not to be of one event.
    func scored(_ pairs: [CandidatePair], workers: Workers) -> [SimilarPair] {
        let ranges = stride(from: 0, to: pairs.count, by: Self.block).map { $0..<min($0 + Self.block, pairs.count) }
        let scored = workers.map(ranges.count) { range in
            pairs[ranges[range]].compactMap { pair -> SimilarPair? in
                // Most have none, and company takes time.
                let reach = company.documents(near: Int(pair.first), Int(pair.second))
                guard model.hasHope(pair.alone, reach: reach) else { return nil }
                let similarity = Int32(self(pair) * SimilarPair.unit)
                return similarity > 0
                    ? SimilarPair(first: pair.first, second: pair.second, similarity: similarity) : nil
            }
        }
        return Array(scored.joined())
    }

    private static let block = 1024

    private func isForm(_ document: Int) -> Bool { vectors.header(document).isForm }
}
