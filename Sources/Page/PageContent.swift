public import DedupKit
public import Inputs
import JSON
public import Records
public import Report

/// What a page tells of: the clusters of one result or several, each story in them, and where its text stands.
public struct PageContent: Sendable {
    /// A run, or what was saved of it. Ids and numbers of documents are its own.
    struct Result: Sendable {
        /// As it is called where there are several.
        var name = ""
        var version = ""
        var parameters = Parameters()
        /// How many clusters there are at each level, those of one document included.
        var counts: [(level: Level, clusters: Int)] = []
        var documents = 0
        var unreadable = 0
        /// In words.
        var problems: [String] = []
        /// Text that recurs across otherwise unrelated stories.
        var boilerplate: [String] = []
        /// Nil where they are gone.
        var inputs: InputSet?

        var level: Level { counts.last?.level ?? parameters.level }
    }

    struct Story: Sendable {
        /// Which result it is of.
        var result = 0
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
        /// How its voice stands to the other voices of its event, on average.
        var eventScore: Double?
    }

    struct Cluster: Sendable {
        var representative: Int
        /// In input order.
        var members: [Int]
        /// Why they are one event, where that is known.
        var event: EventEvidence.Event?
    }

    /// Two events that almost are one.
    struct NearMiss: Sendable {
        /// Their representatives, as stories beside those in clusters.
        var pair: Cluster
        /// The same stories in their clusters; nil for one that is alone.
        var inClusters: [Int?]
        var score: Double
    }

    private(set) var results: [Result]
    /// Those in clusters, and again those of near misses.
    private(set) var stories: [Story] = []
    /// Of at least two stories at the outermost level of their result, largest first.
    private(set) var clusters: [Cluster] = []
    /// Closest first.
    private(set) var nearMisses: [NearMiss] = []

    /// Of clusters.
    var members: some Sequence<Int> { clusters.lazy.flatMap(\.members) }

    /// Stories that are not in the inputs any more.
    public var missing: Int {
        members.count { results[stories[$0].result].inputs != nil && stories[$0].location == nil }
    }

    /// Of a run that has just ended.
    public init(_ clustering: Clustering, of inputs: InputSet, wording: Wording = .plain) {
        self.init(
            Result(
                version: dedupVersion, parameters: clustering.parameters, unreadable: clustering.unreadable,
                problems: clustering.problems.map { wording($0) }, boilerplate: clustering.boilerplate.map(\.text),
                inputs: inputs),
            labels: clustering.labels)
        let documents = clustering.documents
        let similarity = clustering.nearSimilarity()
        let exact = clustering.labels[.exact]!
        fill(
            clustering.labels, clustering.evidence, documents: documents, id: { documents.identifiers[$0] },
            row: { $0 }, jaccard: { similarity?[Int(exact[$0])] })
    }

    /// Of a result that was saved.
    ///
    /// - Parameters:
    ///   - name: what it is called on a page of several results.
    ///   - inputs: what was clustered and its documents as a first pass reads them; nil if it is gone.
    public init(_ saved: SavedResult, name: String, of inputs: (set: InputSet, documents: Documents)?) {
        self.init(
            Result(
                name: name, version: saved.version, parameters: saved.parameters, unreadable: saved.unreadable,
                problems: saved.problems.map { Wording.plain($0) }, boilerplate: saved.boilerplate, inputs: inputs?.set),
            labels: saved.labels)
        var rows: [[UInt8]: Int] = [:]
        if let identifiers = inputs?.documents.identifiers {
            identifiers.withAll { id in for row in 0..<identifiers.count { rows[Array(id(row))] = row } }
        }
        let exact = saved.labels[.exact] ?? []
        fill(
            saved.labels, saved.evidence, documents: inputs?.documents,
            id: { String(decoding: saved.ids[$0], as: UTF8.self) },
            row: { rows[saved.ids[$0]] }, jaccard: { saved.jaccard[Int(exact[$0])] })
    }

