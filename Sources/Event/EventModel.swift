import Glibc

/// Logistic regression: how likely it is that two documents report one event.
package struct EventModel: Sendable, Equatable {
    package var bias: Double
    /// One a feature, in the order of `PairFeatures.names`.
    package var weights: [Double]

    package init(bias: Double, weights: [Double]) {
        precondition(weights.count == PairFeatures.count, "a weight for each feature")
        self.bias = bias
        self.weights = weights
    }

    /// The natural logarithm of the odds.
    package func logOdds(_ features: UnsafeBufferPointer<Double>) -> Double {
        var sum = bias
        for (weight, feature) in zip(weights, features) { sum += weight * feature }
        return sum
    }

    /// Log-odds beyond this are as good as certain: no single pair may outvote all others of two clusters.
    static let certain = 6.0

    /// Log-odds as a score: 0 and 1 are certain, ½ is even. Averages of scores are averages of log-odds, so that a
    /// pair that speaks against counts as much as one that speaks for.
    static func score(logOdds: Double) -> Double { (max(-certain, min(certain, logOdds)) / certain + 1) / 2 }
}
