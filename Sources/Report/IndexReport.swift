import Dates
public import Index
import JSON
public import Output

/// An index in numbers.
public enum IndexReport {
    /// - Parameter isText: for people; else one `index` record of JSON Lines.
    public static func write(_ index: Index, isText: Bool, to output: OutputFile) throws(OutputError) {
        let numbers = index.statistics
        let sizes = [
            ("bytes", numbers.bytes), ("bytes_texts", numbers.texts), ("bytes_shingles", numbers.shingles),
            ("bytes_bands", numbers.bands),
            ("bytes_samples", numbers.samples), ("bytes_labels", numbers.labels), ("bytes_events", numbers.events),
            ("bytes_journal", numbers.journal),
        ]
        let counts = [
            ("documents", numbers.documents), ("gone", numbers.gone), ("segments", numbers.segments),
            ("transactions", numbers.transactions), ("days", numbers.days),
        ]
        let last = numbers.lastDay.map { CivilDate(secondsSince1970: $0).description }
        guard !isText else {
            var text = "\(index.path): \(index.definition.description)\n"
            for (name, count) in counts { text += "\(name) \(count)\n" }
            if let last { text += "last day \(last)\n" }
            for (name, size) in sizes {
                let each = numbers.documents > 0 ? ", \(size / numbers.documents) a document" : ""
                text += "\(name.split(separator: "_").joined(separator: " of ")) \(size)\(each)\n"
            }
            return try output.write(text.utf8)
        }
        var records = RecordWriter(output)
        try records.add("index") { json in
            json.field("path", index.path)
            json.field("definition", index.definition.description)
            for (name, count) in counts + sizes { json.field(name, count) }
            if let last { json.field("last_day", last) }
        }
        try records.flush()
    }
}

/// Rows of labels that moved.
public enum MoveTable {
    public static func write(_ rows: [[String]], to output: OutputFile) throws(OutputError) {
        var bytes: [UInt8] = []
        TableStyle.tsv.append(["id", "level", "from", "to"].map(\.utf8), to: &bytes)
        for row in rows { TableStyle.tsv.append(row.map(\.utf8), to: &bytes) }
        try output.write(bytes)
        try output.commit()
    }
}
