/// The four nested answers to "which are the same".
public enum Level: String, Sendable, CaseIterable, Comparable, BitwiseCopyable {
    /// The same words in the same order.
    case exact
    /// Jaccard similarity of the shingles at or above the threshold.
    case near
    /// Text taken from one another.
    case copy
    /// Reports of one event.
    case event

    public static func < (a: Level, b: Level) -> Bool { a.order < b.order }
    private var order: Int { Level.allCases.firstIndex(of: self)! }
}
