import CPage
import DedupKit
import JSON
import Report

/// What the first view of the page is filled with.
struct Overview {
    let filling: Template.Filling

    /// - Parameter parts: of the clusters, in their order.
    init(
        _ content: PageContent, _ orders: [ClusterOrder], _ parts: [ClusterPart], nearMisses: [ClusterPart],
        _ budget: TextBudget
    ) {
        let style = unsafe embedded(cpage_style), script = unsafe embedded(cpage_script)
        let timeline = Timeline(content, orders, headlines: parts.map(\.headline))
        let outlets = OutletTable(content, orders)
        let results = content.results
        let isEvent = results.allSatisfy { $0.level == .event }
        let histograms = [Histogram(jaccard: parts, content), Histogram(scores: content)].compactMap(\.filling)
        filling = [
            "script_hash": "sha256-\(contentHash(script))", "style_hash": "sha256-\(contentHash(style))",
            "style": .utf8(style), "script": .utf8(script),
            "thing": isEvent ? "event" : "cluster", "things": isEvent ? "events" : "clusters",
            "clustered": "\(grouped(content.clusters.reduce(0) { $0 + $1.members.count }))",
            "heading": "\(content.heading)",
            "has_clusters": .truth(!parts.isEmpty), "funnel": .list(content.funnel),
            "parameters": .list(content.commonParameters.map { ["name": "\($0.name)", "value": "\($0.value)"] }),
            "results": .list(results.count > 1 ? [["rows": .list(content.resultRows)]] : []),
            "unreadable": .list(content.problemList), "gone": .list(content.gone),
            "missing": .list(
                content.missing == 0 ? [] : [["count": "\(counted(content.missing, "story", "stories"))"]]),
            "left_out": .list(Self.leftOut(content, budget)),
            "histograms": .list(histograms), "three": .truth(histograms.count > 1),
            "sizes": .list(sizeRows(orders.map { $0.stories.count })),
            "timeline": .list(timeline.map { [$0.filling] } ?? []),
            "outlets": .list(outlets.map { [$0.filling] } ?? []),
            "clusters": .utf8(Array(parts.map(\.html).joined())),
            "near_misses": .list(
                nearMisses.isEmpty ? [] : [["entries": .utf8(Array(nearMisses.map(\.html).joined()))]]),
            "data": .utf8(Self.data(parts, "c") + Self.data(nearMisses, "m")),
        ]
    }

    private static func leftOut(_ content: PageContent, _ budget: TextBudget) -> [Template.Filling] {
        let all = content.members.count { content.stories[$0].place != nil && content.stories[$0].exact == $0 }
        let held = content.members.count { budget.isHeld[$0] }
        return held < all ? [["held": "\(grouped(held))", "all": "\(grouped(all))"]] : []
    }

    /// One inert element for each cluster, so that the browser parses none before it is asked for.
    private static func data(_ parts: [ClusterPart], _ kind: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.json.count + 64 })
        for (at, part) in parts.enumerated() {
            bytes += "<script type=\"application/json\" id=\"data-\(kind)\(at + 1)\">".utf8
            bytes += part.json
            bytes += "</script>\n".utf8
        }
        return bytes
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
