/// A word of a text, or two neighbouring characters of a script without spaces, and how rare it is.
public struct PlacedTerm: Sendable {
    /// The same for the same term.
    public var key: UInt64
    /// Which tokens of the text it is.
    public var tokens: Range<Int>
    /// −ln of the share of general texts in the language that hold it.
    public var rarity: Double
    /// Whether the language's table has it.
    public var isListed: Bool

    public init(key: UInt64, tokens: Range<Int>, rarity: Double, isListed: Bool) {
        (self.key, self.tokens, self.rarity, self.isListed) = (key, tokens, rarity, isListed)
    }
}

extension Background {
    /// The terms of a text in their order, with their places; nil for a language without a table. O(*n*).
    public func terms(of tokens: UnsafeBufferPointer<UInt64>, in language: Language) -> [PlacedTerm]? {
        guard let table = table(language) else { return nil }
        var terms: [PlacedTerm] = []
        terms.reserveCapacity(tokens.count)
        var before: (token: UInt64, centibels: Int)?
        for at in tokens.indices {
            let token = unsafe tokens[at]
            let entry = table.find(token)
            guard let entry, entry.isCharacter else {
                before = nil
                terms.append(
                    PlacedTerm(
                        key: token, tokens: at..<at + 1,
                        rarity: FrequencyTable.rarity(centibels: entry?.centibels ?? table.unlisted.centibels),
                        isListed: entry != nil))
                continue
            }
            if let before {
                let pair = pairHash(before.token, token)
                let listed = table.find(pair)?.centibels
                let byChance = min(before.centibels + entry.centibels, table.unlisted.centibels)
                terms.append(
                    PlacedTerm(
                        key: pair, tokens: at - 1..<at + 1,
                        rarity: FrequencyTable.rarity(centibels: listed ?? byChance),
                        isListed: listed != nil))
            }
            before = (token, entry.centibels)
        }
        return terms
    }
}
