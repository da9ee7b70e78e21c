import CPage
import Dates
import DedupKit
import JSON
import Report

/// What the page says of one cluster.
struct ClusterPart: Sendable {
    /// Its entry for who has no script.
    var html: [UInt8] = []
    /// What the list knows of it.
    var index: [UInt8] = []
    /// What its own view is drawn from.
    var json: [UInt8] = []
    /// See `EventSummary`.
    var rank = 0
    /// Of each story but the representative how it hangs together with what it is compared with, and the Jaccard
    /// similarity of the two where it is known.
    var ties: [(tie: Tie, jaccard: Double?)] = []
}

/// One worker's way from a cluster to its part of the page.
final class ClusterWriter {
    private let content: PageContent
    private let budget: TextBudget
    private let reader: StoryReader
    /// Of each result.
    private let finders: [BoilerplateFinder]
    private let links: NearMissLinks
    private let outlets: OutletNames
    private let doubtsOfAll: Set<EventDoubt>
    private let entry = unsafe Template(cpage_cluster), missEntry = unsafe Template(cpage_near_miss)

    /// Rows of a cluster that the overview lists.
    private static let mostRows = 200

    init(
        _ content: PageContent, _ budget: TextBudget, _ finders: [BoilerplateFinder], _ links: NearMissLinks,
        _ outlets: OutletNames
    ) {
        self.outlets = outlets
        self.content = content
        self.budget = budget
        self.finders = finders
        self.links = links
        doubtsOfAll = content.doubtsOfAll
        reader = StoryReader(content.results)
    }

    /// - Parameter number: of the cluster.
    func part(_ number: Int, _ order: ClusterOrder) -> ClusterPart {
        let event = content.clusters[number].event
        let told = read(order, needsFacts: event?.facts.isEmpty == true)
        let doubts = content.clusters[number].doubts.filter { !doubtsOfAll.contains($0) }
        let summary = EventSummary(order, content, doubts, told.representative)
        var part = ClusterPart(rank: summary.rank)
        part.ties = order.stories.compactMap { story in
            content.tie(of: story, in: order).map { ($0, jaccard(of: story, $0, order, told)) }
        }
        var json = JSONWriter(isInHTML: true)
        json.object { json in
            write(order, told, to: &json)
            if let event {
                let line = content.result(of: order).definition.event.threshold
                write(event, event.facts.isEmpty ? told.shared : event.facts, line: line, to: &json)
            }
            json.key("misses")
            json.array { json in for link in links.links[number] ?? [] { write(link, to: &json) } }
        }
        part.json = json.bytes
        var index = JSONWriter(isInHTML: true)
        index.object { json in summary.write(content, outlets, event, to: &json) }
        part.index = index.bytes
        entry.render(filling(number, order, told, summary), to: &part.html)
        return part
    }

    func nearMiss(_ number: Int, _ order: ClusterOrder) -> ClusterPart {
        let told = read(order), miss = content.nearMisses[number]
        var part = ClusterPart()
        var json = JSONWriter(isInHTML: true)
        json.object { json in
            write(order, told, to: &json)
            json.field("score", miss.score)
            json.key("events")
            json.array { json in for cluster in links.clusters[number] { json.number((cluster ?? -1) + 1) } }
        }
        part.json = json.bytes
        var index = JSONWriter(isInHTML: true)
        index.object { $0.field("score", miss.score) }
        part.index = index.bytes
        let sides: [Template.Filling] = miss.pair.members.map { story in
            let told = (content.stories[story], told.headline(of: story, content))
            return ["title": "\(told.1)", "by": "\(told.0.time.map(dateAndTime) ?? "") \(told.0.outlet)"]
        }
        missEntry.render(
            ["number": "\(number + 1)", "score": "\(score(miss.score))", "sides": .list(sides)],
            to: &part.html)
        return part
    }

    /// What is read of the stories of a cluster.
    private struct Told {
        var headlines: [Int: String] = [:]
        var representative: StoryReader.Words?
        var urls: [Int: String] = [:]
        var texts = StoryTexts()
        var pairs: TextPairs!
        /// What most versions of an event tell.
        var shared: [SharedFact] = []

        func headline(of story: Int, _ content: PageContent) -> String {
            headlines[story] ?? content.stories[story].id
        }
    }

