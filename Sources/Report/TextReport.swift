import Dates
public import DedupKit
import JSON
public import Output

/// The result for people: the clusters of the outermost level, each document with its headline. Events without doubt
/// stand first, and of either the largest.
public struct TextReport {
    private let clustering: Clustering
    private let headlines: Headlines
    private let style: TextStyle
    private let similarity: NearSimilarity?
    private let notes: EventNotes
    /// nil if not asked for.
    private let reasons: EventReasons?

    private static let scoreWidth = 4

    /// Headlines are read again.
    ///
    /// - Parameters:
    ///   - top: show only so many clusters, the largest; nil for all.
    ///   - minSize: show only clusters of so many documents or more.
    /// - Returns: what could not be read again.
    @discardableResult public static func write(
        _ clustering: Clustering, style: TextStyle, top: Int? = nil, minSize: Int? = nil, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let level = clustering.levels.last!
        let clusters = ClusterList(clustering, level).clusters.filter { $0.hasNew(in: clustering.documents) }
        let report = TextReport(
            clustering: clustering, headlines: Headlines(clustering.documents), style: style,
            similarity: clustering.nearSimilarity(), notes: EventNotes(clustering, clusters),
            reasons: clustering.options.explains ? EventReasons(clustering, style) : nil)
        let large = clusters.filter { $0.members.count >= minSize ?? 2 }
        let ranked =
            large.filter { !report.notes.isInDoubt($0.representative) }
            + large.filter { report.notes.isInDoubt($0.representative) }
        let shown = ranked.prefix(top ?? ranked.count)
        for cluster in shown { try output.write(report.lines(of: cluster, level).utf8) }
        if shown.count < clusters.count {
            try output.write("and \(clusters.count - shown.count) more\n\n".utf8)
        }
        try output.write(report.nearMisses().utf8)
        try output.write(report.summary(level).utf8)
        return report.headlines.problems
    }

    private func lines(of cluster: ClusterList.Cluster, _ level: Level) -> String {
        var text = style.bold(heading(of: cluster, level)) + "\n"
        if let doubts = notes.words(of: cluster) { text += "! \(doubts)\n" }
        var chapter: Int?
        for row in ClusterRows(clustering, cluster, similarity: similarity).rows {
            let own = notes.chapter(of: row.document)
            if let own, own != chapter { text += style.dim("  chapter \(own)") + "\n" }
            chapter = own ?? chapter
            text += line(of: row) + "\n"
        }
        if let reasons {
            text += reasons.grounds(ofEvent: cluster.representative) + reasons.facts(ofEvent: cluster.representative)
        }
        return text + "\n"
    }

    private func heading(of cluster: ClusterList.Cluster, _ level: Level) -> String {
        let documents = clustering.documents
        var parts = ["\(level.rawValue) of \(cluster.members.count) stories"]
        if let span = documents.dateSpan(of: cluster.members) {
            let (first, last) = (CivilDate(secondsSince1970: span.first), CivilDate(secondsSince1970: span.last))
            parts.append(first == last ? "\(first)" : "\(first) to \(last)")
        }
        let sources = documents.sourceNames(of: cluster.members).count
        if sources > 0 { parts.append("\(sources) \(sources == 1 ? "outlet" : "outlets")") }
        if let score = reasons?.score(ofEvent: cluster.representative) { parts.append(score) }
        return parts.joined(separator: " · ")
    }

    /// Scores leave less room on a narrow terminal.
    private var sourceWidth: Int { reasons != nil && style.width < 100 ? 14 : TextStyle.sourceWidth }

    private func line(of row: ClusterRows.Row) -> String {
        let documents = clustering.documents
        let date = documents.date(of: row.document).map { CivilDate(secondsSince1970: $0).description } ?? ""
        let source = style.padded(documents.source(of: row.document), to: sourceWidth)
        let mark = style.padded(row.mark, to: 7)
        let score = reasons.map { style.padded($0.score(of: row.document), to: Self.scoreWidth) + " " } ?? ""
        let id = documents.identifiers[row.document]
        let used = 2 + 10 + 2 + sourceWidth + 2 + 7 + score.utf8.count + 2
        let room = max(20, style.width - used - TextStyle.columns(id))
        let headline = style.padded(headlines[row.document], to: room)
        let isNew = documents.knownCount > 0 && !documents.isKnown(row.document)
        return (isNew ? "+ " : "  ") + style.padded(date, to: 10) + "  " + source + "  " + style.dim(mark) + score
            + headline + "  "
            + style.dim(style.plain(id))
    }

