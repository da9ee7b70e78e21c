import DedupKit
public import Index
import JSON
public import Output

/// What an index says of new documents, a record or row each in input order. docs/output.md is the schema.
public enum DayReport {
    /// JSON Lines: `run`, an `input` for each path, a `document` each, `error` and `summary` records.
    ///
    /// - Parameters:
    ///   - index: its path.
    ///   - paths: what was read, as it is to be called.
    public static func writeJSONLines(
        _ answer: Answer, command: String, index: String, of paths: [String], wording: Wording = .plain,
        to output: OutputFile
    ) throws(OutputError) {
        let clustering = answer.clustering, identifiers = clustering.documents.identifiers
        var records = RecordWriter(output, wording)
        try records.add("run") { json in
            json.field("version", dedupVersion)
            json.field("schema", JSONLinesReport.schema)
            json.field("command", command)
            json.field("index", index)
            json.field("level", clustering.options.level.rawValue)
            json.field("threshold", clustering.definition.threshold)
        }
        for path in paths { try records.add("input") { $0.field("path", path) } }
        for (document, row) in answer.rows.enumerated() {
            try records.add("document") { json in
                json.field("id", identifiers[row])
                json.field("standing", answer.standings[document].rawValue)
                for level in clustering.levels {
                    json.field(level.rawValue, identifiers[clustering.label(level, of: row)])
                }
                if let flag = answer.flags?.flags[row.index] { json.fields(flag, identifiers) }
                if clustering.tooShort[row.index] { json.field("too_short", true) }
            }
        }
        for problem in answer.problems { try records.add(problem) }
        try records.add("summary") { json in
            json.field("documents", answer.rows.count)
            for standing in Answer.Standing.allCases {
                json.field(standing.rawValue, answer.standings.count { $0 == standing })
            }
            if answer.flags != nil { json.field("copies", answer.copies) }
            json.field("indexed", answer.indexed)
            json.field("unreadable", answer.problems.count)
        }
        try records.flush()
    }

    /// A row each under a header. Headlines and links are read again.
    ///
    /// - Returns: what could not be.
    @discardableResult public static func writeTable(
        _ answer: Answer, _ style: TableStyle, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let clustering = answer.clustering, identifiers = clustering.documents.identifiers, lost = LostTexts()
        let details = DocumentDetails(answer.read.documents, lost)
        let flagged = answer.flags == nil ? [] : Array(FlagTable.header.dropFirst())
        var bytes: [UInt8] = []
        let header = ["id", "standing"] + clustering.levels.map(\.rawValue) + flagged
        style.append((header + DocumentDetails.header(of: answer.read.documents)).map(\.utf8), to: &bytes)
        for (document, row) in answer.rows.enumerated() {
            var fields = [identifiers[row], answer.standings[document].rawValue]
            fields += clustering.levels.map { identifiers[clustering.label($0, of: row)] }
            if let flag = answer.flags?.flags[row.index] { fields += FlagTable.fields(flag, identifiers) }
            style.append(fields.map { Array($0.utf8) } + details[DocumentNumber(document)], to: &bytes)
            if bytes.count > 1 << 16 {
                try output.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try output.write(bytes)
        return lost.problems
    }

    /// A line each: its id, what it is, its headline.
    ///
    /// - Returns: what could not be read again.
    @discardableResult public static func writeText(
        _ answer: Answer, style: TextStyle, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        let clustering = answer.clustering, identifiers = clustering.documents.identifiers
        let headlines = Headlines(answer.read.documents)
        let width = min(32, answer.rows.reduce(0) { max($0, TextStyle.columns(identifiers[$1])) })
        for (document, row) in answer.rows.enumerated() {
            let id = identifiers[row], mark = style.padded(mark(of: row, answer), to: 40)
            let room = max(20, style.width - max(width, TextStyle.columns(id)) - 44)
            let isPlain = answer.standings[document] == .new && answer.flags?.flags[row.index].of == nil
            try output.write(
                (style.padded(id, to: max(width, TextStyle.columns(id))) + "  " + (isPlain ? style.dim(mark) : mark)
                    + "  " + style.padded(headlines[DocumentNumber(document)], to: room) + "\n").utf8)
        }
        var summary = "\n\(answer.rows.count) \(answer.rows.count == 1 ? "story" : "stories")"
        if answer.flags != nil { summary += ", \(answer.copies) \(answer.copies == 1 ? "copy" : "copies")" }
        for standing in [Answer.Standing.known, .supersedes] {
            let count = answer.standings.count { $0 == standing }
            if count > 0 { summary += ", \(count) \(standing == .known ? "known before" : "with a new text")" }
        }
        try output.write("\(summary); the index holds \(answer.indexed)\n".utf8)
        return headlines.problems
    }

    private static func mark(of row: DocumentNumber, _ answer: Answer) -> String {
        let identifiers = answer.clustering.documents.identifiers
        if let flag = answer.flags?.flags[row.index], flag.of != nil || flag.copies > 0 {
            return FlagTextReport.mark(of: flag, identifiers)
        }
        let level = answer.clustering.options.level, label = answer.clustering.label(level, of: row)
        return label == row ? "" : "\(level.rawValue) of \(identifiers[label])"
    }
}

extension Answer {
    /// Those that are copies of another document.
    public var copies: Int { flags.map { flags in rows.count { flags.flags[$0.index].of != nil } } ?? 0 }

    /// What could not be read.
    public var problems: [Problem] { read.problems + clustering.problems }
}
