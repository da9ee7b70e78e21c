import JSON
import Report

/// Numbers from 0 to 1 of several kinds as stacked bars, with lines at thresholds.
struct Histogram {
    /// Nil where there are no numbers.
    private(set) var filling: Template.Filling?

    private static let bins = 20

    private struct Legend {
        var name, heading, caption, measure, line: String
        /// With the class that colours it.
        var kinds: [(name: String, class: String)]
    }

    /// How similar stories are to what they are compared with, by how they hang together with it.
    init(jaccard parts: [ClusterPart], _ content: PageContent) {
        let values = parts.flatMap(\.ties).compactMap { tie, jaccard in
            jaccard.map { (Tie.allCases.firstIndex(of: tie)!, $0) }
        }
        let legend = Legend(
            name: "jaccard", heading: "How similar",
            caption: "Jaccard similarity of \(grouped(values.count)) stories with the one that they are compared with: "
                + "the share of runs of five words that two texts have in common. Right of the line they count as nearly "
                + "word for word.",
            measure: "Jaccard", line: "nearly word for word", kinds: Tie.allCases.map { ($0.name, $0.rawValue) })
        fill(values, legend, thresholds: content.results.map(\.definition.threshold))
    }

    /// How close the reports of events are to the others of their event, and how close other events came.
    init(scores content: PageContent) {
        let voices = content.members.filter { content.stories[$0].copy == $0 }
        let inside = voices.compactMap { content.stories[$0].eventScore.map { (0, $0) } }
        let values = inside + content.nearMisses.map { (1, $0.score) }
        let legend = Legend(
            name: "scores", heading: "How certain",
            caption: "Average score of \(counted(inside.count, "report", "reports")) with the others of the event. "
                + "Left of the line: events that stayed apart by little.",
            measure: "score", line: "one event",
            kinds: [("in an event", Tie.event.rawValue), ("almost in one", "miss")])
        fill(
            values, legend, thresholds: content.results.filter { $0.level == .event }.map(\.definition.event.threshold))
    }

    private mutating func fill(_ values: [(kind: Int, value: Double)], _ legend: Legend, thresholds: [Double]) {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: legend.kinds.count), count: Self.bins)
        for (kind, value) in values { counts[min(Self.bins - 1, Int(value * Double(Self.bins)))][kind] += 1 }
        let totals = counts.map { $0.reduce(0, +) }
        guard let most = totals.max(), most > 0 else { return }
        let labelled = Self.labelled(totals)
        var bars: [Template.Filling] = [], labels: [Template.Filling] = [], rows: [Template.Filling] = []
        for (bin, counts) in counts.enumerated() where totals[bin] > 0 {
            let x = Double(bin) / Double(Self.bins), width = 1 / Double(Self.bins)
            let name = "\(fixed(x, decimals: 2)) to \(fixed(x + width, decimals: 2))"
            var y = 1.0
            for (kind, count) in zip(legend.kinds, counts) where count > 0 {
                let height = Double(count) / Double(most)
                y -= height
                bars.append([
                    "class": "\(kind.class)", "x": "\(percent(x + 0.002))", "width": "\(percent(width - 0.004))",
                    "y": "\(percent(y))", "height": "\(percent(height))",
                    "title": "\(count) \(kind.name), \(legend.measure) \(name)",
                ])
            }
            if labelled.contains(bin) {
                labels.append(["x": "\(percent(x + width / 2))", "y": "\(percent(y))", "count": "\(totals[bin])"])
            }
            rows.append(
                ["name": "\(name)", "cells": .list(counts.map { ["count": $0 == 0 ? "" : "\($0)"] })])
        }
        filling = [
            "name": "\(legend.name)", "heading": "\(legend.heading)", "caption": "\(legend.caption)",
            "measure": "\(legend.measure)", "line": "\(legend.line)",
            "bars": .list(bars), "labels": .list(labels), "rows": .list(rows),
            "thresholds": .list(
                Set(thresholds).sorted().map { ["threshold": "\(fixed($0, decimals: 2))", "x": "\(percent($0))"] }),
            "kinds": .list(legend.kinds.map { ["class": "\($0.class)", "name": "\($0.name)"] }),
        ]
    }

    /// Bars with their number above: the highest first, and no two that would touch.
    private static func labelled(_ totals: [Int]) -> Set<Int> {
        var labelled: Set<Int> = []
        func digits(_ bin: Int) -> Int { String(totals[bin]).count }
        for bin in totals.indices.sorted(by: { (totals[$1], $0) < (totals[$0], $1) }) where totals[bin] > 0 {
            let touches = [bin - 1, bin + 1].contains { labelled.contains($0) && digits($0) + digits(bin) > 4 }
            if !touches { labelled.insert(bin) }
        }
        return labelled
    }
}

/// How many clusters there are of each size.
func sizeRows(_ sizes: [Int]) -> [Template.Filling] {
    let starts = [2, 3, 4, 5, 6, 11, 21, 51, 101, 1001]
    var counts = [Int](repeating: 0, count: starts.count)
    for size in sizes { counts[starts.lastIndex { $0 <= size } ?? 0] += 1 }
    let most = max(1, counts.max()!)
    return starts.indices.filter { counts[$0] > 0 }.map { at in
        let next = at + 1 < starts.count ? starts[at + 1] - 1 : nil
        let name = next.map { $0 == starts[at] ? "\(starts[at])" : "\(starts[at])–\($0)" } ?? "\(starts[at]) or more"
        return [
            "name": "\(name)", "count": "\(grouped(counts[at]))",
            "width": "\(percent(Double(counts[at]) / Double(most)))",
        ]
    }
}
