import Dates
public import DedupKit
public import Output

/// One row a document under a header: the id, the id of its cluster at each level, and what it is.
public enum ClusterTable {
    /// Headlines and links are read again.
    public static func write(_ clustering: Clustering, _ style: TableStyle, to output: OutputFile) throws(OutputError) {
        let levels = clustering.levels, documents = clustering.documents
        var header: [UInt8] = []
        let details = DocumentDetails.header(of: documents)
        style.append((["id"] + levels.map(\.rawValue) + details).map(\.utf8), to: &header)
        try output.write(header)
        try output.writeBlocks(of: documents.count, workers: clustering.options.workers) { block in
            let details = DocumentDetails(documents), identifiers = documents.identifiers
            var rows: [UInt8] = []
            for document in block.map({ DocumentNumber($0) }) {
                let labels = levels.map { clustering.label($0, of: document) }
                style.append(
                    ([document] + labels).map { Array(identifiers[$0].utf8) } + details[document], to: &rows)
            }
            return rows
        }
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

    init(_ documents: Documents) { (self.documents, headlines) = (documents, Headlines(documents)) }

    subscript(document: DocumentNumber) -> [[UInt8]] {
        let date = documents.date(of: document).map(dateAndTime) ?? ""
        let (headline, link) = headlines.headlineAndLink(of: document)
        let new = documents.knownCount == 0 ? [] : [documents.isKnown(document) ? "" : "yes"]
        return ([headline, date, documents.source(of: document), link] + new).map { Array($0.utf8) }
    }
}
