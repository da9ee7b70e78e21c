import Glibc

/// What the model is told of two documents by themselves, all of it symmetric in the two.
///
/// Lengths are there because the same cosine says more of two articles than of two excerpts.
package enum PairFeatures {
    package static let names = [
        "cosine", "root of cosine", "root of shared weight", "log length of shorter",
        "log ratio of lengths", "weekdays contradict", "dated", "log days apart",
        "within a day", "cosine of leads", "root of cosine of leads", "phrases", "root of phrases", "contrast",
        "same words", "contrast in the same words", "rivals", "root of rivals",
    ]

    /// In the order of `names`.
    package typealias Values = InlineArray<18, Double>

    static func of(_ first: Int, _ second: Int, _ likeness: Likeness, _ vectors: TermVectors) -> Values {
        let (one, other) = (vectors.header(first), vectors.header(second))
        let cosine = likeness.cosine
        let shared = cosine * Double(one.norm) * Double(other.norm)
        let (short, long) = minmax(one.logLength, other.logLength)
        let days = days(one.day.flatMap { day in other.day.map { abs(day - $0) } })
        let lead = min(1, likeness.lead / max(Double(one.leadNorm) * Double(other.leadNorm), 0.001))
        return [
            cosine, cosine.squareRoot(), shared.squareRoot(), short, long - short,
            one.weekdays.contradict(other.weekdays) ? 1 : 0,
            days[0], days[1], days[2],
            lead, lead.squareRoot(), likeness.phrases, likeness.phrases.squareRoot(),
            likeness.contrast, likeness.sameWords, likeness.contrast * likeness.sameWords,
            likeness.rivals, likeness.rivals.squareRoot(),
        ]
    }

    /// Where those of the days begin.
    static let firstOfDays = 6

    /// - Parameter gap: in days; nil where one is unknown.
    static func days(_ gap: Double?) -> InlineArray<3, Double> {
        [gap == nil ? 0 : 1, log1p(gap ?? 0), gap.map { $0 <= 1 ? 1 : 0 } ?? 0]
    }
}

private func minmax(_ a: Double, _ b: Double) -> (Double, Double) { a < b ? (a, b) : (b, a) }
