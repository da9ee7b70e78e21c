public import Background

/// The terms of one document that can tell its event, with how often they occur.
///
/// A term is a word, or two neighbouring characters of a script without spaces. The lead of a news story says what
/// happened, so its terms count twice. About 8 bytes a term, at most 1 KB a document.
public struct TermBag: Sendable {
    /// Of the words at the start of a document that count twice.
    static let lead = 80
    /// The heaviest terms are kept: more terms make long documents less alike, not more.
    static let limit = 128
    static let rarityUnit = 4096.0

    public let language: Language
    let hasBackground: Bool
    /// Ascending by key.
    let terms: [Term]
    /// Tokens of the document.
    let length: Int
    let weekdays: Weekdays
    /// Whether it is a table or a list rather than prose; see `Form`.
    let isForm: Bool

    /// - Parameters:
    ///   - tokens: the token hashes of title and text, in their order.
    ///   - declared: the language that the record states, if any.
    ///   - isForm: whether it is one whatever its words are; see `Form.isOfFigures`.
    /// - Complexity: O(*n*) in the number of tokens.
    public init(
        tokens: UnsafeBufferPointer<UInt64>, declared: Language? = nil, background: Background,
        counter: TermCounter = TermCounter(), isForm: Bool = false
    ) {
        language = background.language(of: tokens, declared: declared)
        let table = background.table(language)
        hasBackground = table != nil
        // Without a table nothing says yet which terms are heavy.
        let told = counter.terms(of: tokens, table: table, limit: table == nil ? .max : TermBag.limit)
        (terms, weekdays, self.isForm) = (told.terms, told.weekdays, isForm || told.isForm)
        length = tokens.count
    }

    /// What a word's term is called in `SharedTerm`.
    public static func key(_ token: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: token >> 32) }

    /// By centibels: −ln of the share of general texts that hold such a term, in units of 1/`rarityUnit`.
    static let rarities = (0..<1 << 12).map {
        UInt16(min(FrequencyTable.rarity(centibels: $0) * rarityUnit, Double(UInt16.max)))
    }
}

/// Ascends with the weight, which is not negative, then descends with the key.
func weightRank(_ weight: Float, _ key: UInt32) -> UInt64 { UInt64(weight.bitPattern) << 32 | UInt64(~key) }
