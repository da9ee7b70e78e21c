import Dates
public import DedupKit
import JSON
public import Output

/// A comparison for people: how much is common, the passages in two columns in the order of the first text, the facts.
///
/// Words that differ inside a passage are underlined and coloured; without colour `[-so-]` on the left, `{+so+}` on the
/// right. What only one text has is folded.
public struct ComparisonTextReport {
    private let comparison: Comparison
    private let style: TextStyle
    private let isFull: Bool
    private let width: Int
    private let unit: String
    private var text = ""

    /// - Parameter isFull: whether to show what only one text has, too.
    public static func write(
        _ comparison: Comparison, style: TextStyle, isFull: Bool = false, to output: OutputFile
    ) throws(OutputError) {
        var report = ComparisonTextReport(comparison, style, isFull: isFull)
        report.addHeading()
        report.addPassages()
        report.addFacts()
        try output.write(report.text.utf8)
    }

    private init(_ comparison: Comparison, _ style: TextStyle, isFull: Bool) {
        self.comparison = comparison
        self.style = style
        self.isFull = isFull
        width = max(10, (style.width - 3) / 2)
        let tokens = comparison.overlap.a.tokens
        unit = unsafe comparison.a.text.withUnsafeBufferPointer {
            unsafe CopyText.width(of: $0, tokens: tokens) == CopyText.width ? "word" : "character"
        }
    }

    private mutating func addHeading() {
        func heading(_ letter: String, _ text: ComparedText) -> ColumnText {
            var column = ColumnText()
            column.append(letter + "  ", .bold)
            column.append(text.name, .bold)
            let facts = [
                text.date.map { CivilDate(secondsSince1970: $0).description }, text.source, text.title,
            ].compactMap { $0 }
            for fact in facts { column.append(" · " + fact) }
            column.append(" · " + sized(count(text.text[...])), .quiet)
            return column
        }
        addRow(heading("A", comparison.a), heading("B", comparison.b))
        text += "\n"
        let overlap = comparison.overlap
        var line = ColumnText()
        if overlap.passages.isEmpty {
            line.append("A and B have no passage in common.", .bold)
        } else {
            line.append("\(percent(overlap.a.share)) of A is in B, \(percent(overlap.b.share)) of B is in A", .bold)
            let passages = overlap.passages.count
            line.append(
                " · \(passages) \(passages == 1 ? "passage" : "passages") · longest run "
                    + sized(overlap.longestRun))
        }
        line.append(" · Jaccard similarity \(fixed(overlap.shingles.jaccard, decimals: 2)) of five-word shingles")
        addLines(line)
        text += "\n"
    }

    private mutating func addPassages() {
        let passages = comparison.overlap.passages
        let inB = passages.indices.sorted { passages[$0].b.lowerBound < passages[$1].b.lowerBound }
        var startOfB = [Int](repeating: 0, count: passages.count)
        for (before, at) in zip(inB, inB.dropFirst()) { startOfB[at] = passages[before].b.upperBound }
        var end = 0
        for (number, passage) in passages.enumerated() {
            addGap(end..<passage.a.lowerBound, startOfB[number]..<passage.b.lowerBound)
            end = passage.a.upperBound
            if number > 0 { text += "\n" }
            var heading = ColumnText()
            heading.append("[\(number + 1)]", .bold)
            heading.append(" " + sized(passage.equalTokens))
            if passage.isBoilerplate { heading.append(" of boilerplate, which count for nothing", .quiet) }
            addLines(heading)
            addRow(
                column(passage, comparison.a, \.a, marks: ("[-", "-]")),
                column(passage, comparison.b, \.b, marks: ("{+", "+}")))
        }
        let lastOfB = inB.last.map { passages[$0].b.upperBound } ?? 0
        if !passages.isEmpty || isFull {
            addGap(end..<comparison.a.text.count, lastOfB..<comparison.b.text.count)
        }
    }

    /// Facts that stand inside a passage on both sides are no news.
    private mutating func addFacts() {
        let passages = comparison.overlap.passages
        let inB = passages.map(\.b).sorted { $0.lowerBound < $1.lowerBound }
        let facts = comparison.facts.facts.filter { !isCovered($0.a, passages.map(\.a)) || !isCovered($0.b, inB) }
        let most = isFull ? Int.max : 24, place = passages.isEmpty ? "" : " outside the passages"
        guard !facts.isEmpty else {
            if passages.isEmpty { text += "No names, rare words, figures, dates or quotations in common.\n" }
            return
        }
        if !passages.isEmpty { text += "\n" }
        text += style.bold("Facts in both" + place) + style.dim("  how often in A and in B") + "\n"
        for fact in facts.prefix(most) {
            let counts = "\(fact.a.count) | \(fact.b.count)"
            let room = max(10, style.width - 16 - counts.utf8.count)
            let oneLine = style.plain(fact.text).split(separator: " ").joined(separator: " ")
            let shown = max(min(40, room), min(room, TextStyle.columns(oneLine)))
            text += "  " + style.dim(style.padded(fact.kind.rawValue, to: 11))
            text += style.padded(oneLine, to: shown) + "  " + counts + "\n"
        }
        if facts.count > most { text += style.dim("  and \(facts.count - most) more") + "\n" }
    }

