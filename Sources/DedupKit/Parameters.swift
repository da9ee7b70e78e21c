public import Cluster
public import Event

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

/// Every knob, with its default.
public struct Parameters: Sendable {
    /// The outermost level wanted; those inside it come with it.
    public var level = Level.event
    /// Least Jaccard similarity of near copies: where studies of news and web dumps agree that readers call two texts
    /// the same.
    public var threshold = 0.7
    public var linkage = Linkage.star
    /// Which document represents a cluster.
    public var keep = Keep.earliest
    /// Tokens in a shingle. Five words in a row are rarely written twice by chance.
    public var shingleWidth = 5
    /// Whether all verified pairs are wanted, not clusters only.
    public var pairs = false
    /// Whether it is wanted what the reports of an event have in common.
    public var explains = false
    public var copy = CopyParameters()
    public var event = EventParameters()
    public var threads = 1
    /// Whether a record that cannot be read ends the run after the first pass, without clusters.
    public var stopsAtProblem = false
    /// Whether stages inside the first pass are timed, which costs a few per cent.
    public var timesStages = false

    public init() {}
}
