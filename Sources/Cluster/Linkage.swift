public import MinHash
public import Shingle

/// How verified pairs become clusters.
public enum Linkage: String, Sendable, CaseIterable {
    /// Around representatives: every other member reaches the threshold against its own, no two representatives
    /// reach it with each other.
    case star
    /// Connected components of the verified pairs: members may be joined through a chain of others.
    case single
}

/// Compares candidate pairs exactly, in their order; called with thousands at a time.
public typealias Verify = ([CandidatePair<OfItem>]) -> [SetOverlap]

/// Whether a pair is worth comparing: must hold for every pair that reaches the threshold.
public typealias Plausible = (CandidatePair<OfItem>) -> Bool
