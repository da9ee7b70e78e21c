import Background
import Shingle
import Tables

/// Terms that both texts have and few others, but for those that stand only inside other facts.
///
/// Pairs of characters that follow each other in both are one term.
func commonTerms(_ a: FactText, _ b: FactText, besides others: [FactOverlap.Fact]) -> [FactOverlap.Fact] {
    guard let termsOfA = a.rareTerms, let termsOfB = b.rareTerms else { return commonWords(a, b, besides: others) }
    return facts(joined(termsOfA.common(with: termsOfB), a), joined(termsOfB.common(with: termsOfA), b), a, b, others)
}

/// The terms of a text that few texts have.
struct RareTerms: Sendable {
    private let terms: [PlacedTerm]
    private var keys = TokenNumbers()

    private static let leastRarity = 4.5

    init(_ all: [PlacedTerm]) {
        terms = all.filter { $0.rarity >= Self.leastRarity }
        for term in terms { _ = keys.insert(term.key) }
    }

    func common(with other: RareTerms) -> [PlacedTerm] { terms.filter { other.keys[$0.key] != nil } }
}

/// Longer words, where nothing is known of how rare they are.
private func commonWords(_ a: FactText, _ b: FactText, besides others: [FactOverlap.Fact]) -> [FactOverlap.Fact] {
    let longWord = 8
    func words(_ text: FactText) -> [PlacedTerm] {
        text.ranges.indices.filter { text.ranges[$0].count >= longWord && text.cases[$0] != .none }.map {
            PlacedTerm(key: text.hashes[$0], tokens: $0..<$0 + 1, rarity: FactText.rarityOfUnknown, isListed: false)
        }
    }
    return facts(words(a), words(b), a, b, others)
}

/// Pairs of characters that overlap, as one.
private func joined(_ terms: [PlacedTerm], _ text: FactText) -> [PlacedTerm] {
    var joined: [PlacedTerm] = []
    for term in terms {
        if let last = joined.last, term.tokens.count == 2, last.tokens.upperBound == term.tokens.upperBound - 1,
            last.tokens.count > 1
        {
            joined[joined.count - 1].tokens = last.tokens.lowerBound..<term.tokens.upperBound
            joined[joined.count - 1].rarity = max(last.rarity, term.rarity)
            joined[joined.count - 1].key = (last.key << 23 | last.key >> 41) &+ term.key
        } else {
            joined.append(term)
        }
    }
    return joined
}

private func facts(
    _ termsOfA: [PlacedTerm], _ termsOfB: [PlacedTerm], _ a: FactText, _ b: FactText, _ others: [FactOverlap.Fact]
) -> [FactOverlap.Fact] {
    var isTaken = [Bool](repeating: false, count: a.bytes.count)
    for byte in others.lazy.flatMap(\.a).joined() { isTaken[byte] = true }
    let inB = Dictionary(grouping: termsOfB, by: \.key)
    return Dictionary(grouping: termsOfA, by: \.key).compactMap { key, inA in
        guard let inB = inB[key] else { return nil }
        let isFree = { (term: PlacedTerm) in !isTaken[a.bytes(term.tokens).lowerBound] }
        guard let shown = inA.first(where: isFree),
            a.cases[shown.tokens.lowerBound] != .none || shown.tokens.count > 1
                || !isNumber(a, shown.tokens.lowerBound)
        else { return nil }
        // Two characters that no word is made of are neighbours by accident, or else a name that comes again.
        guard shown.tokens.count != 2 || shown.isListed || inA.count > 1 && inB.count > 1 else { return nil }
        return FactOverlap.Fact(
            kind: .term, text: a.string(shown.tokens), a: inA.map { a.bytes($0.tokens) },
            b: inB.map { b.bytes($0.tokens) },
            weight: shown.rarity * 0.75)
    }
}

/// Whether a token starts with a digit.
func isNumber(_ text: FactText, _ token: Int) -> Bool { text.bytes[text.ranges[token].lowerBound] &- 0x30 < 10 }
