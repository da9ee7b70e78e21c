/// What two documents have in common, as parts of the product of their vectors.
struct Likeness: Sendable {
    /// Of all terms: 0–1.
    var cosine: Double
    /// Of those that stand in the lead of both.
    var lead: Double
    /// Of terms that follow one another in both: a name of two words, a rare turn.
    var phrases: Double
}
