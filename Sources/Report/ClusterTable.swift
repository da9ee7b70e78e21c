import Dates
public import DedupKit
public import Output

/// One row a document under a header: the id, the id of its cluster at each level, what it is, and the doubts of its event.
public enum ClusterTable {
    /// Headlines and links are read again.
    ///
    /// - Returns: what could not be.
    @discardableResult public static func write(
        _ clustering: Clustering, _ style: TableStyle, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let lost = LostTexts()
        let levels = clustering.levels, documents = clustering.documents
        var header: [UInt8] = []
        let details = DocumentDetails.header(of: documents), doubts = levels.last == .event ? ["doubt"] : []
        style.append((["id"] + levels.map(\.rawValue) + details + doubts).map(\.utf8), to: &header)
        let standings = clustering.eventStandings()
        try output.write(header)
        try output.writeBlocks(of: documents.count, workers: clustering.options.workers) { block in
            let details = DocumentDetails(documents, lost), identifiers = documents.identifiers
            var rows: [UInt8] = []
            for document in block.map({ DocumentNumber($0) }) {
                let labels = levels.map { clustering.label($0, of: document) }
                var fields = ([document] + labels).map { Array(identifiers[$0].utf8) } + details[document]
                if levels.last == .event {
                    let doubts = standings.doubts[labels.last!] ?? []
                    fields.append(Array(doubts.map(\.rawValue).joined(separator: " ").utf8))
                }
                style.append(fields, to: &rows)
            }
            return rows
        }
        return lost.problems
    }
}

/// What a row tells of a document beside the answer, so that a spreadsheet is of use without the dump; and whether it is
/// new, where any is known.
struct DocumentDetails {
    private let documents: Documents
    private let headlines: Headlines

    static func header(of documents: Documents) -> [String] {
        ["headline", "date", "outlet", "link"] + (documents.knownCount > 0 ? ["new"] : [])
    }

    init(_ documents: Documents, _ lost: LostTexts) {
        (self.documents, headlines) = (documents, Headlines(documents, lost: lost))
    }

    subscript(document: DocumentNumber) -> [[UInt8]] {
        let date = documents.date(of: document).map(dateAndTime) ?? ""
        let (headline, link) = headlines.headlineAndLink(of: document)
        let new = documents.knownCount == 0 ? [] : [documents.isKnown(document) ? "" : "yes"]
        return ([headline, date, documents.source(of: document), link] + new).map { Array($0.utf8) }
    }
}
