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
            let location = documents.locations[Int(removal.document)]
            try bytes.withLine(at: location) { line in
                Result { () throws(OutputError) in
                    try records.add("removed") { json in
                        json.field("id", documents.identifiers[Int(removal.document)])
                        json.field("of", documents.identifiers[Int(removal.of)])
                        json.field("relation", removal.relation.rawValue)
                        if let score = removal.score { json.field("score", score) }
                        json.field("file", inputs.files[Int(location.file)].path)
                        json.field("offset", Int(location.offset))
                        if line.isUTF8 {
                            json.field("record", line)
                        } else {
                            json.field("record_base64", base64(line))
                        }
                    }
                }
            }.get()
        }
        // Files of one document are many, and looked at when they are copied.
        for file in inputs.files.indices where !inputs.files[file].isOneDocument { try bytes.checkUnchanged(file) }
        try records.flush()
    }

    static func base64(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let group = rest.prefix(3)
            rest = rest.dropFirst(3)
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit <= group.count ? digits[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
