import Shingle

/// Names that both texts have.
///
/// A word is part of a name if a text has it with a capital inside a sentence and never without; a text without
/// capitals, a headline in capitals or with a capital on every word says nothing of that. Words of names that both
/// texts have and that stand side by side are a name; "Emmanuel Macron" and "Macron" are one by their rarest word.
func commonNames(_ a: FactText, _ b: FactText) -> [FactOverlap.Fact] {
    let (inA, inB) = (Capitals(a), Capitals(b))
    let words = Set(a.hashes).intersection(b.hashes).filter { word in
        (inA.isName(word) || inB.isName(word)) && !inA.isOrdinary(word) && !inB.isOrdinary(word)
            && !Calendar.shared.hasName(word)
    }
    // Where every noun has a capital, only a rare one is likely to be a name.
    let least = inA.hasCapitalNouns || inB.hasCapitalNouns ? 7.0 : 3.0
    let (runsOfA, runsOfB) = (NameRuns(a, words), NameRuns(b, words))
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
private struct Capitals {
    private var inside: [UInt64: Int] = [:]
    private var lower: [UInt64: Int] = [:]

    init(_ text: FactText) {
        var start = 0
        while start < text.count {
            var end = start + 1
            while end < text.count, !text.gap(before: end).contains(0x0a) { end += 1 }
            defer { start = end }
            let cased = text.cases[start..<end].filter { $0 != .none }
            let capitals = cased.count { $0 != .lower }
            // A headline.
            if cased.count >= 3, capitals * 10 > cased.count * 6 { continue }
            // A text without capitals.
            if capitals == 0, cased.count > 12 { continue }
            for token in start..<end {
                switch text.cases[token] {
                case .none: break
                case .lower: lower[text.hashes[token], default: 0] += 1
                case .initial, .capitals:
                    if !text.startsSentence[token], text.ranges[token].count > 1 {
                        inside[text.hashes[token], default: 0] += 1
                    }
                }
            }
        }
    }

    /// As German writes: a quarter of all words inside sentences.
    var hasCapitalNouns: Bool {
        let capitals = inside.values.reduce(0, +)
        return capitals * 4 > capitals + lower.values.reduce(0, +)
    }

    func isName(_ word: UInt64) -> Bool { inside[word] ?? 0 > 4 * (lower[word] ?? 0) }
    func isOrdinary(_ word: UInt64) -> Bool { lower[word] ?? 0 > 0 && !isName(word) }
}

/// Where words of names stand side by side.
private struct NameRuns {
    /// By their rarest word.
    private(set) var byHead: [UInt64: [Range<Int>]] = [:]

    private static let links: Set<UInt64> = wordHashes(
        "of de la le du del della di da dos van von der den bin ibn al el")

    init(_ text: FactText, _ words: Set<UInt64>) {
        var token = 0
        while token < text.count {
            guard words.contains(text.hashes[token]) else { token += 1; continue }
            var end = token + 1
            while let next = Self.next(text, end, words) { end = next }
            let head = (token..<end).max { text.rarity[$0] < text.rarity[$1] }!
            byHead[text.hashes[head], default: []].append(token..<end)
            token = end
        }
    }

    /// The end of the run one word later, over a link where there is one.
    private static func next(_ text: FactText, _ end: Int, _ words: Set<UInt64>) -> Int? {
        for next in end..<min(text.count, end + 3) {
            guard isClose(text.gap(before: next)) else { return nil }
            if words.contains(text.hashes[next]) { return next + 1 }
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
    Set(words.split(separator: " ").compactMap { word in Array(word.utf8).withUnsafeBufferPointer { tokenHash($0) } })
}
