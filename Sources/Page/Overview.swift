import CPage
import DedupKit
import Report

/// What the first view of the page is filled with.
struct Overview {
    let filling: Template.Filling

    private static let mostProblems = 20

    /// - Parameter parts: of the clusters, in their order.
    init(_ content: PageContent, _ orders: [ClusterOrder], _ parts: [ClusterPart], _ budget: TextBudget) {
        let style = Array(UnsafeBufferPointer(cpage_style)), script = Array(UnsafeBufferPointer(cpage_script))
        let untold = content.unreadable - min(content.problems.count, Self.mostProblems)
        let timeline = Timeline(content, orders, headlines: parts.map(\.headline))
        let outlets = OutletTable(content, orders)
        let isEvent = content.level == .event
        filling = [
            "script_hash": "sha256-\(contentHash(script))", "style_hash": "sha256-\(contentHash(style))",
            "style": .utf8(style), "script": .utf8(script),
            "thing": isEvent ? "event" : "cluster", "things": isEvent ? "events" : "clusters",
            "documents": "\(grouped(content.documents))", "clustered": "\(grouped(content.stories.count))",
            "heading": "\(Self.heading(content))", "has_clusters": .truth(!parts.isEmpty),
            "funnel": .list(Self.funnel(content)),
            "parameters": .list(Self.parameters(content).map { ["name": "\($0.0)", "value": "\($0.1)"] }),
            "unreadable": .list(
                content.unreadable == 0
                    ? [] : [["count": "\(counted(content.unreadable, "record", "records"))"]]),
            "problems": .list(content.problems.prefix(Self.mostProblems).map { ["problem": "\($0)"] }),
            "untold": .list(untold > 0 ? [["count": "\(untold)"]] : []),
            "gone": .truth(content.inputs == nil),
            "missing": .list(
                content.missing == 0 ? [] : [["count": "\(counted(content.missing, "story", "stories"))"]]),
            "left_out": .list(Self.leftOut(content, budget)),
            "histogram": .list(Histogram(parts, threshold: content.parameters.threshold).filling.map { [$0] } ?? []),
            "sizes": .list(sizeRows(orders.map { $0.stories.count })),
            "timeline": .list(timeline.map { [$0.filling] } ?? []),
            "outlets": .list(outlets.map { [$0.filling] } ?? []),
            "clusters": .utf8(Array(parts.map(\.html).joined())),
            "data": .utf8(Self.data(parts)),
        ]
    }

    private static func heading(_ content: PageContent) -> String {
        let count = content.clusters.count
        let clusters =
            switch content.level {
            case .exact: counted(count, "cluster of exact copies", "clusters of exact copies")
            case .near: counted(count, "cluster of near copies", "clusters of near copies")
            case .copy: counted(count, "cluster of copies", "clusters of copies")
            case .event: counted(count, "event told more than once", "events told more than once")
            }
        return "\(clusters), in \(counted(content.documents, "story", "stories"))"
    }

    /// From all stories to the events that they tell of.
    private static func funnel(_ content: PageContent) -> [Template.Filling] {
        let levels: [Template.Filling] = content.counts.map { level, count in
            let name =
                switch level {
                case .exact: "distinct"
                case .near: "without near copies"
                case .copy: "without copies"
                case .event: count == 1 ? "event" : "events"
                }
            return ["count": "\(grouped(count))", "name": "\(name)"]
        }
        return [["count": "\(grouped(content.documents))", "name": "stories"]] + levels
    }

    private static func parameters(_ content: PageContent) -> [(String, String)] {
        let parameters = content.parameters
        var told = [("level", content.level.rawValue)]
        if content.level > .exact {
            told.append(("near copies", "Jaccard ≥ \(fixed(parameters.threshold, decimals: 2)) of five-word shingles"))
            told.append(("linkage", parameters.linkage.rawValue))
        }
        if content.level == .event {
            told.append(("events", "average score ≥ \(fixed(parameters.event.threshold, decimals: 2))"))
        }
        return told + [("dedup", content.version)]
    }

    private static func leftOut(_ content: PageContent, _ budget: TextBudget) -> [Template.Filling] {
        guard content.inputs != nil else { return [] }
        let all = content.stories.indices.count {
            content.stories[$0].location != nil && content.stories[$0].exact == $0
        }
        let held = budget.isHeld.count { $0 }
        return held < all ? [["held": "\(grouped(held))", "all": "\(grouped(all))"]] : []
    }

    /// One inert element for each cluster, so that the browser parses none before it is asked for.
    private static func data(_ parts: [ClusterPart]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.json.count + 64 })
        for (at, part) in parts.enumerated() {
            bytes += "<script type=\"application/json\" id=\"d\(at + 1)\">".utf8
            bytes += part.json
            bytes += "</script>\n".utf8
        }
        return bytes
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate init(_ embedded: cpage_bytes) { self.init(start: embedded.bytes, count: embedded.count) }
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