    /// - Parameter passages: ascending.
    private func isCovered(_ places: [Range<Int>], _ passages: [Range<Int>]) -> Bool {
        var next = 0
        return places.allSatisfy { place in
            while next < passages.count, passages[next].upperBound < place.upperBound { next += 1 }
            return next < passages.count && passages[next].lowerBound <= place.lowerBound
        }
    }

    /// A side of a passage.
    private func column(
        _ passage: PassageOverlap.Passage, _ text: ComparedText,
        _ side: (PassageOverlap.Piece) -> Range<Int>, marks: (open: String, close: String)
    ) -> ColumnText {
        var column = ColumnText()
        var end: Int?
        for piece in passage.pieces {
            let range = side(piece)
            guard !range.isEmpty else { continue }
            if let end, end < range.lowerBound { column.append(string(text, end..<range.lowerBound)) }
            end = range.upperBound
            let isDifferent = piece.kind != .equal
            if isDifferent, !style.isColoured { column.append(marks.open) }
            column.append(string(text, range), isDifferent ? .different : passage.isBoilerplate ? .quiet : .plain)
            if isDifferent, !style.isColoured { column.append(marks.close) }
        }
        if let end { column.append(string(text, end..<endOfMarks(text, end))) }
        return column
    }

    /// Where the marks end that follow a word without a space.
    private func endOfMarks(_ text: ComparedText, _ start: Int) -> Int {
        String(decoding: text.text[start...].prefix(12), as: UTF8.self).unicodeScalars
            .prefix { Self.marks.contains($0) }.reduce(start) { $0 + UTF8.width($1) }
    }

    private static let marks = Set(".,;:!?)\"'”’»，。；：！？、」』）".unicodeScalars)

    /// What only one text has, before a passage.
    private mutating func addGap(_ a: Range<Int>, _ b: Range<Int>) {
        let gaps = (gap(comparison.a, a), gap(comparison.b, b))
        if gaps.0 != nil || gaps.1 != nil { addRow(gaps.0 ?? ColumnText(), gaps.1 ?? ColumnText()) }
    }

    private func gap(_ text: ComparedText, _ range: Range<Int>) -> ColumnText? {
        let tokens = range.isEmpty ? 0 : count(text.text[range])
        guard tokens > 0 else { return nil }
        let range =
            (range.lowerBound == 0 ? 0 : min(range.upperBound, endOfMarks(text, range.lowerBound)))..<range.upperBound
        var column = ColumnText()
        if isFull {
            column.append(string(text, range), .quiet)
        } else {
            let start = "⋯ \(sized(tokens)): "
            let shown = string(text, range.prefix(4 * width).lowerBound..<range.prefix(4 * width).upperBound)
            column.append(
                style.padded(start + shown.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: width),
                .quiet)
        }
        return column
    }

    private mutating func addRow(_ a: ColumnText, _ b: ColumnText) {
        let lines = (a.lines(width: width, style), b.lines(width: width, style))
        let empty = String(repeating: " ", count: width)
        for at in 0..<max(lines.0.count, lines.1.count) {
            let left = at < lines.0.count ? lines.0[at] : empty
            text += left + style.dim(" │ ") + (at < lines.1.count ? lines.1[at] : "") + "\n"
        }
    }

    private mutating func addLines(_ column: ColumnText) {
        for line in column.lines(width: style.width, style) { text += line + "\n" }
    }

    private func string(_ text: ComparedText, _ range: Range<Int>) -> String {
        String(decoding: text.text[range], as: UTF8.self)
    }

    private func count(_ text: ArraySlice<UInt8>) -> Int {
        var shingler = Shingler()
        shingler.read(text.span)
        return shingler.tokenCount
    }

    /// "84 words"; characters where the script has no spaces between words.
    private func sized(_ tokens: Int) -> String { "\(tokens) \(unit)\(tokens == 1 ? "" : "s")" }

    private func percent(_ share: Double) -> String {
        share > 0 && share < 0.01 ? "less than 1 %" : "\(Int(share * 100)) %"
    }
}
