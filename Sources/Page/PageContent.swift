public import Corpus
public import DedupKit
public import Report

/// What a page tells of: the clusters of a run, each story in them, and where its text stands.
public struct PageContent: Sendable {
    struct Story: Sendable {
        var id: String
        /// Seconds since 1970.
        var time: Int64?
        /// Empty where unknown.
        var outlet = ""
        /// Nil where the text is not at hand.
        var location: RecordLocation?
        /// Numbers of the stories that represent it at these levels.
        var exact = 0, near = 0, copy = 0
        /// With its near representative, where the two were compared.
        var jaccard: Double?
    }

    struct Cluster: Sendable {
        var representative: Int
        /// In input order.
        var members: [Int]
    }

    let version: String
    let parameters: Parameters
    /// How many clusters there are at each level, those of one document included.
    let counts: [(level: Level, clusters: Int)]
    let documents: Int
    let unreadable: Int
    let problems: [Problem]
    /// Text that recurs across otherwise unrelated stories.
    let boilerplate: [String]
    /// Nil where they are gone.
    let inputs: InputSet?
    /// Only those in clusters.
    private(set) var stories: [Story] = []
    /// Of at least two stories at the outermost level, largest first.
    private(set) var clusters: [Cluster] = []

    var level: Level { counts.last?.level ?? parameters.level }
    /// Stories that are not in the inputs any more.
    public var missing: Int { inputs == nil ? 0 : stories.count { $0.location == nil } }

    /// Of a run that has just ended.
    public init(_ clustering: Clustering, of inputs: InputSet) {
        self.init(
            version: dedupVersion, clustering.parameters, labels: clustering.labels, unreadable: clustering.unreadable,
            clustering.problems, boilerplate: clustering.boilerplate.map(\.text), inputs)
        let documents = clustering.documents
        let similarity = clustering.nearSimilarity()
        let exact = clustering.labels[.exact]!
        fill(clustering.labels, documents: documents, id: { documents.identifiers[$0] }, row: { $0 }) { document in
            similarity?[Int(exact[document])]
        }
    }

    /// Of a result that was saved.
    ///
    /// - Parameter inputs: what was clustered and its documents as a first pass reads them; nil if it is gone.
    public init(_ result: SavedResult, of inputs: (set: InputSet, documents: Documents)?) {
        self.init(
            version: result.version, result.parameters, labels: result.labels, unreadable: result.unreadable,
            result.problems, boilerplate: result.boilerplate, inputs?.set)
        var rows: [[UInt8]: Int] = [:]
        if let identifiers = inputs?.documents.identifiers {
            identifiers.withAll { id in for row in 0..<identifiers.count { rows[Array(id(row))] = row } }
        }
        let exact = result.labels[.exact] ?? []
        fill(
            result.labels, documents: inputs?.documents, id: { String(decoding: result.ids[$0], as: UTF8.self) },
            row: { rows[result.ids[$0]] }, jaccard: { result.jaccard[Int(exact[$0])] })
    }

    private init(
        version: String, _ parameters: Parameters, labels: [Level: [UInt32]], unreadable: Int, _ problems: [Problem],
        boilerplate: [String], _ inputs: InputSet?
    ) {
        self.version = version
        self.parameters = parameters
        self.unreadable = unreadable
        self.problems = problems
        self.boilerplate = boilerplate
        self.inputs = inputs
        documents = labels[.exact]?.count ?? 0
        counts = Level.allCases.compactMap { level in
            labels[level].map { (level, $0.enumerated().count { $0 == Int($1) }) }
        }
    }

    /// Made by hand, for tests.
    init(stories: [Story], clusters: [Cluster]) {
        self.init(version: "", Parameters(), labels: [:], unreadable: 0, [], boilerplate: [], nil)
        (self.stories, self.clusters) = (stories, clusters)
    }

    /// - Parameters:
    ///   - row: where a document stands in `documents`.
    ///   - jaccard: of a document's text with its near representative, negative for none.
    private mutating func fill(
        _ labels: [Level: [UInt32]], documents: Documents?, id: (Int) -> String, row: (Int) -> Int?,
        jaccard: (Int) -> Double?
    ) {
        guard let outermost = labels[level] else { return }
        var numbers: [Int: Int] = [:]
        for cluster in ClusterList(labels: outermost).clusters {
            for document in cluster.members {
                numbers[document] = stories.count
                var story = Story(id: id(document))
                if let documents, let row = row(document) {
                    story.time = documents.date(of: row)
                    story.outlet = documents.source(of: row)
                    story.location = documents.locations[row]
                }
                story.jaccard = jaccard(document).flatMap { $0 < 0 ? nil : $0 }
                stories.append(story)
            }
            clusters.append(
                Cluster(
                    representative: numbers[cluster.representative]!, members: cluster.members.map { numbers[$0]! }))
            // A representative is a member of its cluster, at the inner levels too.
            for document in cluster.members {
                let story = numbers[document]!
                func representative(_ level: Level) -> Int { numbers[Int((labels[level] ?? outermost)[document])]! }
                stories[story].exact = representative(.exact)
                stories[story].near = representative(.near)
                stories[story].copy = representative(.copy)
            }
        }
    }
}
