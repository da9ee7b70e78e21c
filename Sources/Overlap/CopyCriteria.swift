/// What makes a copy of an overlap.
public struct CopyCriteria: Sendable, Equatable {
    /// Least share of a text in common passages: of one of `longText` words or more, and of one of `shortText` or
    /// fewer; in between it falls with the length. Two briefs of one form agree in half of their words.
    public var containment = 0.5, containmentOfShort = 0.7
    /// Words.
    public var longText = 200.0, shortText = 50.0
    /// Least number of equal shingles in the passages, by words that a shingle of characters stands for.
    public var shingles: UInt32 = 15
    /// Where fewer words than this stand outside quotation marks, it does not matter whether they are common.
    public var unquoted: UInt32 = 15
    /// Least share of one of two texts in common passages for a member to answer to its representative.
    public var passage = 0.2
    /// Least share of a text outside common passages for it to have a rest of its own.
    public var rest = 0.125

    public init() {}

    /// Least share in common passages of a text of so many words.
    public func containment(words: Double) -> Double {
        let shortness = min(1, max(0, (longText - words) / (longText - shortText)))
        return containment + (containmentOfShort - containment) * shortness
    }
}

extension CopyOverlap {
    /// Whether one text was to a substantial part taken from the other.
    ///
    /// Much of the shorter is in common passages. And as much of what is not quoted: reports of one speech quote the
    /// same sentences and are no copies of each other.
    public func isCopy(by criteria: CopyCriteria) -> Bool {
        isNoAccident(criteria) && (isContained(a, criteria) || isContained(b, criteria))
    }

    /// Whether there is a common passage that is no accident: what a member of a cluster owes to its representative.
    public func hasPassage(by criteria: CopyCriteria) -> Bool {
        isNoAccident(criteria) && max(a.containment, b.containment) >= criteria.passage
    }

    /// Whether each text has a rest of its own beside what they have in common.
    public func leavesRests(by criteria: CopyCriteria) -> Bool {
        max(a.containment, b.containment) <= 1 - criteria.rest
    }

    private func isNoAccident(_ criteria: CopyCriteria) -> Bool {
        shingles >= criteria.shingles * tokensPerWord && !figuresDiffer
    }

    private func isContained(_ side: Side, _ criteria: CopyCriteria) -> Bool {
        let least = criteria.containment(words: Double(side.tokens) / Double(tokensPerWord))
        guard side.containment >= least else { return false }
        return side.unquoted < criteria.unquoted || side.containmentUnquoted >= least
    }
}
