/// A title as the parts of a series have it: a frame that stays, and what fills it.
///
///     let titles = ["Ask the gardener, no. 4: hedges", "Ask the gardener, no. 5: roses"]
///     SeriesTitle.areOfOne(titles.map { SeriesTitle($0.utf8, day: nil) })  // true
package struct SeriesTitle: Sendable, Equatable {
    /// Runs of letters, in lower case, and numbers, in their order.
    private let words: [String]
    /// What stands in square brackets at its start and at its end.
    private let rubrics: Set<[String]>
    /// Without what stands in any brackets at its start and at its end.
    private let bare: [String]
    private let day: Int64?

    /// Bytes of UTF-8 that are more than a name which two reports of one event begin with: two words of a script with
    /// spaces, three characters of one without.
    private static let frame = 9

    /// - Parameter day: of its story, counted from any day; nil if unknown.
    /// - Complexity: O(*n*).
    package init(_ title: some Sequence<UInt8>, day: Int64?) {
        let title = String(decoding: Array(title), as: UTF8.self)
        var rest = title[...], rubrics = Set<[String]>()
        for cut in [Self.cutFirst, Self.cutLast] {
            guard let (inner, isSquare) = cut(&rest), isSquare else { continue }
            rubrics.insert(Self.words(inner))
        }
        words = Self.words(title[...])
        self.rubrics = rubrics.filter { !$0.isEmpty }
        bare = Self.words(rest)
        self.day = day
    }

    /// Whether titles of one outlet's stories are those of a series: under one rubric; the same on several days; the same
    /// but for what is in brackets; or alike up to a number, from the start or from the end, in which they differ.
    ///
    /// - Complexity: O(*n*) in their words.
    package static func areOfOne(_ titles: [SeriesTitle]) -> Bool {
        guard titles.count > 1, titles.allSatisfy({ !$0.words.isEmpty }) else { return false }
        let first = titles[0], rest = titles.dropFirst()
        if !rest.reduce(first.rubrics, { $0.intersection($1.rubrics) }).isEmpty { return true }
        if rest.allSatisfy({ $0.words == first.words }) { return Set(titles.map(\.day)).count > 1 && first.day != nil }
        if rest.allSatisfy({ $0.bare == first.bare }), isFrame(first.bare[...]) { return true }
        return areNumbered(titles.map(\.words)) || areNumbered(titles.map { $0.words.reversed() })
    }

    private static func areNumbered(_ titles: [[String]]) -> Bool {
        let least = titles.map(\.count).min()!
        guard let apart = (0..<least).first(where: { at in titles.contains { $0[at] != titles[0][at] } }) else {
            return false
        }
        return titles.allSatisfy { $0[apart].utf8.allSatisfy { (0x30...0x39).contains($0) } }
            && isFrame(titles[0][..<apart])
    }

    private static func isFrame(_ words: ArraySlice<String>) -> Bool {
        words.reduce(0) { $0 + $1.utf8.count } >= frame
    }

    /// A number keeps its decimals, and is no count then.
    private static func words(_ text: Substring) -> [String] {
        var words: [String] = [], point: Character?, isNumber = false, isOpen = false
        for character in text {
            let isDigit = character.isNumber
            guard isDigit || character.isLetter else {
                point = isOpen && isNumber && (character == "." || character == ",") ? character : nil
                isOpen = false
                continue
            }
            if let point, isDigit {
                words[words.count - 1] += "\(point)\(character)"
            } else if isOpen, isDigit == isNumber {
                words[words.count - 1] += character.lowercased()
            } else {
                words.append(character.lowercased())
            }
            (point, isNumber, isOpen) = (nil, isDigit, true)
        }
        return words
    }

    private static let brackets: [Character: (close: Character, isSquare: Bool)] = [
        "[": ("]", true), "［": ("］", true), "【": ("】", true), "〔": ("〕", true), "(": (")", false), "（": ("）", false),
    ]

    private static func cutFirst(_ text: inout Substring) -> (inner: Substring, isSquare: Bool)? {
        let trimmed = text.drop(while: \.isWhitespace)
        guard let (close, isSquare) = trimmed.first.flatMap({ brackets[$0] }), let end = trimmed.firstIndex(of: close)
        else { return nil }
        text = trimmed[end...].dropFirst()
        return (trimmed[..<end].dropFirst(), isSquare)
    }

    private static func cutLast(_ text: inout Substring) -> (inner: Substring, isSquare: Bool)? {
        var trimmed = text
        while trimmed.last?.isWhitespace ?? false { trimmed.removeLast() }
        guard let last = trimmed.last, let (open, pair) = brackets.first(where: { $0.value.close == last }),
            let start = trimmed.lastIndex(of: open)
        else { return nil }
        text = trimmed[..<start]
        return (trimmed[start...].dropFirst().dropLast(), pair.isSquare)
    }
}
