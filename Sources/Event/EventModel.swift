import Glibc

/// Logistic regression: how likely it is that two documents report one event.
package struct EventModel: Sendable, Equatable {
    package var bias: Double
    /// By how much the log-odds of a pair in a dump of few documents are lower, in full up to `few` documents, not at
    /// all from `many`. Who gathers five stories gathers them on one topic, and five stories cannot tell which words
    /// belong to it.
    package var strictness: Double
    package var ceiling: TopicCeiling?
    /// One a feature, in the order of `PairFeatures.names`.
    package var weights: [Double]

    private static let few = 8.0
    private static let many = 128.0

    package init(bias: Double, strictness: Double = 0, ceiling: TopicCeiling? = nil, weights: [Double]) {
        precondition(weights.count == PairFeatures.Values.count, "a weight for each feature")
        self.bias = bias
        self.strictness = strictness
        self.ceiling = ceiling
        self.weights = weights
    }

    /// The bias in a dump of so many documents.
    package func bias(documents: Int) -> Double {
        let size = max(Self.few, min(Self.many, Double(documents)))
        return bias - strictness * log(Self.many / size) / log(Self.many / Self.few)
    }

    /// The natural logarithm of the odds.
    ///
    /// - Parameter bias: of the dump.
    package func logOdds(_ features: PairFeatures.Values, bias: Double) -> Double {
        // By its span: the array itself would be copied for each element.
        let features = features.span
        var sum = bias
        for feature in features.indices { sum += weights[feature] * features[feature] }
        return sum
    }

    /// Log-odds beyond this are as good as certain: no single pair may outvote all others of two clusters.
    static let certain = 6.0

    /// Log-odds as a score: 0 and 1 are certain, ½ is even. Averages of scores are averages of log-odds, so that a
    /// pair that speaks against counts as much as one that speaks for.
    static func score(logOdds: Double) -> Double { (max(-certain, min(certain, logOdds)) / certain + 1) / 2 }
}
