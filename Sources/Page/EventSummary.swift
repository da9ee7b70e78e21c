import DedupKit
import JSON
import Report

/// What the list of the page knows of a cluster: enough to draw, search, sort and count it without its texts.
struct EventSummary: Sendable {
    let headline, lede: String
    /// Where it stands on the page, the lower the earlier.
    let rank: Int
    /// Why it may be no event, in words.
    let doubts: [String]
    private let order: ClusterOrder

    /// Bytes of a text that its lede is cut from.
    private static let longestLede = 260

    /// - Parameters:
    ///   - doubts: of this event, beyond those that all share.
    ///   - read: headline and text of the representative, where they are at hand.
    init(_ order: ClusterOrder, _ content: PageContent, _ doubts: [EventDoubt], _ read: StoryReader.Words?) {
        self.order = order
        headline = read?.headline ?? content.stories[order.representative].id
        lede = read.map { Self.lede($0.text, after: $0.headline) } ?? ""
        let worth = Newsworth(order, content, text: read?.text ?? [])
        rank = worth.rank(isInDoubt: !doubts.isEmpty)
        let chapters = order.stories.compactMap { content.stories[$0].chapter }.max() ?? 1
        self.doubts =
            doubts.map { $0.words(chapters: chapters) }
            + (worth == .scrap && !doubts.contains(.form) ? ["a table, a list or a note"] : [])
    }

    /// The first words of a text that its headline has not said.
    private static func lede(_ text: [UInt8], after headline: String) -> String {
        let first = StoryReader.line(text[...], upTo: longestLede + headline.utf8.count)
        guard first.hasPrefix(headline) else { return StoryReader.line(text[...], upTo: longestLede) }
        return String(first.dropFirst(headline.count).drop { $0.isWhitespace || $0.isPunctuation })
    }

    /// Times are seconds from the first one, -1 where there is none; ties are numbers of `Tie`, -1 for the
    /// representative, and groups numbers in the order in which they appeared.
    func write(_ content: PageContent, _ outlets: OutletNames, _ event: EventEvidence.Event?, to json: inout JSONWriter)
    {
        let stories = order.stories
        let first = stories.compactMap { content.stories[$0].time }.min()
        json.field("title", headline)
        if !lede.isEmpty { json.field("lede", lede) }
        json.field("rank", rank)
        if !doubts.isEmpty {
            json.key("doubts")
            json.array { json in for doubt in doubts { json.string(doubt) } }
        }
        if content.results.count > 1 { json.field("result", content.stories[order.representative].result) }
        if let first { json.field("from", Int(first)) }
        if let event { json.field("score", event.score) }
        let new = stories.count { content.stories[$0].isNew }
        if new > 0 { json.field("new", new) }
        func list(_ name: String, _ values: [Int]) {
            json.key(name)
            json.array { json in for value in values { json.number(value) } }
        }
        list("outlets", stories.map { outlets[content.stories[$0].outlet] })
        list("times", stories.map { content.stories[$0].time.map { Int($0 - first!) } ?? -1 })
        list("groups", order.groups.enumerated().flatMap { group in group.element.stories.map { _ in group.offset } })
        list("ties", stories.map { content.tie(of: $0, in: order).map { Tie.allCases.firstIndex(of: $0)! } ?? -1 })
        if let least = stories.compactMap({ content.stories[$0].eventScore }).min() { json.field("least", least) }
    }
}
