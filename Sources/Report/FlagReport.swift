public import DedupKit
import JSON
public import Output

/// Flags as JSON Lines: `run`, a `flag` each in input order, the `pair`s, an `outlet` each by name, `boilerplate`, `error` and
/// `summary` records. docs/output.md is the schema.
public enum FlagJSONLinesReport {
    /// - Parameters:
    ///   - withPairs: whether to add a `pair` record for each copy; their texts are read again.
    ///   - wording: of `error` records.
    /// - Returns: what could not be read again; it is among the errors of the result.
    @discardableResult public static func write(
        _ flags: CopyFlags, _ clustering: Clustering, withPairs: Bool = false, wording: Wording = .plain,
        to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        var records = RecordWriter(output, wording)
        try records.add("run") { json in
            json.field("version", dedupVersion)
            json.field("schema", JSONLinesReport.schema)
            json.field("command", "flag")
            json.field("threshold", clustering.definition.threshold)
        }
        let identifiers = clustering.documents.identifiers
        for (document, flag) in flags.flags.enumerated() {
            try records.add("flag") { json in
                json.field("id", identifiers[DocumentNumber(document)])
                json.fields(flag, identifiers)
                json.mark(DocumentNumber(document), isNewIn: clustering.documents)
            }
        }
        let lost = withPairs ? try records.add(DocumentPairs(flags), clustering) : []
        for outlet in Outlets(flags, clustering.documents).rows {
            try records.add("outlet") { json in
                json.field("source", outlet.name)
                json.field("documents", outlet.documents)
                json.field("reprinted_by_others", outlet.reprinted)
                json.field("reprints_of_others", outlet.reprints)
            }
        }
        try records.add(clustering.boilerplate, identifiers)
        for problem in clustering.problems + lost { try records.add(problem) }
        try records.add("summary") { json in
            json.field("documents", flags.flags.count)
            json.count(knownIn: clustering.documents)
            json.field("copies", flags.flags.count { $0.of != nil })
            for relation in Relation.allCases {
                json.field(relation.rawValue, flags.flags.count { $0.relation == relation })
            }
            json.field("unreadable", clustering.unreadable + lost.count)
        }
        try records.flush()
        return lost
    }
}

extension JSONWriter {
    mutating func fields(_ flag: CopyFlag, _ identifiers: Identifiers) {
        guard let of = flag.of, let relation = flag.relation else {
            field("status", "original")
            return field("copies", flag.copies)
        }
        field("status", "copy")
        field("of", identifiers[of])
        field("original", identifiers[flag.original])
        field("relation", relation.rawValue)
        field("share", flag.share)
        field("score", flag.score)
        if let days = flag.daysAfter { field("days_after", days) }
        if flag.figuresDiffer { field("figures_differ", true) }
    }
}

/// Who was reprinted, who reprints.
struct Outlets {
    struct Row {
        var name: String
        var documents = 0
        /// Documents of other outlets whose original is one of this outlet.
        var reprinted = 0
        /// Documents of this outlet whose original is another's.
        var reprints = 0
    }

    /// Of named outlets, the most reprinted first, then those that reprint most, then by name.
    private(set) var rows: [Row]

    init(_ flags: CopyFlags, _ documents: Documents) {
        var all = documents.sourceNames.all.map { Row(name: $0) }
        for (document, flag) in flags.flags.enumerated() {
            let (source, first) = (Int(documents.sources[document]), Int(documents.sources[flag.original.index]))
            all[source].documents += 1
            guard source != 0, first != 0, source != first else { continue }
            all[first].reprinted += 1
            all[source].reprints += 1
        }
        rows = all.dropFirst().filter { $0.documents > 0 }.sorted {
            ($1.reprinted, $1.reprints, $0.name) < ($0.reprinted, $0.reprints, $1.name)
        }
    }
}
