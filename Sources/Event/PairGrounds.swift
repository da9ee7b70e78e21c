/// What decided on a pair, as parts of its score: `texts + days + company + reach` is `EventClustering.score`, but for
/// the bounds of 0 and 1.
public struct PairGrounds: Sendable, Equatable {
    /// What the two texts say, were they undated and alone among a thousand: ½ is even.
    public var texts: Double
    /// What their dates add, and the days of the week that they name.
    public var days: Double
    /// What the stories add that both resemble, and those that only one does.
    public var company: Double
    /// What is asked for beside, by how many documents there are that the two could be confused with: the more, the
    /// less remains.
    public var reach: Double
    /// That many documents, the two included.
    public var documents: Int

    public init(texts: Double, days: Double, company: Double, reach: Double, documents: Int) {
        (self.texts, self.days, self.company) = (texts, days, company)
        (self.reach, self.documents) = (reach, documents)
    }

    public var score: Double { max(0, min(1, texts + days + company + reach)) }

    /// What can carry a pair over the line.
    public enum Part: String, Sendable { case texts, days, company }

    /// The texts where they reach the line among so many documents, the days where these help them there; else it is
    /// their company that joins the two.
    public func decider(threshold: Double) -> Part {
        if texts + reach >= threshold { return .texts }
        return texts + days + reach >= threshold ? .days : .company
    }

    /// By part, the mean of several; nil of none.
    public static func mean(_ all: [PairGrounds]) -> PairGrounds? {
        guard !all.isEmpty else { return nil }
        func mean(_ part: (PairGrounds) -> Double) -> Double { all.reduce(0) { $0 + part($1) } / Double(all.count) }
        return PairGrounds(
            texts: mean(\.texts), days: mean(\.days), company: mean(\.company), reach: mean(\.reach),
            documents: Int(mean { Double($0.documents) }.rounded()))
    }
}

extension EventClustering {
    /// What decided on two documents; nil where nothing was weighed: they have next to nothing in common, are further
    /// apart than the window, or one is a form.
    public func grounds(_ first: VoiceNumber, _ second: VoiceNumber) -> PairGrounds? {
        score.grounds(first.index, second.index)
    }
}

extension PairScore {
    fileprivate func grounds(_ first: Int, _ second: Int) -> PairGrounds? {
        guard let features = features(first, second) else { return nil }
        let said = model.ofWords(features), timeless = model.ofWords(PairFeatures.withoutDays(features)).alone
        guard let logOdds = logOdds(CandidatePair(first, second, said)) else { return nil }
        let documents = company.documents(near: first, second), cut = model.cut.logOdds(reach: documents)
        func part(_ logOdds: Double) -> Double { logOdds / EventModel.certain / 2 }
        return PairGrounds(
            texts: 0.5 + part(timeless - model.cut.base), days: part(said.alone - timeless),
            company: part(logOdds + cut - said.alone), reach: part(model.cut.base - cut), documents: Int(documents))
    }
}

extension PairFeatures {
    private static let ofDays: Set = ["weekdays contradict", "dated", "log days apart", "within a day"]

    /// As of two documents that know no days.
    static func withoutDays(_ features: Values) -> Values {
        var features = features
        for (place, name) in names.enumerated() where ofDays.contains(name) { features[place] = 0 }
        return features
    }
}
