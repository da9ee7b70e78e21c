import DedupKit

/// A text cut into its passages and what stands between them, as the template of two texts wants it.
struct TextMarker {
    /// Passages take turns with so many colours.
    static let hues = 8

    /// With its range, and those of its pieces, in this text.
    typealias Passage = (passage: PassageOverlap.Passage, bytes: Range<Int>, pieces: [Range<Int>])

    let letter: String
    private let other: String
    private let side: Int
    private let unit: String
    private let text: [UInt8]
    private let passages: [Passage]
    /// In order, without overlap and outside passages: the heavier fact wins, and they come heaviest first.
    private var factPlaces: [(bytes: Range<Int>, fact: Int)] = []

    /// Bytes between passages that are not folded.
    private static let longestGap = 420

    /// - Parameters:
    ///   - passages: numbered in the order given.
    ///   - facts: of each its places in this text, the heaviest fact first.
    init(
        _ text: [UInt8], side: Int, _ unit: String,
        passages: [Passage],
        facts: [[Range<Int>]]
    ) {
        (self.text, self.side, self.unit, self.passages) = (text, side, unit, passages)
        (letter, other) = side == 0 ? ("A", "B") : ("B", "A")
        var isTaken = [Bool](repeating: false, count: text.count)
        for range in passages.map(\.bytes) { for byte in range { isTaken[byte] = true } }
        for (fact, places) in facts.enumerated() {
            for place in places where !isTaken[place].contains(true) {
                for byte in place { isTaken[byte] = true }
                factPlaces.append((place, fact))
            }
        }
        factPlaces.sort { $0.bytes.lowerBound < $1.bytes.lowerBound }
    }

    /// What tokens are called in a text: words, or in a script without spaces characters.
    static func unit(_ text: [UInt8], tokens: Int) -> String {
        unsafe text.withUnsafeBufferPointer {
            unsafe CopyText.width(of: $0, tokens: tokens) == CopyText.width ? "word" : "character"
        }
    }

    /// Those that stand outside passages.
    var facts: Set<Int> { Set(factPlaces.map(\.fact)) }

    /// Marks no others: a link needs two ends.
    mutating func keepFacts(_ kept: Set<Int>) { factPlaces.removeAll { !kept.contains($0.fact) } }

    var segments: [Template.Filling] {
        var segments: [Template.Filling] = []
        var facts = factPlaces[...], end = 0, seen: Set<Int> = []
        func addGap(to start: Int) {
            let inGap = facts.prefix { $0.bytes.lowerBound < start }
            facts = facts.dropFirst(inGap.count)
            segments += gap(end..<start, inGap, &seen)
        }
        for (number, passage) in passages.enumerated().sorted(by: {
            $0.element.bytes.lowerBound < $1.element.bytes.lowerBound
        }) {
            addGap(to: passage.bytes.lowerBound)
            segments.append(["passage": .list([filling(number, passage)])])
            end = passage.bytes.upperBound
        }
        addGap(to: text.count)
        return segments
    }

    private func filling(_ number: Int, _ passage: Passage) -> Template.Filling {
        var parts: [Template.Filling] = []
        var end = passage.bytes.lowerBound
        for (piece, bytes) in zip(passage.passage.pieces, passage.pieces) {
            if end < bytes.lowerBound { parts.append(["plain": "\(string(end..<bytes.lowerBound))"]) }
            if bytes.isEmpty {
                parts.append(["lack": true])
            } else {
                parts.append([piece.kind == .equal ? "plain" : "edit": "\(string(bytes))"])
            }
            end = bytes.upperBound
        }
        return [
            "at": "\(number)", "number": "\(number + 1)", "hue": "\(number % Self.hues)", "side": "\(side)",
            "letter": "\(letter)", "other": "\(other)", "boilerplate": .truth(passage.passage.isBoilerplate),
            "parts": .list(parts),
        ]
    }

    /// - Parameter seen: facts that were marked before: the first place is the one that links lead to.
    private func gap(
        _ range: Range<Int>, _ facts: ArraySlice<(bytes: Range<Int>, fact: Int)>, _ seen: inout Set<Int>
    ) -> [Template.Filling] {
        guard !range.isEmpty else { return [] }
        // The full stop behind a passage stays with it.
        let mark =
            range.lowerBound == 0
            ? 0 : text[range].prefix { $0 != 0x20 && $0 != 0x0a && $0 < 0x80 && !isWord($0) }.count
        var parts: [Template.Filling] = []
        var end = range.lowerBound + mark
        for (bytes, fact) in facts {
            if end < bytes.lowerBound { parts.append(["plain": "\(string(end..<bytes.lowerBound))"]) }
            parts.append([
                "fact": .list([
                    [
                        "number": "\(fact)", "side": "\(side)", "letter": "\(letter)", "other": "\(other)",
                        "text": "\(string(bytes))", "first": .truth(seen.insert(fact).inserted),
                    ]
                ])
            ])
            end = bytes.upperBound
        }
        if end < range.upperBound { parts.append(["plain": "\(string(end..<range.upperBound))"]) }
        let before: [Template.Filling] = mark > 0 ? [["plain": "\(string(range.prefix(mark)))"]] : []
        guard !passages.isEmpty, range.count > Self.longestGap else { return before + parts }
        let size = counted(TokenText(text[range]).count, unit, unit + "s")
        return before + [["fold": "\(size)"]] + parts + [["end": true]]
    }

    private func isWord(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

    private func string(_ bytes: Range<Int>) -> String { String(decoding: text[bytes], as: UTF8.self) }
}
