/// The knobs of the event level.
public struct EventParameters: Sendable {
    /// The least average similarity at which clusters join, 0–1. The default is the strictest cut whose mean B-cubed
    /// F1 over labelled training sets lies within .005 of the best cut's: where the curve is flat, to part two events
    /// is the lesser error.
    public var threshold = 0.25

    /// Similarities below this count as 0. Half the threshold: averages at the threshold hardly feel what is left out,
    /// and most pairs of documents on a common topic need not be remembered.
    public var leastSimilarity = 0.12

    /// A day or more apart, similarity falls by up to this share …
    public var dateDiscount = 0.5
    /// … as 1 − e^(−days/`dateScale`). A strong match of the texts outvotes any date.
    public var dateScale = 7.0

    /// How many documents of the dump the general word frequencies count for.
    public var backgroundDocuments = 10_000.0

    /// The heaviest terms of a document by which it is found …
    public var indexedTerms = 24
    /// … and how many others, the nearest before it, each of them may find.
    public var postingWindow = 128
    /// Documents that have met are compared in full if the terms by which they met make up this much of their cosine …
    public var leastMeeting = 0.05
    /// … or, where there are more, these many that share most.
    public var mostCandidates = 48

    public init() {}
}
