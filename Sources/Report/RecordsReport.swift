import DedupKit
import JSON
public import Output

/// Documents as JSON Lines under the names that are looked for by default: input for another run.
public enum RecordsReport {
    /// - Returns: what could not be read.
    public static func write(_ source: some DocumentSource, to output: OutputFile) throws(OutputError) -> [Problem] {
        let reader = source.reader()
        var chunk = 0, problems: [Problem] = []
        while source.hasChunk(chunk) {
            var json = JSONWriter()
            let report = reader.forEachRecord(inChunk: chunk) { record in
                json.object { json in
                    let fields = unsafe [
                        ("id", record.id), ("title", record.title), ("published_at", record.date),
                        ("source", record.source), ("language", record.language), ("url", record.url),
                        ("text", record.text),
                    ]
                    for unsafe(name, value) in unsafe fields {
                        if let value = unsafe value { unsafe json.field(name, value) }
                    }
                }
                json.endLine()
            }
            problems += report.problems
            try output.write(json.bytes)
            chunk += 1
        }
        return problems
    }
}
