/// How much of two texts stands in passages that they have in common, boilerplate left aside.
public struct CopyOverlap: Sendable, Equatable {
    /// One of the two texts.
    public struct Side: Sendable, Equatable {
        /// Tokens that are not boilerplate, and how many of them stand in common passages.
        public var tokens: UInt32 = 0, covered: UInt32 = 0
        /// The same of what stands outside quotation marks.
        public var unquoted: UInt32 = 0, coveredUnquoted: UInt32 = 0
        /// Of the text cut into 64 equal parts, those that the passages touch.
        public var parts: UInt64 = 0

        /// Share of the text that is in the other, 0...1.
        public var containment: Double { tokens == 0 ? 0 : Double(covered) / Double(tokens) }
        var containmentUnquoted: Double { unquoted == 0 ? 0 : Double(coveredUnquoted) / Double(unquoted) }
    }

    public var a = Side(), b = Side()
    /// Equal shingles in the passages.
    public var shingles: UInt32 = 0
    /// Tokens of the longest run that is the same in both.
    public var longestRun: UInt32 = 0
    /// Tokens that say as much as a word: more than one where they are characters.
    public var tokensPerWord: UInt32 = 1
    /// Numbers and words in the passages, of both sides, and how many of each are the same in both.
    public var numbers: UInt32 = 0, equalNumbers: UInt32 = 0, words: UInt32 = 0, equalWords: UInt32 = 0

    public init() {}

    /// Whether the texts tell different figures in the same words, as yesterday's and today's market page do. Misread
    /// letters spoil words and numbers alike, so the words are the measure.
    public var figuresDiffer: Bool {
        guard numbers * 25 >= words, words > 0 else { return false }
        let expected = Double(numbers) * Double(equalWords) / Double(words)
        return Double(equalNumbers) < 0.6 * expected && expected - Double(equalNumbers) >= 4
    }
}
