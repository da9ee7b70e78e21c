public import DedupKit
public import Output

/// One line a document under a header: the id, and the id of its cluster at each level.
public enum TSVReport {
    public static func write(_ clustering: Clustering, to output: OutputFile) throws(OutputError) {
        try output.write((["id"] + clustering.levels.map(\.rawValue)).joined(separator: "\t").utf8)
        try output.write("\n".utf8)
        var line: [UInt8] = []
        for document in clustering.documents.numbers {
            line.removeAll(keepingCapacity: true)
            append(document, clustering, to: &line)
            for level in clustering.levels {
                line.append(UInt8(ascii: "\t"))
                append(clustering.label(level, of: document), clustering, to: &line)
            }
            line.append(UInt8(ascii: "\n"))
            try output.write(line)
        }
    }

    private static func append(_ document: DocumentNumber, _ clustering: Clustering, to line: inout [UInt8]) {
        unsafe clustering.documents.identifiers.withBytes(of: document) { unsafe line.append(contentsOf: tsvCell($0)) }
    }
}

/// TSV has no quoting: a tab or line end inside an id becomes a space.
func tsvCell(_ utf8: some Sequence<UInt8>) -> [UInt8] { utf8.map { (9...13).contains($0) ? 32 : $0 } }
