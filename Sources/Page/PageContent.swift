import DedupKit
import JSON
import Report

/// What a page tells of: the clusters of one result or several, each story in them, and where its text stands.
public struct PageContent: Sendable {
    /// A run, or what was saved of it. Ids and numbers of documents are its own.
    struct Result: Sendable {
        /// As it is called where there are several.
        var name = ""
        var version = ""
        var definition = Definition()
        /// The outermost that was asked for.
        var asked = Level.event
        /// How many clusters there are at each level, those of one document included.
        var counts: [(level: Level, clusters: Int)] = []
        var documents = 0
        var unreadable = 0
        /// In words.
        var problems: [String] = []
        /// Text that recurs across otherwise unrelated stories.
        var boilerplate: [String] = []
        /// Where its stories are read again; nil where they are gone.
        var source: Documents?
        /// Texts that could not be read for the page.
        let lost = LostTexts()

        var level: Level { counts.last?.level ?? asked }
    }

    struct Story: Sendable {
        /// Which result it is of.
        var result = 0
        var id: String
        /// Seconds since 1970.
        var time: Int64?
        /// Empty where unknown.
        var outlet = ""
        /// Where it stands in its result's source, and how many bytes its record has; nil where its text is not at hand.
        var place: (row: DocumentNumber, bytes: Int)?
        /// Numbers of the stories that represent it at these levels.
        var exact = 0, near = 0, copy = 0
        /// With its near representative, where the two were compared.
        var jaccard: Double?
        /// How its voice stands to the other voices of its event, on average.
        var eventScore: Double?
        /// Of an event of several, from 1.
        var chapter: Int?
        /// Whether it is new where others are known from before.
        var isNew = false
    }

    struct Cluster: Sendable {
        var representative: Int
        /// In input order.
        var members: [Int]
        /// Why they are one event, where that is known.
        var event: EventEvidence.Event?
        /// Why they may be none.
        var doubts: [EventDoubt] = []
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
    /// Of at least two stories at the outermost level of their result, largest first, of one size the most certain.
    private(set) var clusters: [Cluster] = []
    /// Closest first.
    private(set) var nearMisses: [NearMiss] = []

    /// Of clusters.
    var members: some Sequence<Int> { clusters.lazy.flatMap(\.members) }

    /// Stories that are not in their source any more.
    public var missing: Int {
        members.count { results[stories[$0].result].source != nil && stories[$0].place == nil }
    }

    /// What all clusters share, so that it tells none from another.
    var doubtsOfAll: Set<EventDoubt> { EventDoubt.ofAll(clusters.map(\.doubts)) }

    /// Texts that were there and could not be read for a page that was drawn: it does without them.
    public var problems: [Problem] { results.flatMap(\.lost.problems) }

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
        // Those of one size and score stay in the order of the results.
        let ranks = clusters.indices.map { (-clusters[$0].members.count, -(clusters[$0].event?.score ?? 1), $0) }
        clusters = ranks.sorted { $0 < $1 }.map { clusters[$0.2] }
        nearMisses = nearMisses.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }.map(\.element)
    }

    /// A result without its stories yet.
    init(_ result: Result, labels: [Level: [DocumentNumber]]) {
        var result = result
        result.documents = labels[.exact]?.count ?? 0
        result.counts = Level.allCases.compactMap { level in
            labels[level].map { (level, $0.enumerated().count { $0 == $1.index }) }
        }
        results = [result]
    }

    /// Clusters as they are given.
    init(stories: [Story], clusters: [Cluster], results: [Result] = [Result()]) {
        (self.stories, self.clusters, self.results) = (stories, clusters, results)
    }

    /// Takes the stories of clusters and near misses over.
    mutating func fill(_ told: ToldResult) {
        guard let outermost = told.labels[results[0].level] else { return }
        var numbers: [DocumentNumber: Int] = [:]
        for cluster in ClusterList(labels: outermost, events: told.evidence.events).clusters {
            for document in cluster.members {
                numbers[document] = stories.count
                stories.append(told.story(document))
            }
            // A representative is a member of its cluster, at the inner levels too.
            for document in cluster.members {
                let story = numbers[document]!
                func representative(_ level: Level) -> Int {
                    numbers[(told.labels[level] ?? outermost)[document.index]]!
                }
                stories[story].exact = representative(.exact)
                stories[story].near = representative(.near)
                stories[story].copy = representative(.copy)
            }
            clusters.append(
                Cluster(
                    representative: numbers[cluster.representative]!, members: cluster.members.map { numbers[$0]! },
                    event: told.event(cluster.representative),
                    doubts: told.standings.doubts[cluster.representative] ?? []))
        }
        for miss in told.evidence.nearMisses { add(miss, told, numbers) }
    }

    private mutating func add(_ miss: EventEvidence.NearMiss, _ told: ToldResult, _ numbers: [DocumentNumber: Int]) {
        let pair = [miss.a, miss.b], first = stories.count
        for (at, document) in pair.enumerated() {
            var story = told.story(document)
            (story.exact, story.near, story.copy) = (first + at, first + at, first + at)
            stories.append(story)
        }
        nearMisses.append(
            NearMiss(
                pair: Cluster(representative: first, members: [first, first + 1]), inClusters: pair.map { numbers[$0] },
                // Under the line it stays.
                score: min(asSaved(miss.score), results[0].definition.event.threshold - 0.0001)))
    }
}

extension PageContent.Cluster {
    fileprivate func moved(by stories: Int) -> Self {
        Self(
            representative: representative + stories, members: members.map { $0 + stories }, event: event,
            doubts: doubts)
    }
}
