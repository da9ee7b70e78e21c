public import Shingle

/// What two texts have in common, to be shown: the passages, where they stand in both, and how much they make up.
///
///     let overlap = PassageOverlap("He said the port would reopen on Monday.", "Ministers: the port would reopen …")
///     overlap.passages.first?.a  // the bytes of the first passage in the first text
///
/// All ranges are half-open ranges of UTF-8 bytes of the texts as they were given. A passage begins and ends with a
/// token, and so do its pieces: what stands between two of them is space and punctuation.
///
/// Passages do not overlap in either text, and a phrase that is repeated is matched as often as both have it. They may
/// stand in another order in `b`.
public struct PassageOverlap: Sendable, Equatable {
    /// A stretch of both texts, the same but for small edits.
    public struct Passage: Sendable, Equatable {
        public internal(set) var a, b: Range<Int>
        /// In their order, together all tokens of the passage; begins and ends with an equal one.
        public internal(set) var pieces: [Piece]
        /// Tokens that are the same on both sides.
        public internal(set) var equalTokens: Int
        /// Whether most of it lies in what was given as boilerplate.
        public internal(set) var isBoilerplate: Bool
    }

    /// A part of a passage.
    public struct Piece: Sendable, Equatable {
        public enum Kind: String, Sendable {
            /// The same tokens on both sides; case, punctuation and spaces may differ.
            case equal
            /// Only in one text: the range in the other is empty and stands where it would be.
            case onlyA = "only_a"
            case onlyB = "only_b"
            /// Different tokens in the same place.
            case replaced
        }
        public internal(set) var kind: Kind
        public internal(set) var a, b: Range<Int>
    }

    /// One of the two texts, boilerplate left aside.
    public struct Side: Sendable, Equatable {
        public internal(set) var tokens = 0
        /// Those that stand as equal tokens in a passage.
        public internal(set) var covered = 0
        /// The share of the text that is in the other, 0...1; 0 for a text without tokens.
        public var share: Double { tokens == 0 ? 0 : Double(covered) / Double(tokens) }
    }

    /// By their place in `a`.
    public internal(set) var passages: [Passage] = []
    public internal(set) var a = Side(), b = Side()
    /// The sets of five-token shingles that touch no boilerplate; for Jaccard similarity and containment.
    public internal(set) var shingles = SetOverlap(common: 0, a: 0, b: 0)
    /// Tokens of the longest run that is the same in both.
    public internal(set) var longestRun = 0

    /// - Parameters:
    ///   - a, b: any bytes, each less than 1 GB; what is no UTF-8 separates tokens.
    ///   - boilerplateOfA, boilerplateOfB: ascending ranges of bytes. Passages there are marked, and count for nothing.
    /// - Complexity: O(*n* log *n*) in the tokens of both; some 60 bytes of memory for each.
    public init(
        _ a: some Collection<UInt8>, _ b: some Collection<UInt8>, boilerplateOfA: [Range<Int>] = [],
        boilerplateOfB: [Range<Int>] = []
    ) {
        self.init(TokenText(a, boilerplate: boilerplateOfA), TokenText(b, boilerplate: boilerplateOfB))
    }

    public init(_ a: String, _ b: String) { self.init(a.utf8, b.utf8) }

    /// Of texts that are compared more than once. Boilerplate is what they are marked with.
    public init(_ a: TokenText, _ b: TokenText) {
        var inPassage = (a: [Bool](repeating: false, count: a.count), b: [Bool](repeating: false, count: b.count))
        for runs in PassageFinder(a, b).passages {
            let passage = Passage(runs, a, b)
            for run in runs {
                for step in 0..<run.count {
                    inPassage.a[run.a + step] = true
                    inPassage.b[run.b + step] = true
                }
                if !passage.isBoilerplate { longestRun = max(longestRun, run.count) }
            }
            passages.append(passage)
        }
        self.a = Side(a, inPassage.a)
        self.b = Side(b, inPassage.b)
        var counter = OverlapCounter()
        shingles = counter.overlap(a.shingles.span, b.shingles.span)
    }
}

extension PassageOverlap.Side {
    fileprivate init(_ text: TokenText, _ inPassage: [Bool]) {
        for token in 0..<text.count where !text.isBoilerplate(token) {
            tokens += 1
            if inPassage[token] { covered += 1 }
        }
    }
}

extension PassageOverlap.Passage {
    /// - Parameter runs: equal tokens in the order of both texts, at least one run.
    fileprivate init(_ runs: [Tile], _ a: TokenText, _ b: TokenText) {
        let first = runs.first!, last = runs.last!
        self.a = a.bytes(first.a..<last.endA)
        self.b = b.bytes(first.b..<last.endB)
        pieces = []
        equalTokens = 0
        var boilerplate = 0
        var end = (a: first.a, b: first.b)
        for run in runs {
            let gap = (a: a.bytes(end.a..<run.a), b: b.bytes(end.b..<run.b))
            switch (end.a < run.a, end.b < run.b) {
            case (true, true): pieces.append(.init(kind: .replaced, a: gap.a, b: gap.b))
            case (true, false): pieces.append(.init(kind: .onlyA, a: gap.a, b: gap.b))
            case (false, true): pieces.append(.init(kind: .onlyB, a: gap.a, b: gap.b))
            case (false, false): break
            }
            pieces.append(.init(kind: .equal, a: a.bytes(run.a..<run.endA), b: b.bytes(run.b..<run.endB)))
            equalTokens += run.count
            for step in 0..<run.count where a.isBoilerplate(run.a + step) || b.isBoilerplate(run.b + step) {
                boilerplate += 1
            }
            end = (run.endA, run.endB)
        }
        isBoilerplate = boilerplate * 2 > equalTokens
    }
}
