import Glibc

/// The most that words alone can say where a date is missing: stories of one topic that is foreign to their dump look
/// like those of one event to a model that goes by how near others are.
///
/// An event stands out from its topic: what leads the third nearest of its two documents by much may have fewer words
/// in common.
package struct TopicCeiling: Sendable, Equatable {
    /// Log-odds for each unit of cosine beyond what a topic explains.
    package var certainty: Double
    /// The cosine that two usual texts reach by a common topic.
    package var topic: Double
    /// By how much it grows with the logarithm of their length, as a topic gives longer texts more words,
    package var perLength: Double
    /// and by how much it falls with the logarithm of the lead.
    package var perLead: Double

    /// Tokens.
    private static let usualText = 400.0
    private static let longText = 500.0

    package init(certainty: Double, topic: Double, perLength: Double, perLead: Double) {
        (self.certainty, self.topic, self.perLength, self.perLead) = (certainty, topic, perLength, perLead)
    }

    func logOdds(_ first: Int, _ second: Int, cosine: Double, _ context: PairContext) -> Double {
        let (a, b) = (context.vectors.header(first), context.vectors.header(second))
        guard a.day == nil || b.day == nil else { return .infinity }
        let length = min(Double(min(a.length, b.length)), Self.longText)
        let lead = log(cosine) - min(context.neighbours.logCosine(first, 3), context.neighbours.logCosine(second, 3))
        return certainty * (cosine - topic - perLength * log(length / Self.usualText) + perLead * lead)
    }
}
