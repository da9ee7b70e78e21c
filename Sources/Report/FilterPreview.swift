public import DedupKit
public import Inputs
import JSON

/// How many documents a filter removes.
public struct FilterSummary {
    private let removals: Removals
    private let documents: Documents
    private let known: Int

    /// - Parameter known: how many documents were known, those included that are not here.
    public init(_ removals: Removals, _ documents: Documents, known: Int) {
        self.removals = removals
        self.documents = documents
        self.known = known
    }

    /// `kept 88 of 100 documents, removed 12 (12.0 %): 5 exact, 7 near`
    public var line: String {
        let removed = removals.all.count, count = documents.newNumbers.count
        let against = known > 0 ? " against \(known) known ones" : ""
        return "kept \(count - removed) of \(count) documents\(against), removed \(removed)\(share)\(relations)"
    }

    var share: String { percentage(removals.all.count, of: documents.newNumbers.count) }

    /// `: 5 exact, 7 near`
    var relations: String {
        let parts = Level.allCases.compactMap { level in
            let count = removals.all.count { $0.relation == level }
            return count == 0 ? nil : "\(count) \(level.rawValue)"
        }
        return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    }
}

/// What a filter would do, for people: how much would go, and examples to judge a threshold by.
public struct FilterPreview {
    private let removals: Removals
    private let documents: Documents
    private let known: Int
    private let inputs: InputSet

    /// - Parameter known: how many documents were known, those included that are not here.
    public init(_ removals: Removals, _ documents: Documents, known: Int, of inputs: InputSet) {
        self.removals = removals
        self.documents = documents
        self.known = known
        self.inputs = inputs
    }

    public func text(samples: Int, width: Int) -> String {
        let summary = FilterSummary(removals, documents, known: known)
        let bytes = removals.all.reduce(0) { $0 + inputs.lineRange(of: documents.locations[$1.document.index]).count }
        let total = Int(inputs.files[inputs.newFiles].reduce(0) { $0 + $1.byteCount })
        let against = known > 0 ? ", against \(known) known ones" : ""
        var text = "\(documents.newNumbers.count) documents, \(size(total))\(against)\n"
        text += "\(removals.all.count) would go\(summary.share)\(summary.relations)\n"
        text += "\(size(bytes)) would go\(percentage(bytes, of: total))\n"
        let headlines = Headlines(documents), style = TextStyle(width: width)
        for removal in examples(samples) {
            let (gone, kept) = (removal.document, removal.of)
            let score = removal.score.map { " " + fixed($0, decimals: 4) } ?? ""
            text += "\n\(removal.relation.rawValue)\(score)\n"
            for (name, document) in [("goes  ", gone), ("stays ", kept)] {
                let id = style.plain(documents.identifiers[document])
                let length = "\(documents.lengths[document.index]) \(headlines.unit(of: document))s"
                let room = max(20, width - TextStyle.columns(id) - length.count - 14)
                text += "  \(name)  \(id)  \(length)  \(style.padded(headlines[document], to: room))\n"
            }
        }
        return text
    }

    /// Evenly spread from the least alike to the most.
    private func examples(_ count: Int) -> [Removal] {
        let sorted = removals.all.sorted { ($0.score ?? 0, $0.document) < ($1.score ?? 0, $1.document) }
        guard sorted.count > count else { return sorted }
        return (0..<count).map { sorted[$0 * (sorted.count - 1) / max(1, count - 1)] }
    }

    private func size(_ bytes: Int) -> String {
        bytes < 100_000 ? "\(bytes) bytes" : "\(fixed(Double(bytes) / 1e6, decimals: 1)) MB"
    }
}

private func percentage(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "" : " (\(fixed(100 * Double(part) / Double(whole), decimals: 1)) %)"
}
