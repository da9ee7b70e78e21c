import Cluster
import Corpus
public import DedupKit
import MinHash

/// The result as JSON Lines: `run`, a `document` each in input order, then `pair`, `cluster`, `error` and `summary`
/// records. docs/output.md is the schema.
public final class JSONLinesReport {
    /// Raised when a field changes its meaning or goes; new fields do not raise it.
    public static let schema = 1

    private let clustering: Clustering
    private let output: OutputFile
    private var json = JSONWriter()

    public static func write(_ clustering: Clustering, to output: OutputFile) throws(OutputError) {
        let report = JSONLinesReport(clustering: clustering, output: output)
        try report.run()
        try report.documents()
        if clustering.parameters.pairs { try report.pairs() }
        for level in clustering.levels { try report.clusters(level) }
        try report.errors()
        try report.summary()
        try output.write(report.json.bytes)
    }

    private init(clustering: Clustering, output: OutputFile) {
        self.clustering = clustering
        self.output = output
    }

    private func record(_ type: String, _ body: (inout JSONWriter) -> Void) throws(OutputError) {
        json.object {
            $0.field("type", type)
            body(&$0)
        }
        json.endRecord()
        if json.bytes.count > 1 << 16 {
            try output.write(json.bytes)
            json.bytes.removeAll(keepingCapacity: true)
        }
    }

    private func run() throws(OutputError) {
        let parameters = clustering.parameters
        let banding = Banding(threshold: parameters.threshold)
        try record("run") { json in
            json.field("version", dedupVersion)
            json.field("schema", Self.schema)
            json.field("level", parameters.level.rawValue)
            json.field("threshold", parameters.threshold)
            json.field("linkage", parameters.linkage.rawValue)
            json.field("shingle", parameters.shingleWidth)
            json.field("slots", Signature.slotCount)
            json.field("bands", banding.bands)
            json.field("rows", banding.rows)
            if parameters.level == .event { json.field("event_threshold", parameters.event.threshold) }
        }
    }

    private func documents() throws(OutputError) {
        let similarity = clustering.nearSimilarity()
        for document in clustering.documents.indices {
            try record("document") { json in
                json.key("id")
                id(document, &json)
                for level in clustering.levels {
                    json.key(level.rawValue)
                    id(Int(clustering.label(level, of: document)), &json)
                }
                if let jaccard = similarity[document] { json.field("jaccard", jaccard) }
                if clustering.tooShort[document] { json.field("too_short", true) }
            }
        }
    }

    private func pairs() throws(OutputError) {
        try DocumentPairs(clustering).forEach { pair throws(OutputError) in
            try record("pair") { json in
                json.key("a")
                id(pair.a, &json)
                json.key("b")
                id(pair.b, &json)
                json.field("jaccard", pair.jaccard)
                json.field("containment_a", pair.containmentA)
                json.field("containment_b", pair.containmentB)
            }
        }
    }

    private func clusters(_ level: Level) throws(OutputError) {
        let documents = clustering.documents
        for cluster in ClusterList(clustering, level).clusters {
            try record("cluster") { json in
                json.field("level", level.rawValue)
                json.key("representative")
                id(cluster.representative, &json)
                json.field("size", cluster.members.count)
                json.key("members")
                json.array { json in for member in cluster.members { id(member, &json) } }
                if let span = DateSpan(documents, cluster.members) {
                    json.field("first", CivilDate(secondsSince1970: span.first).description)
                    json.field("last", CivilDate(secondsSince1970: span.last).description)
                }
                let sources = documents.sourceNames(of: cluster.members)
                if !sources.isEmpty {
                    json.key("sources")
                    json.array { json in for source in sources { json.string(source) } }
                }
            }
        }
    }

    private func errors() throws(OutputError) {
        for problem in clustering.problems {
            try record("error") { json in
                json.field("file", problem.path)
                if problem.line > 0 { json.field("line", problem.line) }
                json.field("message", problem.message)
                if let hint = problem.hint { json.field("hint", hint) }
            }
        }
    }

    private func summary() throws(OutputError) {
        try record("summary") { json in
            json.field("documents", clustering.documents.count)
            json.key("clusters")
            json.object { json in
                for level in clustering.levels { json.field(level.rawValue, clustering.clusterCount(level)) }
            }
            json.field("too_short", clustering.tooShort.count { $0 })
            json.field("unreadable", clustering.unreadable)
            json.field("repaired", clustering.repaired)
            json.field("duplicate_ids", clustering.documents.identifiers.duplicateCount)
        }
    }

    private func id(_ document: Int, _ json: inout JSONWriter) {
        clustering.documents.identifiers.withBytes(of: document) { json.string($0) }
    }
}
