public import DedupKit
import JSON
public import Output

/// Flags as one row a document under a header, with what it is.
public enum FlagTable {
    static let header = ["id", "status", "of", "relation", "share", "score", "days_after", "figures_differ"]

    /// Headlines and links are read again.
    ///
    /// - Returns: what could not be.
    @discardableResult public static func write(
        _ flags: CopyFlags, _ clustering: Clustering, _ style: TableStyle, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let lost = LostTexts()
        let documents = clustering.documents
        var header: [UInt8] = []
        style.append((Self.header + DocumentDetails.header(of: documents)).map(\.utf8), to: &header)
        try output.write(header)
        try output.writeBlocks(of: documents.count, workers: clustering.options.workers) { block in
            let details = DocumentDetails(documents, lost)
            var rows: [UInt8] = []
            for document in block.map({ DocumentNumber($0) }) {
                let fields = fields(flags.flags[document.index], documents.identifiers)
                let id = Array(documents.identifiers[document].utf8)
                style.append([id] + fields.map { Array($0.utf8) } + details[document], to: &rows)
            }
            return rows
        }
        return lost.problems
    }

    static func fields(_ flag: CopyFlag, _ identifiers: Identifiers) -> [String] {
        guard let of = flag.of, let relation = flag.relation else {
            return ["original"] + Array(repeating: "", count: header.count - 2)
        }
        return [
            "copy", identifiers[of], relation.rawValue, fixed(flag.share, decimals: 4), fixed(flag.score, decimals: 4),
            flag.daysAfter.map { fixed($0, decimals: 4) } ?? "", flag.figuresDiffer ? "yes" : "",
        ]
    }
}
