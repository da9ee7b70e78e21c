public import DedupKit
import JSON
public import Output

/// Flags for people: a line a new document in input order, then who was reprinted and who reprints.
public struct FlagTextReport {
    private let flags: CopyFlags
    private let clustering: Clustering
    private let headlines: Headlines
    private let style: TextStyle
    /// Columns for ids: as many as the longest needs, up to a point.
    private let idWidth: Int

    private static let markWidth = 34, widestID = 32

    /// Headlines are read again.
    ///
    /// - Returns: what could not be.
    @discardableResult public static func write(
        _ flags: CopyFlags, _ clustering: Clustering, style: TextStyle, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let documents = clustering.documents
        let idWidth = documents.newNumbers.reduce(0) { max($0, TextStyle.columns(documents.identifiers[$1])) }
        let report = FlagTextReport(
            flags: flags, clustering: clustering, headlines: Headlines(documents), style: style,
            idWidth: min(idWidth, widestID))
        for document in documents.newNumbers { try output.write((report.line(document) + "\n").utf8) }
        try output.write(report.summary().utf8)
        return report.headlines.problems
    }

    private func line(_ document: DocumentNumber) -> String {
        let documents = clustering.documents
        let id = documents.identifiers[document]
        let mark = mark(of: flags.flags[document.index])
        let columns = max(idWidth, TextStyle.columns(id))
        let room = max(20, style.width - columns - 2 - Self.markWidth - 2)
        let isCopy = flags.flags[document.index].of != nil
        let text = style.padded(mark, to: Self.markWidth)
        return style.padded(id, to: columns) + "  " + (isCopy ? text : style.dim(text)) + "  "
            + style.padded(headlines[document], to: room)
    }

    private func mark(of flag: CopyFlag) -> String { Self.mark(of: flag, clustering.documents.identifiers) }

    static func mark(of flag: CopyFlag, _ identifiers: Identifiers) -> String {
        guard let of = flag.of, let relation = flag.relation else {
            return flag.copies == 0 ? "" : "original of \(flag.copies) \(flag.copies == 1 ? "copy" : "copies")"
        }
        var mark = "\(relation.rawValue) of \(identifiers[of])"
        if relation != .exact { mark += " \(fixed(flag.share * 100, decimals: 0)) %" }
        if let days = flag.daysAfter, days >= 0.05 { mark += " +\(fixed(days, decimals: 1)) d" }
        if flag.figuresDiffer { mark += " figures differ" }
        return mark
    }

    private func summary() -> String {
        let known = clustering.documents.knownCount, flags = flags.flags.dropFirst(known)
        let copies = flags.count { $0.of != nil }
        var text = "\n" + counted(flags.count, "story", "stories")
        text += known > 0 ? " against \(known) known, " : ", "
        text += counted(copies, "copy", "copies")
        let parts = Relation.allCases.compactMap { relation in
            let count = flags.count { $0.relation == relation }
            return count == 0 ? nil : "\(count) \(relation.rawValue)"
        }
        text += (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")) + "\n"
        if !clustering.boilerplate.isEmpty {
            text += counted(clustering.boilerplate.count, "piece", "pieces") + " of boilerplate left aside\n"
        }
        let outlets = Outlets(self.flags, clustering.documents).rows.filter { $0.reprinted + $0.reprints > 0 }
        if !outlets.isEmpty {
            text +=
                "\n"
                + style.bold(
                    style.padded("outlet", to: TextStyle.sourceWidth)
                        + " stories  reprinted by others  reprints of others") + "\n"
        }
        for row in outlets {
            text += style.padded(row.name, to: TextStyle.sourceWidth)
            text += right(row.documents, 8) + right(row.reprinted, 21) + right(row.reprints, 20) + "\n"
        }
        return text
    }

    private func right(_ number: Int, _ columns: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(1, columns - digits.count)) + digits
    }

    private func counted(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
