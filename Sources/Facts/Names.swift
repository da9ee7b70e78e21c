import Shingle

/// Names that both texts have.
///
/// A word is part of a name if a text has it with a capital inside a sentence and never without; a text without
/// capitals, a headline in capitals or with a capital on every word says nothing of that. Words of names that both
/// texts have and that stand side by side are a name; "Emmanuel Macron" and "Macron" are one by their rarest word.
func commonNames(_ a: FactText, _ b: FactText) -> [FactOverlap.Fact] {
    var isPart = (
        a: [Bool](repeating: false, count: a.vocabulary.count), b: [Bool](repeating: false, count: b.vocabulary.count)
    )
    for (inA, word) in a.vocabulary.keys.enumerated() {
        guard let inB = b.vocabulary[word], a.capitals.isName(inA) || b.capitals.isName(inB),
            !a.capitals.isOrdinary(inA), !b.capitals.isOrdinary(inB), !Calendar.shared.hasName(word)
        else { continue }
        isPart.a[inA] = true
        isPart.b[inB] = true
    }
    // Where every noun has a capital, only a rare one is likely to be a name.
    let least = a.capitals.areOnNouns || b.capitals.areOnNouns ? 7.0 : 3.0
    let (runsOfA, runsOfB) = (NameRuns(a, isPart.a), NameRuns(b, isPart.b))
    return runsOfA.byHead.compactMap { head, inA in
        guard let inB = runsOfB.byHead[head] else { return nil }
        let forms = Set(inB.map { Array(b.hashes[$0]) })
        let shown =
            inA.filter { forms.contains(Array(a.hashes[$0])) }.max { $0.count < $1.count } ?? inA.min {
                $0.count < $1.count
            }!
        let rarity = a.rarity[inA[0].first { a.hashes[$0] == head }!]
        guard shown.count > 1 || rarity > least else { return nil }
        return FactOverlap.Fact(
            kind: .name, text: a.string(shown), a: inA.map(a.bytes), b: inB.map(b.bytes),
            weight: rarity * (shown.count > 1 ? 1.25 : 1))
    }
}

/// What a text's capitals say about its words.
struct Capitals: Sendable {
    /// Of each word, how often it stands with a capital inside a sentence, and without one.
    private var inside: [Int32] = [], lower: [Int32] = []
    /// As in German: a quarter of all words inside sentences have one.
    private(set) var areOnNouns = false

    init() {}

    init(_ text: FactText) {
        inside = [Int32](repeating: 0, count: text.vocabulary.count)
        lower = inside
        var start = 0
        while start < text.count {
            var end = start + 1
            while end < text.count, !text.gap(before: end).contains(0x0a) { end += 1 }
            readLine(start..<end, text)
            start = end
        }
        let capitals = inside.reduce(0, +)
        areOnNouns = capitals * 4 > capitals + lower.reduce(0, +)
    }

    private mutating func readLine(_ tokens: Range<Int>, _ text: FactText) {
        let cased = tokens.count { text.cases[$0] != .none }
        let capitals = tokens.count { text.cases[$0] > .lower }
        // A headline.
        if cased >= 3, capitals * 10 > cased * 6 { return }
        // A text without capitals.
        if capitals == 0, cased > 12 { return }
        for token in tokens {
            switch text.cases[token] {
            case .none: break
            case .lower: lower[Int(text.words[token])] += 1
            case .initial, .capitals:
                if !text.startsSentence[token], text.ranges[token].count > 1 { inside[Int(text.words[token])] += 1 }
            }
        }
    }

    func isName(_ word: Int) -> Bool { inside[word] > 4 * lower[word] }
    func isOrdinary(_ word: Int) -> Bool { lower[word] > 0 && !isName(word) }
}

/// Where words of names stand side by side.
private struct NameRuns {
    /// By their rarest word.
    private(set) var byHead: [UInt64: [Range<Int>]] = [:]

    private static let links: Set<UInt64> = wordHashes(
        "of de la le du del della di da dos van von der den bin ibn al el")

    /// - Parameter isPart: of each word of the vocabulary, whether names have it.
    init(_ text: FactText, _ isPart: [Bool]) {
        var token = 0
        while token < text.count {
            guard isPart[Int(text.words[token])] else { token += 1; continue }
            var end = token + 1
            while let next = Self.next(text, end, isPart) { end = next }
            let head = (token..<end).max { text.rarity[$0] < text.rarity[$1] }!
            byHead[text.hashes[head], default: []].append(token..<end)
            token = end
        }
    }

    /// The end of the run one word later, over a link where there is one.
    private static func next(_ text: FactText, _ end: Int, _ isPart: [Bool]) -> Int? {
        for next in end..<min(text.count, end + 3) {
            guard isClose(text.gap(before: next)) else { return nil }
            if isPart[Int(text.words[next])] { return next + 1 }
            guard links.contains(text.hashes[next]), text.cases[next] == .lower else { return nil }
        }
        return nil
    }

    private static func isClose(_ gap: ArraySlice<UInt8>) -> Bool {
        gap.count == 1 && [0x20, 0x2d, 0x27].contains(gap.first!)
    }
}

/// Of words separated by spaces.
func wordHashes(_ words: String) -> Set<UInt64> {
    Set(words.split(separator: " ").compactMap { tokenHash(String($0)) })
}
