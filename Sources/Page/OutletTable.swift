import Report

/// Who copies whom: in each copy group, the outlet of the story seen first and those of the others.
///
/// Seen first in this dump: who wrote first is not known.
struct OutletTable {
    let filling: Template.Filling

    private static let most = 12

    /// Nil where no outlet has a story that another had first.
    init?(_ content: PageContent, _ orders: [ClusterOrder]) {
        var counts: [String: [String: Int]] = [:]
        var (reprinted, reprints) = ([String: Int](), [String: Int]())
        for stories in orders.lazy.flatMap(\.groups).map(\.stories) {
            guard let first = stories.first.map({ content.stories[$0] }), first.time != nil, !first.outlet.isEmpty
            else { continue }
            for story in stories.dropFirst().map({ content.stories[$0] })
            where !story.outlet.isEmpty && story.outlet != first.outlet {
                counts[first.outlet, default: [:]][story.outlet, default: 0] += 1
                reprinted[first.outlet, default: 0] += 1
                reprints[story.outlet, default: 0] += 1
            }
        }
        guard !counts.isEmpty else { return nil }
        let involved = Set(reprinted.keys).union(reprints.keys).map { name in
            (name: name, reprinted: reprinted[name, default: 0], reprints: reprints[name, default: 0])
        }.sorted { ($1.reprinted + $1.reprints, $0.name) < ($0.reprinted + $0.reprints, $1.name) }
        let shown = involved.prefix(Self.most)
        let longest = Double(shown.map { max($0.reprinted, $0.reprints) }.max()!)
        filling = [
            "bars": .list(
                shown.map {
                    [
                        "name": "\($0.name)", "reprinted": "\($0.reprinted)", "reprints": "\($0.reprints)",
                        "reprinted_width": "\(percent(Double($0.reprinted) / longest))",
                        "reprints_width": "\(percent(Double($0.reprints) / longest))",
                    ]
                }),
            "columns": .list(shown.map { ["name": "\($0.name)"] }),
            "rows": .list(Self.rows(shown.map(\.name), counts)),
            "more": .list(
                involved.count > Self.most
                    ? [["count": "\(counted(involved.count - Self.most, "outlet", "outlets"))"]] : []),
        ]
    }

    /// Of each outlet, how often each of the others has its stories.
    private static func rows(_ names: [String], _ counts: [String: [String: Int]]) -> [Template.Filling] {
        let largest = counts.values.flatMap(\.values).max()!
        return names.map { first in
            let cells: [Template.Filling] = names.map { other in
                let count = counts[first]?[other] ?? 0
                let shade = count == 0 ? 0 : 1 + min(3, 4 * count / (largest + 1))
                return ["count": count == 0 ? "" : "\(count)", "shade": "\(shade)"]
            }
            return ["name": "\(first)", "cells": .list(cells)]
        }
    }
}
