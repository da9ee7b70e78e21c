public import DedupKit
public import Inputs
import JSON
public import Output

/// What a filter removed as JSON Lines, a `removed` record each in input order: enough to see why, and to put it back.
/// docs/output.md is the schema.
public enum RemovedRecords {
    public static func write(
        _ removals: Removals, _ documents: Documents, of inputs: InputSet, to output: OutputFile
    ) throws {
        var records = RecordWriter(output)
        let bytes = FileBytes(inputs)
        for removal in removals.all {
            let location = documents.locations[removal.document.index]
            try unsafe bytes.withLine(at: location) { line in
                Result { () throws(OutputError) in
                    try records.add("removed") { json in
                        json.field("id", documents.identifiers[removal.document])
                        json.field("of", documents.identifiers[removal.of])
                        json.field("relation", removal.relation.rawValue)
                        if let score = removal.score { json.field("score", score) }
                        json.field("file", inputs.files[Int(location.file)].path)
                        json.field("offset", Int(location.offset))
                        if unsafe line.isUTF8 {
                            unsafe json.field("record", line)
                        } else {
                            unsafe json.field("record_base64", base64(line.span))
                        }
                    }
                }
            }.get()
        }
        // Files of one document are many, and looked at when they are copied.
        for file in inputs.newFiles where !inputs.files[file].isOneDocument { try bytes.checkUnchanged(file) }
        try records.flush()
    }
}
