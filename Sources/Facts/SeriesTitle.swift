/// A title as the parts of a series have it: a frame that stays, and what fills it, as in "Ask the gardener, no. 4: hedges"
/// and "Ask the gardener, no. 5: roses".
package struct SeriesTitle: Sendable {
    private struct Frame: Hashable {
        enum Kind { case rubric, brackets, beforeNumber, afterNumber, day }
        var kind: Kind
        var words: [String]
    }

    /// What fills each frame that it may have been written in.
    private var fillings: [Frame: [String]] = [:]

    /// Bytes of UTF-8 that are more than a name which two reports of one event begin with: two words of a script with
    /// spaces, three characters of one without.
    private static let least = 9
    /// Bytes that are looked at: each number makes a frame of what stands before it and behind it.
    private static let longest = 512

    /// - Parameter day: of its story, counted from any day; nil if unknown.
    package init(_ title: some Sequence<UInt8>, day: Int64?) {
        let title = String(decoding: Array(title.prefix(Self.longest)), as: UTF8.self), words = Self.words(title[...])
        var rest = title[...], inBrackets: [String] = []
        for cut in [Self.cutFirst, Self.cutLast] {
            guard let (inner, isSquare) = cut(&rest) else { continue }
            let rubric = Self.words(inner)
            inBrackets += rubric
            if isSquare, !rubric.isEmpty { fillings[Frame(kind: .rubric, words: rubric)] = words }
        }
        func add(_ kind: Frame.Kind, _ frame: some Sequence<String>, _ filling: [String]) {
            let frame = Array(frame)
            guard frame.reduce(0, { $0 + $1.utf8.count }) >= Self.least else { return }
            fillings[Frame(kind: kind, words: frame)] = filling
        }
        add(.brackets, Self.words(rest), inBrackets)
        for at in words.indices where words[at].allSatisfy(\.isWholeNumber) {
            add(.beforeNumber, words[..<at], [words[at]])
            add(.afterNumber, words[at...].dropFirst(), [words[at]])
        }
        if let day, !words.isEmpty { fillings[Frame(kind: .day, words: words)] = ["\(day)"] }
    }

    /// Whether titles of one outlet's stories are those of a series: more than two thirds stand under one rubric; are the
    /// same on several days; the same but for what is in brackets; or alike up to a number, from the start or from the
    /// end, in which they differ.
    ///
    /// - Complexity: O(*n*) in the titles.
    package static func areOfOne(_ titles: [SeriesTitle]) -> Bool {
        var filled: [Frame: (titles: Int, fillings: Set<[String]>)] = [:]
        for (frame, filling) in titles.lazy.flatMap(\.fillings) {
            filled[frame, default: (0, [])].titles += 1
            filled[frame]!.fillings.insert(filling)
        }
        return filled.values.contains { 3 * $0.titles > 2 * titles.count && $0.fillings.count > 1 }
    }

    /// Runs of letters, in lower case, and numbers, in their order. A number keeps its decimals, and is no count then.
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
