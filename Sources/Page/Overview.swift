import CPage
import DedupKit
import JSON
import Report

/// What the first view of the page is filled with.
struct Overview {
    let filling: Template.Filling

    private static let mostBoilerplate = 100

    /// - Parameter parts: of the clusters, in their order.
    init(
        _ content: PageContent, _ orders: [ClusterOrder], _ names: OutletNames, _ parts: [ClusterPart],
        nearMisses: [ClusterPart], _ budget: TextBudget, _ place: PagePlace
    ) {
        let isWhole = place == .oneFile, base = place == .event ? "../" : ""
        let style = isWhole ? unsafe embedded(cpage_style) : [], script = isWhole ? unsafe embedded(cpage_script) : []
        let data = PageData(content, names, parts, nearMisses: nearMisses)
        let outlets = OutletTable(content, orders)
        let results = content.results
        let isEvent = results.allSatisfy { $0.level == .event }
        let histograms = [Histogram(jaccard: parts, content), Histogram(scores: content)].compactMap(\.filling)
        filling = [
            "script_source": "\(isWhole ? "sha256-" + contentHash(script) : "self")",
            "style_source": "\(isWhole ? "sha256-" + contentHash(style) : "self")",
            "is_whole": .truth(isWhole), "base": "\(base)", "home": "\(place == .event ? "../index.html" : "")",
            "folder": "\(place == .folder ? "events/" : "")",
            "style": .utf8(style), "script": .utf8(script),
            "thing": isEvent ? "event" : "cluster", "things": isEvent ? "events" : "clusters",
            "clustered": "\(grouped(content.clusters.reduce(0) { $0 + $1.members.count }))",
            "heading": "\(content.heading)",
            "has_clusters": .truth(!parts.isEmpty),
            "has_doubts": .truth(content.clusters.contains { !$0.doubts.isEmpty }),
            "funnel": .list(content.funnel),
            "parameters": .list(content.commonParameters.map { ["name": "\($0.name)", "value": "\($0.value)"] }),
            "results": .list(results.count > 1 ? [["rows": .list(content.resultRows)]] : []),
            "unreadable": .list(content.problemList), "gone": .list(content.gone),
            "missing": .list(
                content.missing == 0 ? [] : [["count": "\(counted(content.missing, "story", "stories"))"]]),
            "left_out": .list(Self.leftOut(content, budget, place)),
            "histograms": .list(histograms), "three": .truth(histograms.count > 1),
            "sizes": .list(sizeRows(orders.map { $0.stories.count })),
            "boilerplate": .list(place == .event ? [] : Self.boilerplate(content)), "key": "\(data.key)",
            "outlets": .list(outlets.map { [$0.filling] } ?? []),
            "clusters": .utf8(Self.entries(orders, parts)),
            "near_misses": .list(
                nearMisses.isEmpty ? [] : [["entries": .utf8(Array(nearMisses.map(\.html).joined()))]]),
            "index": .utf8(data.index), "blocks": .utf8(data.blocks),
        ]
    }

    private static func leftOut(
        _ content: PageContent, _ budget: TextBudget, _ place: PagePlace
    ) -> [Template.Filling] {
        let all = content.members.count { content.stories[$0].place != nil && content.stories[$0].exact == $0 }
        let held = content.members.count { budget.isHeld[$0] }
        return held < all
            ? [["held": "\(grouped(held))", "all": "\(grouped(all))", "is_whole": .truth(place == .oneFile)]] : []
    }

    /// What is news beyond doubt first, and of that the largest.
    private static func entries(_ orders: [ClusterOrder], _ parts: [ClusterPart]) -> [UInt8] {
        func rank(_ at: Int) -> (Int, Int, Int) { (parts[at].rank, -orders[at].stories.count, at) }
        return parts.indices.sorted { rank($0) < rank($1) }.flatMap { parts[$0].html }
    }

    private static func boilerplate(_ content: PageContent) -> [Template.Filling] {
        let texts = content.results.flatMap(\.boilerplate)
        guard !texts.isEmpty else { return [] }
        let listed: [Template.Filling] = texts.prefix(mostBoilerplate).map { ["text": "\($0)"] }
        let more = texts.count - listed.count
        return [
            [
                "count": "\(counted(texts.count, "piece", "pieces"))", "texts": .list(listed),
                "more": .list(more > 0 ? [["count": "\(grouped(more))"]] : []),
            ]
        ]
    }
}

/// A file of Sources/CPage/page.
func embedded(_ file: cpage_bytes) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
}

/// `12,345`
func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
        if place > 0, place % 3 == 0 { text = "," + text }
        text = String(digit) + text
    }
    return text
}

/// A share of 0...1 as an SVG length.
func percent(_ share: Double) -> String { fixed(100 * share, decimals: 2) + "%" }

/// ".49", never more than it is: what is under the line must not look as if it reached it.
func score(_ value: Double) -> String {
    String(fixed((value * 100).rounded(.down) / 100, decimals: 2).drop { $0 == "0" })
}

/// "72 %", never more than there is: 100 % means all.
func wholePercent(_ share: Double) -> String {
    share > 0 && share < 0.01 ? "less than 1 %" : "\(Int(share * 100)) %"
}
