import DedupKit
import Foundation
import Inputs
import Output
import Report
import Shingle
import TestSupport

/// A filter run inside the process: what it kept, and what it says of the rest.
struct FilterRun {
    struct Removed: Decodable {
        var id, of, relation, file: String
        var score: Double?
        var offset: Int
        var record: String?
        var record_base64: Data?
        var bytes: [UInt8] { record.map { Array($0.utf8) } ?? Array(record_base64!) }
    }

    let kept: [UInt8]
    let annotated: [UInt8]
    let removed: [Removed]
    let removals: [Removal]
    let clustering: Clustering
    /// Of each document.
    let texts: [String]

    init(_ dump: DirtyDump, _ pipeline: Pipeline, chunkSize: Int) throws {
        let folder = TemporaryFolder()
        let file = "\(folder.path)/\(dump.name)"
        _ = FileManager.default.createFile(atPath: file, contents: Data(dump.file))
        let inputs = try InputSet(paths: [file], chunkSize: chunkSize)
        clustering = try pipeline.run(inputs)
        let documents = clustering.documents
        let removals = try Removals(clustering)
        self.removals = Array(removals.all)
        func write(_ name: String, _ body: (OutputFile) throws -> Void) throws -> [UInt8] {
            let output = try OutputFile("\(folder.path)/\(name)")
            try body(output)
            try output.commit()
            return Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")))
        }
        kept = try write("kept") {
            try FilteredFiles(removals, documents, of: inputs, mode: .remove).write(to: $0)
        }
        annotated = try write("annotated") {
            try FilteredFiles(removals, documents, of: inputs, mode: .annotate).write(to: $0)
        }
        let dupes = try write("dupes") { try RemovedRecords.write(removals, documents, of: inputs, to: $0) }
        removed = try dupes.split(separator: 10).map { try JSONDecoder().decode(Removed.self, from: Data($0)) }
        let reader = inputs.reader()
        texts = try documents.locations.map { location in
            try reader.withRecord(at: location) { String(decoding: $0.text, as: UTF8.self) }
        }
    }

    /// Kept and removed records put together again.
    var whole: [UInt8] {
        var whole: [UInt8] = [], rest = kept[...]
        for record in removed {
            let before = rest.prefix(max(0, record.offset - whole.count))
            whole += before
            rest = rest[before.endIndex...]
            whole += record.bytes
        }
        return whole + rest
    }

    func jaccard(_ a: Int, _ b: Int) -> Double {
        let width = clustering.definition.shingleWidth
        return ShingleSet(of: texts[a], width: width).overlap(with: ShingleSet(of: texts[b], width: width)).jaccard
    }
}
