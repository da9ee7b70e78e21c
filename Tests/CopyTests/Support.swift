import DedupKit
import Inputs
import Shingle
import TestSupport

/// A record for a test's dump.
struct Story {
    var id: String
    var text: String
    var date: String?
    var source: String?

    init(_ id: String, _ text: String, date: String? = nil, source: String? = nil) {
        (self.id, self.text, self.date, self.source) = (id, text, date, source)
    }

    fileprivate var line: String {
        func quoted(_ text: String) -> String {
            "\"" + text.map { $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }.joined() + "\""
        }
        var fields = ["\"id\":\(quoted(id))", "\"text\":\(quoted(text))"]
        if let date { fields.append("\"published_at\":\(quoted(date))") }
        if let source { fields.append("\"source\":\(quoted(source))") }
        return "{" + fields.joined(separator: ",") + "}\n"
    }
}

/// Runs the pipeline over stories as a file.
struct Run {
    let clustering: Clustering
    let flags: [CopyFlag]
    private let texts: [String]

    init(_ stories: [Story], ignoring ignored: [String] = [], threads: Int = 2) throws {
        let folder = TemporaryFolder()
        let inputs = try InputSet(
            paths: [folder.write("stories.jsonl", stories.map(\.line).joined())], chunkSize: 1 << 16)
        var pipeline = Pipeline(options: RunOptions(level: .copy, threads: threads))
        pipeline.definition.copy.ignored = ignored
        clustering = try pipeline.run(inputs)
        flags = CopyFlags(clustering).flags
        texts = stories.map(\.text)
        withExtendedLifetime(folder) {}
    }

    /// Of each story, the number of the story that represents its copy cluster.
    var copies: [DocumentNumber] { clustering.labels[.copy]! }

    func shingleSets() -> [ShingleSet] { texts.map { ShingleSet(of: $0) } }

    func areCopies(_ a: Int, _ b: Int) -> Bool { copies[a] == copies[b] }
}