    /// Several results on one page. Each keeps its clusters: what two results have in common is not looked for.
    public init(_ contents: [PageContent]) {
        results = []
        for content in contents {
            let (stories, results) = (self.stories.count, self.results.count)
            self.results += content.results
            self.stories += content.stories.map { story in
                var story = story
                story.result += results
                (story.exact, story.near, story.copy) = (
                    story.exact + stories, story.near + stories, story.copy + stories
                )
                return story
            }
            clusters += content.clusters.map { cluster in
                cluster.moved(by: stories)
            }
            nearMisses += content.nearMisses.map { miss in
                NearMiss(
                    pair: miss.pair.moved(by: stories), inClusters: miss.inClusters.map { $0.map { $0 + stories } },
                    score: miss.score)
            }
        }
        // Those of one size stay in the order of the results.
        clusters = clusters.enumerated().sorted {
            ($1.element.members.count, $0.offset) < ($0.element.members.count, $1.offset)
        }.map(\.element)
        nearMisses = nearMisses.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }.map(\.element)
    }

    private init(_ result: Result, labels: [Level: [UInt32]]) {
        var result = result
        result.documents = labels[.exact]?.count ?? 0
        result.counts = Level.allCases.compactMap { level in
            labels[level].map { (level, $0.enumerated().count { $0 == Int($1) }) }
        }
        results = [result]
    }

    /// Made by hand, for tests.
    init(stories: [Story], clusters: [Cluster]) {
        (self.stories, self.clusters, results) = (stories, clusters, [Result()])
    }

    /// - Parameters:
    ///   - row: where a document stands in `documents`.
    ///   - jaccard: of a document's text with its near representative, negative for none.
    private mutating func fill(
        _ labels: [Level: [UInt32]], _ evidence: EventEvidence, documents: Documents?, id: (Int) -> String,
        row: (Int) -> Int?, jaccard: (Int) -> Double?
    ) {
        guard let outermost = labels[results[0].level] else { return }
        func story(_ document: Int) -> Story {
            var story = Story(id: id(document))
            if let documents, let row = row(document) {
                story.time = documents.date(of: row)
                story.outlet = documents.source(of: row)
                story.location = documents.locations[row]
            }
            story.jaccard = jaccard(document).flatMap { $0 < 0 ? nil : asSaved($0) }
            story.eventScore =
                evidence.scores.isEmpty || evidence.scores[document] < 0 ? nil : asSaved(evidence.scores[document])
            return story
        }
        var numbers: [Int: Int] = [:]
        for cluster in ClusterList(labels: outermost).clusters {
            for document in cluster.members {
                numbers[document] = stories.count
                stories.append(story(document))
            }
            clusters.append(
                Cluster(
                    representative: numbers[cluster.representative]!, members: cluster.members.map { numbers[$0]! },
                    event: evidence.events[UInt32(cluster.representative)]))
            // A representative is a member of its cluster, at the inner levels too.
            for document in cluster.members {
                let story = numbers[document]!
                func representative(_ level: Level) -> Int { numbers[Int((labels[level] ?? outermost)[document])]! }
                stories[story].exact = representative(.exact)
                stories[story].near = representative(.near)
                stories[story].copy = representative(.copy)
            }
        }
        for miss in evidence.nearMisses {
            let pair = [Int(miss.a), Int(miss.b)], first = stories.count
            for (at, document) in pair.enumerated() {
                var story = story(document)
                (story.exact, story.near, story.copy) = (first + at, first + at, first + at)
                stories.append(story)
            }
            nearMisses.append(
                NearMiss(
                    pair: Cluster(representative: first, members: [first, first + 1]),
                    inClusters: pair.map { numbers[$0] },
                    // Under the line it stays.
                    score: min(asSaved(miss.score), results[0].parameters.event.threshold - 0.0001)))
        }
    }
}

extension PageContent.Cluster {
    fileprivate func moved(by stories: Int) -> Self {
        Self(representative: representative + stories, members: members.map { $0 + stories }, event: event)
    }
}

/// With the four decimals of a saved result, so that both draw the same page.
private func asSaved(_ value: Double) -> Double { Double(fixed(value, decimals: 4)) ?? value }
