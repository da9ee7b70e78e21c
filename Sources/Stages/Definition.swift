public import Cluster
public import Dates
public import Event
public import MinHash

/// What is the same: all that decides an answer. Two runs with equal definitions over the same documents give the same
/// clusters, whatever their `RunOptions`.
///
/// Fixed by `version`, and the same for every run: 128 slots a signature and 8 bits of each kept; one shingle in eight
/// sampled, of 3 words or 6 characters of a script without spaces; 128 terms a document for events, those of its first 80
/// words counted twice; general word frequencies; the weights of the event model.
public struct Definition: Sendable, Equatable {
    /// Rises whenever the same documents may get another answer by the same values.
    public static let version = 6

    /// Least Jaccard similarity of near copies: where studies of news and web dumps agree that readers call two texts
    /// the same.
    public var threshold = 0.7
    public var linkage = Linkage.star
    /// Which document represents a cluster.
    public var keep = Keep.earliest
    /// What is preferred before that.
    public var favour: Favour?
    /// Whether all known documents stay: none is taken for a copy of another, and each stands for what is new and like
    /// it. So a filter wants it that holds new documents against an archive.
    public var keepsKnown = false
    /// How dates like 03/04/2024 are read where nothing else in their file tells; nil: with the day first.
    public var dateOrder: DateOrder?
    /// Tokens in a shingle. Five words in a row are rarely written twice by chance.
    public var shingleWidth = 5
    /// How much of a bucket of candidates is compared.
    public var buckets = BucketLimits()
    /// How many standard errors below what is expected at the threshold two signatures may agree and be compared still.
    public var agreementMargin = ByteSignature.usualMargin
    public var copy = CopyParameters()
    public var event = EventParameters()

    public init() {}

    /// Of the signatures: it follows from the threshold.
    public var banding: Banding { Banding(threshold: threshold) }

    /// Slots in which two signatures agree at least, where the texts are worth comparing.
    public var leastAgreement: Int { ByteSignature.leastAgreement(threshold: threshold, margin: agreementMargin) }
}
