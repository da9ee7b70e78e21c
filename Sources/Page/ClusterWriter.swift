import CPage
import Overlap
import Report

/// What the page says of one cluster.
struct ClusterPart: Sendable {
    /// Its entry in the overview.
    var html: [UInt8] = []
    /// What its own view is drawn from.
    var json: [UInt8] = []
    /// Of the representative.
    var headline = ""
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
    private let entry = Template(cpage_cluster)

    /// Rows of a cluster that the overview lists.
    private static let mostRows = 200

    init(_ content: PageContent, _ budget: TextBudget, _ finders: [BoilerplateFinder]) {
        self.content = content
        self.budget = budget
        self.finders = finders
        reader = StoryReader(content.results)
    }

    func part(_ number: Int, _ order: ClusterOrder) -> ClusterPart {
        var part = ClusterPart()
        let stories = order.stories
        var headlines: [Int: String] = [:]
        var texts = StoryTexts()
        for story in stories {
            guard let (headline, text) = reader.read(content.stories[story]) else { continue }
            headlines[story] = headline
            guard budget.isHeld[story] else { continue }
            let told = content.stories[story]
            texts.add(StoryText(story: story, text, finders[told.result]), of: told)
        }
        let pairs = TextPairs(texts, order, content)
        part.headline = headlines[order.representative] ?? content.stories[order.representative].id
        part.ties = stories.compactMap { story in
            content.tie(of: story, in: order).map { ($0, jaccard(of: story, $0, order, texts, pairs)) }
        }
        var json = JSONWriter(isInHTML: true)
        json.object { write(order, headlines, texts, pairs, to: &$0) }
        part.json = json.bytes
        entry.render(filling(number, order, headlines, part.headline), to: &part.html)
        return part
    }

    private func jaccard(
        of story: Int, _ tie: Tie, _ order: ClusterOrder, _ texts: StoryTexts, _ pairs: TextPairs
    ) -> Double? {
        let told = content.stories[story]
        let other = tie == .event ? order.representative : told.copy
        if tie == .exact { return 1 }
        if let a = texts[told], let b = texts[content.stories[other]], let overlap = pairs[a, b] {
            return overlap.shingles.jaccard
        }
        return tie == .near ? told.jaccard : nil
    }

    private func write(
        _ order: ClusterOrder, _ headlines: [Int: String], _ texts: StoryTexts, _ pairs: TextPairs,
        to json: inout JSONWriter
    ) {
        let earliest = order.earliest(content)
        json.key("stories")
        json.array { json in
            for (group, stories) in order.groups.map(\.stories).enumerated() {
                for story in stories {
                    let told = content.stories[story]
                    json.object { json in
                        json.field("id", told.id)
                        json.field("title", headlines[story] ?? "")
                        json.field("outlet", told.outlet)
                        if let time = told.time {
                            json.field("date", dateAndTime(time))
                            json.field("time", Int(time))
                        }
                        json.field("group", group)
                        if let tie = content.tie(of: story, in: order) {
                            json.field("tie", tie.rawValue)
                            json.field("tie_name", tie.name)
                        }
                        if story == earliest { json.field("earliest", true) }
                        if let text = texts[told] { json.field("text", text) }
                    }
                }
            }
        }
        json.key("texts")
        json.array { json in for text in texts.all { text.write(to: &json) } }
        json.key("pairs")
        json.array { json in pairs.write(to: &json) }
    }

    private func filling(
        _ number: Int, _ order: ClusterOrder, _ headlines: [Int: String], _ headline: String
    ) -> Template.Filling {
        let stories = order.stories
        let rows: [Template.Filling] = stories.prefix(Self.mostRows).map { story in
            let told = content.stories[story]
            return [
                "date": "\(told.time.map(dateAndTime) ?? "")", "outlet": "\(told.outlet)", "id": "\(told.id)",
                "title": "\(headlines[story] ?? "")", "earliest": .truth(story == order.earliest(content)),
                "tie": .list(content.tie(of: story, in: order).map { [$0.filling] } ?? []),
            ]
        }
        let more = stories.count - rows.count
        return [
            "number": "\(number)", "headline": "\(headline)", "size": "\(stories.count)",
            "groups": "\(order.groups.count)", "facts": "\(facts(order))", "stories": .list(rows),
            "result": .list(content.results.count > 1 ? [["name": "\(result(of: order).name)"]] : []),
            "more": .list(more > 0 ? [["count": "\(more)"]] : []),
        ]
    }

    private func result(of order: ClusterOrder) -> PageContent.Result {
        content.results[content.stories[order.representative].result]
    }

    /// "3 stories in 2 copy groups · 3 outlets · 2024-04-03 to 2024-04-04"
    private func facts(_ order: ClusterOrder) -> String {
        let stories = order.stories.map { content.stories[$0] }
        var facts = counted(stories.count, "story", "stories")
        if result(of: order).level == .event {
            facts += " in \(counted(order.groups.count, "copy group", "copy groups"))"
        }
        var parts = [facts]
        let outlets = Set(stories.map(\.outlet)).subtracting([""]).count
        if outlets > 0 { parts.append(counted(outlets, "outlet", "outlets")) }
        let times = stories.compactMap(\.time)
        if let first = times.min(), let last = times.max() {
            parts.append(day(first) == day(last) ? day(first) : "\(day(first)) to \(day(last))")
        }
        return parts.joined(separator: " · ")
    }
}
