/// Text for a column of a terminal: wrapped by what characters take up there, with some of it marked.
///
/// Nothing in it can steer the terminal; a line with letters that run from right to left is set apart, so that it cannot
/// turn its neighbours around.
struct ColumnText {
    enum Mark { case plain, different, quiet, bold }

    private var characters: [(character: Character, mark: Mark)] = []
    /// Past this many the middle of an added text is left out: a word of a megabyte is no reading matter.
    static let longest = 20_000

    mutating func append(_ text: String, _ mark: Mark = .plain) {
        let text = TextStyle().plain(text)
        guard text.utf8.count > Self.longest else { return add(text, mark) }
        let characters = Array(text)
        guard characters.count > Self.longest else { return add(text, mark) }
        add(String(characters.prefix(Self.longest / 2)), mark)
        add(" … \(characters.count - Self.longest) characters … ", .quiet)
        add(String(characters.suffix(Self.longest / 2)), mark)
    }

    private mutating func add(_ text: String, _ mark: Mark) {
        for character in text {
            if character.isWhitespace {
                if characters.last?.character != " ", !characters.isEmpty { characters.append((" ", mark)) }
            } else {
                characters.append((character, mark))
            }
        }
    }

    /// Lines of exactly `width` columns.
    func lines(width: Int, _ style: TextStyle) -> [String] {
        var lines: [String] = []
        var start = 0
        while start < characters.count {
            var end = start, used = 0, lastSpace: Int?
            while end < characters.count {
                let columns = TextStyle.columns(characters[end].character)
                if used + columns > width { break }
                if characters[end].character == " " { lastSpace = end }
                used += columns
                end += 1
            }
            var next = max(end, start + 1)
            if end < characters.count, characters[end].character == " " {
                next = end + 1
            } else if end < characters.count, let lastSpace, lastSpace > start, breaksAtSpaces(end) {
                (end, next) = (lastSpace, lastSpace + 1)
            }
            lines.append(line(start..<max(end, min(next, start + 1)), width: width, style))
            start = next
        }
        return lines
    }

    /// Whether a line may not end before a character: it stands in a word.
    private func breaksAtSpaces(_ at: Int) -> Bool {
        TextStyle.columns(characters[at].character) == 1 || TextStyle.columns(characters[at - 1].character) == 1
    }

    private func line(_ range: Range<Int>, width: Int, _ style: TextStyle) -> String {
        var line = "", used = 0, start = range.lowerBound
        while start < range.upperBound {
            var end = start, run = ""
            while end < range.upperBound, characters[end].mark == characters[start].mark {
                run.append(characters[end].character)
                used += TextStyle.columns(characters[end].character)
                end += 1
            }
            line += style.marked(run, characters[start].mark)
            start = end
        }
        if line.unicodeScalars.contains(where: Self.isRightToLeft) { line = "\u{2068}" + line + "\u{2069}" }
        return line + String(repeating: " ", count: max(0, width - used))
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x590...0x8ff, 0xfb1d...0xfdff, 0xfe70...0xfeff, 0x10800...0x10fff, 0x1e800...0x1efff: true
        default: false
        }
    }
}

extension TextStyle {
    fileprivate func marked(_ text: String, _ mark: ColumnText.Mark) -> String {
        switch mark {
        case .plain: text
        case .different: isColoured ? "\u{1b}[4;33m\(text)\u{1b}[0m" : text
        case .quiet: dim(text)
        case .bold: bold(text)
        }
    }
}
