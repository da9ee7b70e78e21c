import Glibc

/// The terms of one document that can tell its event, with how often they occur.
///
/// A term is a word, or two neighbouring characters of a script without spaces. The lead of a news story says what
/// happened, so its terms count twice. About 8 bytes a term, at most 1 KB a document.
public struct TermBag: Sendable {
    struct Term {
        /// The upper half of the term's hash. Two of a million terms share theirs in one case in four thousand, which
        /// adds a little noise to two documents in the dump.
        var key: UInt32
        var count: UInt16
        /// −ln of the share of general texts that hold the term, in units of 1/`rarityUnit`.
        var rarity: UInt16
    }

    /// Of the words at the start of a document that count twice.
    static let lead = 80
    /// The heaviest terms are kept: more terms make long documents less alike, not more.
    static let limit = 128
    static let rarityUnit = 4096.0

    public let language: Language
    let hasBackground: Bool
    /// Ascending by key.
    let terms: [Term]

    /// - Parameters:
    ///   - tokens: the token hashes of title and text, in their order.
    ///   - declared: the language that the record states, if any.
    /// - Complexity: O(*n* log *n*) in the number of tokens.
    public init(tokens: UnsafeBufferPointer<UInt64>, declared: Language? = nil, background: Background) {
        language = background.language(of: tokens, declared: declared)
        let table = background.table(language)
        hasBackground = table != nil
        terms = table.map { heaviest(counted(occurrences(tokens, table: $0))) } ?? counted(occurrences(tokens))
    }

    /// What a word's term is called in `SharedTerm`.
    public static func key(_ token: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: token >> 32) }
}

// MARK: - From tokens to terms

// An occurrence is a key in the upper and a rarity in the lower half, so that sorting brings equal terms together.
private func occurrence(_ term: UInt64, rarity: Double) -> UInt64 {
    UInt64(TermBag.key(term)) << 32 | UInt64(rarity * TermBag.rarityUnit)
}

private func occurrences(_ tokens: UnsafeBufferPointer<UInt64>) -> [UInt64] {
    (Array(tokens) + tokens.prefix(TermBag.lead)).map { occurrence($0, rarity: 0) }
}

private func occurrences(_ tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable) -> [UInt64] {
    var found: [UInt64] = []
    found.reserveCapacity(tokens.count + TermBag.lead)
    // Characters occur about one and a half times as often as words, hence the 20 centibels below.
    let charactersPerWord = 20
    var previous: (token: UInt64, centibels: Int)?
    var previousInPair = false

    func add(_ term: UInt64, _ centibels: Int, at position: Int) {
        let one = occurrence(term, rarity: FrequencyTable.rarity(centibels: centibels))
        found.append(one)
        if position < TermBag.lead { found.append(one) }
    }
    func endRun(at position: Int) {
        if let previous, !previousInPair { add(previous.token, previous.centibels, at: position) }
        previous = nil
        previousInPair = false
    }
    for (position, token) in tokens.enumerated() {
        let entry = table.find(token)
        guard let entry, entry.isCharacter else {
            endRun(at: position - 1)
            add(token, entry?.centibels ?? table.unlisted, at: position)
            continue
        }
        if let previous {
            let pair = pairHash(previous.token, token)
            let byChance = previous.centibels + entry.centibels + charactersPerWord
            add(pair, table.find(pair)?.centibels ?? min(byChance, table.unlisted), at: position)
        }
        previousInPair = previous != nil
        previous = (token, entry.centibels)
    }
    endRun(at: tokens.count - 1)
    return found
}

private func counted(_ occurrences: [UInt64]) -> [TermBag.Term] {
    var terms: [TermBag.Term] = []
    for one in occurrences.sorted() {
        let key = UInt32(truncatingIfNeeded: one >> 32)
        if let last = terms.last, last.key == key {
            if last.count < .max { terms[terms.count - 1].count += 1 }
        } else {
            terms.append(TermBag.Term(key: key, count: 1, rarity: UInt16(truncatingIfNeeded: one)))
        }
    }
    return terms
}

private func heaviest(_ terms: [TermBag.Term]) -> [TermBag.Term] {
    guard terms.count > TermBag.limit else { return terms }
    return terms.map { (weight: (1 + log(Double($0.count))) * Double($0.rarity), term: $0) }
        .sorted { ($1.weight, $0.term.key) < ($0.weight, $1.term.key) }
        .prefix(TermBag.limit).map(\.term)
        .sorted { $0.key < $1.key }
}
