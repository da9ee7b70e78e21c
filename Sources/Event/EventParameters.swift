/// The knobs of the event level.
public struct EventParameters: Sendable, Equatable {
    /// The least average score at which clusters join, 0–1; see `EventModel.score`. Training moves the scale so that
    /// its choice comes out as a half.
    public var threshold = 0.5

    /// Documents further apart than so many days never join as a pair. Where a date is missing they may.
    /// Of the labelled pairs of the training sets none is further apart than 24.
    public var window = 30.0

    /// Pairs of a lower cosine are taken for certain not to report one event.
    public var leastCosine = 0.06

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

    /// The weights by which pairs are scored.
    package var model = EventModel.trained

    public init() {}
}
