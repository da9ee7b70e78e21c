import Overlap

/// What a document is to the one that it was taken from.
public enum Relation: String, Sendable, CaseIterable {
    /// The same words in the same order.
    case exact
    /// Jaccard similarity of the shingles at or above the threshold.
    case near
    /// A shorter text, nearly all of which is in the other.
    case abridged
    /// A longer text that holds nearly all of the other.
    case embedded
    /// Any other text of which a substantial part is the other's.
    case reprint
}

/// How a text stands to one that it has passages of.
public struct Kinship: Sendable, Equatable {
    /// Abridged, embedded or reprint.
    public var relation: Relation
    /// Share of this text that is in the other, and the larger of that and the share of the other in this; 0...1.
    public var share, score: Double

    /// - Parameter overlap: `a` is the other text, `b` this one.
    package init(_ overlap: CopyOverlap) {
        let nearlyAll = 0.8, much = 1.25
        let other = overlap.a.containment
        share = overlap.b.containment
        score = max(share, other)
        let ratio = Double(overlap.b.tokens) / Double(max(1, overlap.a.tokens))
        if ratio <= 1 / much, share >= nearlyAll {
            relation = .abridged
        } else if ratio >= much, other >= nearlyAll {
            relation = .embedded
        } else {
            relation = .reprint
        }
    }
}
