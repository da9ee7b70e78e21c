public import Background

/// What two reports both tell: names, rare terms, numbers, dates and quotations, each with its places in both.
///
/// For reports that share no passage because somebody wrote them anew: these are what is left of the source.
public struct FactOverlap: Sendable {
    public struct Fact: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable {
            /// Words with a capital inside a sentence, in scripts that have them.
            case name
            /// A word, or a run of characters, that is rare in general text of the language.
            case term
            /// With its currency or percent sign; 1,200 and 1200 are the same.
            case number
            /// A day of a month or of the week, or the month of a year.
            case date
            /// Words that stand between quotation marks in one text at least.
            case quotation
        }
        public internal(set) var kind: Kind
        /// As the first text has it at its first place.
        public internal(set) var text: String
        /// Half-open ranges of UTF-8 bytes of the texts as given, ascending: the first thousand, at least one in each.
        public internal(set) var a, b: [Range<Int>]
        /// Above 0: how much it says that the texts tell of the same. For names −ln of the share of general texts
        /// that hold them, and others in proportion.
        public internal(set) var weight: Double
    }

    private static let mostPlaces = 1000

    /// The heaviest first; of each kind at most `limit`.
    public private(set) var facts: [Fact]

    /// - Parameters:
    ///   - a, b: any bytes, each less than 1 GB.
    ///   - declared: the language of both, if known.
    /// - Complexity: O(*n* log *n*).
    public init(
        _ a: some Collection<UInt8>, _ b: some Collection<UInt8>, declared: Language? = nil, background: Background,
        limit: Int = 100
    ) {
        self.init(
            FactText(a, declared: declared, background: background),
            FactText(b, declared: declared, background: background), limit: limit)
    }

    /// Of texts that are used again.
    public init(_ a: FactText, _ b: FactText, limit: Int = 100) {
        let dates = commonDates(a, b)
        let names = commonNames(a, b)
        let found: [[Fact]] = [
            names, dates, commonNumbers(a, b), commonQuotations(a, b), commonTerms(a, b, besides: names + dates),
        ]
        facts = found.flatMap { $0.sorted(by: Self.isHeavier).prefix(limit) }.sorted(by: Self.isHeavier)
        for at in facts.indices {
            facts[at].a.removeLast(max(0, facts[at].a.count - Self.mostPlaces))
            facts[at].b.removeLast(max(0, facts[at].b.count - Self.mostPlaces))
        }
    }

    private static func isHeavier(_ one: Fact, _ other: Fact) -> Bool {
        (other.weight, one.a[0].lowerBound, one.kind.rawValue) < (
            one.weight, other.a[0].lowerBound, other.kind.rawValue
        )
    }
}
