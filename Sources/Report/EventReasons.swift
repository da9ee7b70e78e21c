import DedupKit
import JSON

/// Why events are events, for people: what their reports share, and which of them almost are one.
struct EventReasons {
    private let evidence: EventEvidence
    private let threshold: Double
    private let style: TextStyle

    init(_ clustering: Clustering, _ style: TextStyle) {
        (evidence, threshold) = (clustering.evidence, clustering.definition.event.threshold)
        self.style = style
    }

    /// ".71"; empty where there is none.
    func score(of document: DocumentNumber) -> String { Self.shortened(evidence.scores[document.index]) }

    /// "score .71", for the heading.
    func score(ofEvent representative: DocumentNumber) -> String? {
        evidence.events[representative].map { "score " + Self.shortened($0.score) }
    }

    /// What most reports of an event tell, a line or more for each kind.
    func facts(ofEvent representative: DocumentNumber) -> String {
        let facts = evidence.events[representative]?.facts ?? []
        var text = ""
        for kind in FactOverlap.Fact.Kind.allCases {
            let told = facts.filter { $0.kind == kind }
            guard !told.isEmpty else { continue }
            var column = ColumnText()
            for (number, fact) in told.enumerated() {
                column.append((number > 0 ? ", " : "") + (kind == .quotation ? "“\(fact.text)”" : fact.text))
                column.append(" ×\(fact.reports)", .quiet)
            }
            text += lines(Self.labels[kind]!, column)
        }
        return text
    }

    /// What decided: "decided by  texts .68, days +.04, company −.03, 61 stories in reach +.09".
    func grounds(ofEvent representative: DocumentNumber) -> String {
        guard let grounds = evidence.events[representative]?.grounds else { return "" }
        var column = ColumnText()
        column.append(grounds.words(threshold: threshold))
        return lines("decided by", column)
    }

    /// What that line means; nil where no event has one.
    var legend: String? {
        guard evidence.events.values.contains(where: { $0.grounds != nil }) else { return nil }
        return """
            decided by: what the texts score alone, and what is added by their days, by
            company (stories that resemble both) and by how many stories lie in reach; the
            last two depend on the rest of the dump
            """
    }

    private func lines(_ label: String, _ column: ColumnText) -> String {
        var text = ""
        for (number, line) in column.lines(width: max(20, style.width - 14), style).enumerated() {
            text += "  " + style.dim(style.padded(number == 0 ? label : "", to: 12)) + line.trimmedRight + "\n"
        }
        return text
    }

    /// The pairs of events that stay apart by little, each story with its headline.
    func nearMisses(id: (DocumentNumber) -> String, headline: (DocumentNumber) -> String) -> String {
        guard !evidence.nearMisses.isEmpty else { return "" }
        var text = style.bold("almost one event, with a score below \(Self.shortened(threshold))") + "\n"
        for miss in evidence.nearMisses {
            for (score, document) in [(Self.shortened(miss.score), miss.a), ("", miss.b)] {
                let id = style.plain(id(document))
                let room = max(20, style.width - 9 - TextStyle.columns(id))
                text += "  " + style.padded(score, to: 5) + style.padded(headline(document), to: room) + "  "
                text += style.dim(id) + "\n"
            }
            if let grounds = miss.grounds { text += "       " + style.dim(grounds.words) + "\n" }
        }
        return text + "\n"
    }

    /// Two decimals, without a leading zero.
    private static func shortened(_ score: Double) -> String {
        score < 0 ? "" : String(fixed(score, decimals: 2).drop { $0 == "0" })
    }

    private static let labels: [FactOverlap.Fact.Kind: String] = [
        .name: "names", .term: "rare words", .number: "numbers", .date: "dates", .quotation: "quotations",
    ]
}

extension String {
    fileprivate var trimmedRight: String { String(reversed().drop { $0 == " " }.reversed()) }
}