    /// - Parameter needsFacts: whether the result does not tell what the versions of an event share.
    private func read(_ order: ClusterOrder, needsFacts: Bool = false) -> Told {
        var told = Told(), factTexts: [Int: [UInt8]] = [:]
        for number in order.stories {
            let story = content.stories[number]
            guard let read = reader.read(story) else { continue }
            told.headlines[number] = read.headline
            told.urls[number] = read.url
            if number == order.representative { told.representative = read }
            let isCompared = number == order.representative || story.copy == number
            if isCompared { factTexts[story.exact] = Array(read.text.prefix(ClusterFacts.longest)) }
            guard budget.isHeld[number] else { continue }
            let text = StoryText(story: number, read.text, finders[story.result], upTo: budget.longestText)
            told.texts.add(text, of: story)
        }
        // Facts have their places in what is shown.
        for text in told.texts.all { factTexts[content.stories[text.story].exact] = text.utf8 }
        let center = content.stories[order.representative].exact
        let facts = ClusterFacts(center: center, texts: factTexts)
        told.pairs = TextPairs(told.texts, order, content, facts)
        if needsFacts { told.shared = facts.shared(by: order.groups.map { content.stories[$0.representative].exact }) }
        return told
    }

    private func jaccard(
        of number: Int, _ tie: Tie, _ order: ClusterOrder, _ read: Told
    ) -> Double? {
        let story = content.stories[number]
        let other = tie == .event ? order.representative : story.copy
        if tie == .exact { return 1 }
        if let a = read.texts[story], let b = read.texts[content.stories[other]], let overlap = read.pairs[a, b] {
            return overlap.shingles.jaccard
        }
        return tie == .near ? story.jaccard : nil
    }

    private func write(_ order: ClusterOrder, _ read: Told, to json: inout JSONWriter) {
        let earliest = order.earliest(content)
        // The index has said it.
        let headline = order.isNearMiss ? nil : read.headlines[order.representative]
        json.key("stories")
        json.array { json in
            for (group, stories) in order.groups.map(\.stories).enumerated() {
                for story in stories {
                    let told = content.stories[story]
                    json.object { json in
                        json.field("id", told.id)
                        let title = read.headlines[story] ?? ""
                        if title != headline || title.isEmpty { json.field("title", title) }
                        json.field("outlet", told.outlet)
                        if let url = read.urls[story] { json.field("url", url) }
                        if let time = told.time {
                            json.field("time", Int(time))
                        }
                        json.field("group", group)
                        if let tie = content.tie(of: story, in: order) {
                            json.field("tie", tie.rawValue)
                        }
                        if earliest.contains(story) { json.field("earliest", true) }
                        if told.isNew { json.field("new", true) }
                        if let chapter = told.chapter { json.field("chapter", chapter) }
                        if let text = read.texts[told] { json.field("text", text) }
                        if let score = told.eventScore, !order.isNearMiss { json.field("score", score) }
                    }
                }
            }
        }
        json.key("texts")
        json.array { json in for text in read.texts.all { text.write(to: &json) } }
        json.key("pairs")
        json.array { json in read.pairs.write(to: &json) }
    }

    private func write(
        _ event: EventEvidence.Event, _ facts: [SharedFact], line: Double, to json: inout JSONWriter
    ) {
        json.field("score", event.score)
        if let grounds = event.grounds { json.field("grounds", grounds.words(threshold: line)) }
        json.key("facts")
        json.array { json in
            for fact in facts {
                json.object { json in
                    json.field("kind", fact.kind.rawValue)
                    json.field("text", fact.text)
                    json.field("reports", fact.reports)
                }
            }
        }
    }

    private func write(_ link: NearMissLinks.Link, to json: inout JSONWriter) {
        let other = content.stories[link.other]
        json.object { json in
            json.field("at", link.miss + 1)
            json.field("score", content.nearMisses[link.miss].score)
            json.field("title", reader.read(other)?.headline ?? other.id)
        }
    }

    private func filling(
        _ number: Int, _ order: ClusterOrder, _ read: Told, _ summary: EventSummary
    ) -> Template.Filling {
        let stories = order.stories
        let earliest = order.earliest(content)
        let rows: [Template.Filling] = stories.prefix(Self.mostRows).map { story in
            let told = content.stories[story]
            let title = read.headlines[story].flatMap { $0 == summary.headline ? nil : $0 }
            return [
                "date": "\(told.time.map(dateAndTime) ?? "")", "outlet": "\(told.outlet)", "id": "\(told.id)",
                "title": .list(title.map { [["text": "\($0)"]] } ?? []),
                "url": .list(read.urls[story].map { [["address": "\($0)"]] } ?? []),
                "new": .truth(told.isNew), "earliest": .truth(earliest.contains(story)),
                "tie": .list(content.tie(of: story, in: order).map { [$0.filling] } ?? []),
            ]
        }
        let more = stories.count - rows.count
        return [
            "number": "\(number + 1)", "headline": "\(summary.headline)",
            "facts": "\(content.facts(of: order))", "stories": .list(rows),
            "doubts": .list(summary.doubts.isEmpty ? [] : [["words": "\(summary.doubts.joined(separator: " · "))"]]),
            "result": .list(content.results.count > 1 ? [["name": "\(content.result(of: order).name)"]] : []),
            "more": .list(more > 0 ? [["count": "\(more)"]] : []),
        ]
    }
}
