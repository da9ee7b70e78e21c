import Glibc

/// How likely it is that two documents report one event: a logistic regression over what the two have in common, then one
/// over that and the company they keep by the first.
package struct EventModel: Sendable, Equatable {
    package struct Regression: Sendable, Equatable {
        package var bias: Double
        package var weights: [Double]

        package init(bias: Double, weights: [Double]) { (self.bias, self.weights) = (bias, weights) }
    }

    /// One weight a feature, in the order of `PairFeatures.names`.
    package var words: Regression
    /// In the order of `PairFeatures.names`, then of `Company.names` and `Recurrence.names`.
    package var company: Regression
    package var cut: EventCut
    /// By how much company may raise what two documents say by themselves,
    package var most: Double
    /// and lower it.
    package var least: Double

    package init(words: Regression, company: Regression, cut: EventCut, most: Double, least: Double) {
        precondition(words.weights.count == PairFeatures.Values.count, "a weight for each feature")
        precondition(
            company.weights.count == Self.recurrence + Recurrence.names.count, "a weight for each feature")
        (self.words, self.company, self.cut) = (words, company, cut)
        (self.most, self.least) = (most, least)
    }

    /// What two documents say by themselves, in log-odds: as such, and as their part of what they and their company say.
    func ofWords(_ features: PairFeatures.Values) -> (alone: Double, part: Double) {
        (
            words.bias + words.weights.sum(times: features.span, from: 0),
            company.bias + company.weights.sum(times: features.span, from: 0)
        )
    }

    private static let recurrence = PairFeatures.Values.count + Company.Values.count

    /// What the days of two documents say, as their part of what they say by themselves, in 1/`SimilarPair.unit`.
    ///
    /// - Parameter gap: in days; nil where one is unknown.
    func ofDays(_ gap: Double?) -> Int32 {
        let days = PairFeatures.days(gap)
        return Int32(words.weights.sum(times: days.span, from: PairFeatures.firstOfDays) * SimilarPair.unit)
    }

    /// The log-odds by which clusters join: even at 0.
    ///
    /// - Parameters:
    ///   - recurrence: see `Recurrence`.
    ///   - length: of the shorter text. Where it is short, that nobody else tells the same counts for more; and where
    ///     both are not of one day, company for less: a few sentences on one topic are all each other's company, and not
    ///     much text parts them.
    ///   - reach: documents that may be of the pair's days.
    func logOdds(
        _ pair: CandidatePair, _ company: Company.Values, recurrence: Double, length: Int, isOfOneDay: Bool,
        reach: Double
    ) -> Double {
        let alone = pair.alone
        let both = pair.part + self.company.weights.sum(times: company.span, from: PairFeatures.Values.count)
        let short = max(0, min(1, log(Self.longText / Double(max(length, 1))) / log(Self.perShort)))
        let lost = isOfOneDay ? 0 : Self.lostPerMissing * short * cut.missing(reach: reach)
        let (most, least) = (most * max(0, 1 - lost), least + Self.leastOfShort * short)
        // No company makes up for it, and that nothing recurs is no evidence.
        let series = min(0, self.company.weights[Self.recurrence] * recurrence)
        return max(alone - least, min(both, alone + most)) + series - cut.logOdds(reach: reach)
    }

    private static let lostPerMissing = 1.2, leastOfShort = 0.8, longText = 100.0, perShort = 4.0

    /// Log-odds beyond this are as good as certain: no single pair may outvote all others of two clusters.
    static let certain = 6.0

    /// What a pair cannot make up for, whatever its company and however many documents there are.
    var hopeless: Double { -Self.certain - most + cut.least }

    /// Whether there is company that would make a pair more than certain not to be of one event.
    ///
    /// - Parameter alone: what the two say by themselves, in log-odds.
    func hasHope(_ alone: Double, reach: Double) -> Bool { alone + most - cut.logOdds(reach: reach) > -Self.certain }

    /// Log-odds as a score: 0 and 1 are certain, ½ is even. Averages of scores are averages of log-odds, so that a
    /// pair that speaks against counts as much as one that speaks for.
    static func score(logOdds: Double) -> Double { (max(-certain, min(certain, logOdds)) / certain + 1) / 2 }
}

/// What is asked of a pair by how many documents there are that it could be confused with.
package struct EventCut: Sendable, Equatable {
    /// Log-odds among a thousand.
    package var base: Double
    /// For each e-fold of documents …
    package var perDocuments: Double
    /// … and for each of fewer than `few`: who gathers five stories gathers them on one topic, and five stories cannot
    /// tell which words belong to it.
    package var perMissing: Double

    private static let few = 40.0, fewest = 150.0, usual = 1000.0

    package init(base: Double, perDocuments: Double, perMissing: Double) {
        (self.base, self.perDocuments, self.perMissing) = (base, perDocuments, perMissing)
    }

    /// - Parameter reach: documents that may be of the pair's days.
    func logOdds(reach: Double) -> Double {
        base + perDocuments * log(max(reach, Self.fewest) / Self.usual) + perMissing * missing(reach: reach)
    }

    /// E-folds of documents that there are fewer than a few.
    fileprivate func missing(reach: Double) -> Double { reach < Self.few ? log(Self.few / max(reach, 2)) : 0 }

    /// What is asked at the least.
    var least: Double { base + perDocuments * log(Self.fewest / Self.usual) }
}

extension [Double] {
    /// By its span: the array itself would be copied for each element.
    @inline(__always)
    fileprivate func sum(times values: Span<Double>, from start: Int) -> Double {
        var sum = 0.0
        for place in values.indices { sum += self[start + place] * values[place] }
        return sum
    }
}