    private func nearMisses() -> String {
        reasons?.nearMisses(
            id: { clustering.documents.identifiers[$0] },
            headline: { headlines[$0] }) ?? ""
    }

    private func summary(_ level: Level) -> String {
        let documents = clustering.documents.count
        var text = "\(documents) \(documents == 1 ? "story" : "stories")"
        let known = clustering.documents.knownCount
        if known > 0 { text += ", \(documents - known) of them new" }
        let counts = clustering.levels.map { level in
            let count = clustering.clusterCount(level)
            return switch level {
            case .exact: "\(count) distinct"
            case .near: "\(count) without near copies"
            case .copy: "\(count) without copies"
            case .event: "\(count) \(count == 1 ? "event" : "events")"
            }
        }
        if documents > 0 { text += ": " + counts.joined(separator: ", ") }
        let short = clustering.tooShort.count { $0 }
        if short > 0 { text += "; \(short) too short to compare" }
        if clustering.unreadable > 0 { text += "; \(clustering.unreadable) unreadable" }
        text += "\n"
        let pieces = clustering.boilerplate.count
        if pieces > 0 { text += "\(pieces) \(pieces == 1 ? "piece" : "pieces") of boilerplate left aside\n" }
        if let doubts = notes.wordsOfAll { text += "! \(doubts)\n" }
        if level > .exact, documents > 0 { text += style.dim(legend(level)) + "\n" }
        if let legend = reasons?.legend { text += style.dim(legend) + "\n" }
        return text
    }

    private func legend(_ level: Level) -> String {
        "=  same words   ~  near copy, with its Jaccard similarity"
            + (level > .near ? "\n<  has passages of the one above, with the share of this text in it" : "")
            + (clustering.documents.knownCount > 0 ? "\n+  new" : "")
    }
}

extension ClusterList.Cluster {
    fileprivate func hasNew(in documents: Documents) -> Bool { members.contains { !documents.isKnown($0) } }
}

/// The documents of a cluster in the order in which they are read: by date, copies under what they are copies of.
struct ClusterRows {
    struct Row {
        var document: DocumentNumber
        var mark: String
    }
    private(set) var rows: [Row] = []

    /// - Parameter similarity: of texts with their near representative, by document.
    init(_ clustering: Clustering, _ cluster: ClusterList.Cluster, similarity: NearSimilarity?) {
        let dates = clustering.documents.dates
        let byDate = { (a: DocumentNumber, b: DocumentNumber) in (dates[a.index], a) < (dates[b.index], b) }
        /// The groups of a level by date, in each its representative first.
        func groups(of members: [DocumentNumber], _ level: Level) -> [[DocumentNumber]] {
            let groups = Dictionary(grouping: members) { clustering.label(level, of: $0) }
            return groups.keys.sorted(by: byDate).map { first in
                [first] + groups[first]!.filter { $0 != first }.sorted(by: byDate)
            }
        }
        let exact = clustering.labels[.exact]!, inner: Level = clustering.labels[.near] == nil ? .exact : .near
        for copies in groups(of: cluster.members, clustering.labels[.copy] == nil ? inner : .copy) {
            let (first, others) = (copies[0], groups(of: copies, inner))
            for texts in others.filter({ $0[0] == first }) + others.filter({ $0[0] != first }) {
                let share = texts[0] == first ? nil : clustering.kinships[texts[0]]?.share ?? -1
                rows.append(Row(document: texts[0], mark: share.map { "< " + Self.shortened($0) } ?? ""))
                for document in texts.dropFirst() {
                    let text = exact[document.index]
                    let mark = text == texts[0] ? "=" : "~ " + Self.shortened(similarity?[text] ?? -1)
                    rows.append(Row(document: document, mark: mark))
                }
            }
        }
    }

    /// ".85"; nothing for a similarity that is not known.
    private static func shortened(_ similarity: Double) -> String {
        similarity < 0 ? "" : String(fixed(similarity, decimals: 2).drop { $0 == "0" })
    }
}
