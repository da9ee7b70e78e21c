import Report

/// How similar stories are to what they are compared with, by how they hang together with it.
struct Histogram {
    /// Nil where no similarity is known.
    private(set) var filling: Template.Filling?

    private static let bins = 20

    /// - Parameter thresholds: Jaccard similarity of near copies, where lines are drawn, ascending.
    init(_ parts: [ClusterPart], thresholds: [Double]) {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: Tie.allCases.count), count: Self.bins)
        for (tie, jaccard) in parts.lazy.flatMap(\.ties) {
            guard let jaccard else { continue }
            counts[min(Self.bins - 1, Int(jaccard * Double(Self.bins)))][Tie.allCases.firstIndex(of: tie)!] += 1
        }
        let totals = counts.map { $0.reduce(0, +) }
        guard let most = totals.max(), most > 0 else { return }
        var bars: [Template.Filling] = [], labels: [Template.Filling] = [], rows: [Template.Filling] = []
        for (bin, counts) in counts.enumerated() where totals[bin] > 0 {
            let x = Double(bin) / Double(Self.bins), width = 1 / Double(Self.bins)
            let name = "\(fixed(x, decimals: 2)) to \(fixed(x + width, decimals: 2))"
            var y = 1.0
            for (tie, count) in zip(Tie.allCases, counts) where count > 0 {
                let height = Double(count) / Double(most)
                y -= height
                bars.append([
                    "tie": "\(tie.rawValue)", "x": "\(percent(x + 0.002))", "width": "\(percent(width - 0.004))",
                    "y": "\(percent(y))", "height": "\(percent(height))",
                    "title": "\(count) \(tie.name), Jaccard \(name)",
                ])
            }
            labels.append(["x": "\(percent(x + width / 2))", "y": "\(percent(y))", "count": "\(totals[bin])"])
            rows.append(
                ["name": "\(name)", "cells": .list(counts.map { ["count": $0 == 0 ? "" : "\($0)"] })])
        }
        filling = [
            "bars": .list(bars), "labels": .list(labels), "rows": .list(rows),
            "thresholds": .list(
                thresholds.map { ["threshold": "\(fixed($0, decimals: 2))", "x": "\(percent($0))"] }),
            "ties": .list(Tie.allCases.map(\.filling)), "stories": "\(totals.reduce(0, +))",
        ]
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
        return ["name": "\(name)", "count": "\(counts[at])", "width": "\(percent(Double(counts[at]) / Double(most)))"]
    }
}
