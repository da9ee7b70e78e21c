/// What two documents have in common, as parts of the product of their vectors.
struct Likeness: Sendable, Equatable {
    /// Of all terms: 0–1.
    var cosine: Double
    /// Of those that stand in the lead of both.
    var lead = 0.0
    /// Of terms that follow one another in both: a name of two words, a rare turn.
    var phrases = 0.0
    /// The root of what they say in the same words of different things; see `TermProbe.contrast`. 0 of two that are hardly
    /// alike, as is the next.
    var contrast = 0.0
    /// Which share of what is the same stands after the same word.
    var sameWords = 0.0
    /// The weight of the heaviest term that the one says again and the other not at all, times that of the other's. 0 of
    /// two that are hardly alike.
    var rivals = 0.0
}
