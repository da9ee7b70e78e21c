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
    /// - Complexity: O(*n*) in the number of tokens.
    public init(tokens: UnsafeBufferPointer<UInt64>, declared: Language? = nil, background: Background) {
        language = background.language(of: tokens, declared: declared)
        if let table = background.table(language) {
            hasBackground = true
            terms = heaviest(counted(Occurrences(tokens, table: table).found))
        } else {
            // Nothing says yet which terms are heavy.
            hasBackground = false
            terms = counted((Array(tokens) + tokens.prefix(TermBag.lead)).map { occurrence($0, rarity: 0) })
        }
    }

    /// What a word's term is called in `SharedTerm`.
    public static func key(_ token: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: token >> 32) }
}

// MARK: - From tokens to terms

// An occurrence is a key in the upper and a rarity in the lower half, so that sorting brings equal terms together.
private func occurrence(_ term: UInt64, rarity: Double) -> UInt64 {
    UInt64(TermBag.key(term)) << 32 | UInt64(rarity * TermBag.rarityUnit)
}

/// A text's terms in their order, those of the lead twice.
private struct Occurrences {
    private(set) var found: [UInt64] = []
    /// The last token if it was a character of a script without spaces, and whether it is part of a pair already.
    private var previous: (token: UInt64, centibels: Int, paired: Bool)?
    private var position = 0

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20

    init(_ tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable) {
        found.reserveCapacity(tokens.count + TermBag.lead)
        for token in tokens {
            let entry = table.find(token)
            if let entry, entry.isCharacter {
                add(character: token, entry.centibels, table)
            } else {
                endRun()
                add(token, entry?.centibels ?? table.unlisted)
            }
            position += 1
        }
        endRun()
    }

    private mutating func add(character: UInt64, _ centibels: Int, _ table: FrequencyTable) {
        if let previous {
            let pair = pairHash(previous.token, character)
            let byChance = previous.centibels + centibels + Self.charactersPerWord
            add(pair, table.find(pair)?.centibels ?? min(byChance, table.unlisted))
        }
        previous = (character, centibels, previous != nil)
    }

    private mutating func endRun() {
        if let previous, !previous.paired { add(previous.token, previous.centibels) }
        previous = nil
    }

    private mutating func add(_ term: UInt64, _ centibels: Int) {
        let one = occurrence(term, rarity: FrequencyTable.rarity(centibels: centibels))
        found.append(one)
        if position < TermBag.lead { found.append(one) }
    }
}

private func counted(_ occurrences: [UInt64]) -> [TermBag.Term] {
    var terms: [TermBag.Term] = []
    terms.reserveCapacity(occurrences.count / 2)
    for one in radixSorted(occurrences, by: TermBag.key) {
        let key = TermBag.key(one)
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
    let ranks = terms.map { weightRank((1 + log(Float($0.count))) * Float($0.rarity), $0.key) }
    let least = nthLargest(ranks, TermBag.limit - 1)
    return zip(terms, ranks).filter { $0.1 >= least }.map(\.0)
}

/// Ascends with the weight, which is not negative, then descends with the key.
func weightRank(_ weight: Float, _ key: UInt32) -> UInt64 { UInt64(weight.bitPattern) << 32 | UInt64(~key) }
