import Report

/// Who takes from whom: in each group of copies, the outlet of the story seen first and those of the others; and what
/// each outlet had first.
///
/// Seen first in this dump: who wrote first is not known.
struct OutletTable {
    let filling: Template.Filling

    private struct Outlet {
        var name: String
        /// Events whose earliest story is its own, stories that others printed later, and the reverse.
        var first = 0, taken = 0, takes = 0
    }

    private static let most = 40, mostInMatrix = 14

    /// Nil where there are no two outlets.
    init?(_ content: PageContent, _ orders: [ClusterOrder]) {
        var outlets: [String: Outlet] = [:], counts: [String: [String: Int]] = [:]
        func add(_ name: String, _ field: WritableKeyPath<Outlet, Int>) {
            outlets[name, default: Outlet(name: name)][keyPath: field] += 1
        }
        for order in orders {
            let earliest = Set(order.earliest(content).map { content.stories[$0].outlet })
            if earliest.count == 1, let first = earliest.first, !first.isEmpty { add(first, \.first) }
            for stories in order.groups.lazy.map(\.stories) {
                let first = content.stories[stories[0]]
                for other in stories.dropFirst() where content.isLater(other, than: stories[0]) {
                    let story = content.stories[other]
                    guard !first.outlet.isEmpty, !story.outlet.isEmpty, story.outlet != first.outlet else { continue }
                    counts[first.outlet, default: [:]][story.outlet, default: 0] += 1
                    add(first.outlet, \.taken)
                    add(story.outlet, \.takes)
                }
            }
        }
        guard outlets.count > 1 else { return nil }
        let involved = outlets.values.sorted {
            ($1.taken + $1.takes, $1.first, $0.name) < ($0.taken + $0.takes, $0.first, $1.name)
        }
        let names = involved.filter { $0.taken + $0.takes > 0 }.prefix(Self.mostInMatrix).map(\.name)
        filling = [
            "bars": .list(Self.bars(Array(involved.prefix(Self.most)))),
            "matrix": .list(
                names.isEmpty
                    ? []
                    : [["columns": .list(names.map { ["name": "\($0)"] }), "rows": .list(Self.rows(names, counts))]]),
            "more": .list(
                involved.count > Self.most
                    ? [["count": "\(counted(involved.count - Self.most, "outlet", "outlets"))"]] : []),
        ]
    }

    private static func bars(_ outlets: [Outlet]) -> [Template.Filling] {
        let longest = Double(outlets.map { max($0.first, $0.taken, $0.takes) }.max()!)
        return outlets.map { outlet in
            let columns = [("first", outlet.first), ("from", outlet.taken), ("by", outlet.takes)]
            let cells: [Template.Filling] = columns.map { field, count in
                [
                    "class": "\(field)", "width": "\(percent(Double(count) / longest))",
                    "link": .list(
                        count == 0 ? [] : [["to": "\(place([(field, outlet.name)]))", "count": "\(grouped(count))"]]),
                ]
            }
            return ["name": "\(outlet.name)", "to": "\(place([("outlet", outlet.name)]))", "cells": .list(cells)]
        }
    }

    /// Of each outlet, how often each of the others has its stories.
    private static func rows(_ names: [String], _ counts: [String: [String: Int]]) -> [Template.Filling] {
        let largest = counts.values.flatMap(\.values).max()!
        return names.map { first in
            let cells: [Template.Filling] = names.map { other in
                let count = counts[first]?[other] ?? 0
                let shade = count == 0 ? 0 : 1 + min(3, 4 * count / (largest + 1))
                let link: Template.Filling = [
                    "to": "\(place([("from", first), ("by", other)]))", "count": "\(count)", "by": "\(other)",
                    "from": "\(first)",
                ]
                return ["link": .list(count == 0 ? [] : [link]), "shade": "\(shade)"]
            }
            return ["name": "\(first)", "cells": .list(cells)]
        }
    }

    /// The place in the page that shows the events of a query.
    private static func place(_ query: [(name: String, value: String)]) -> String {
        "#" + query.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
    }

    /// As `URLSearchParams` reads it.
    static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            let isPlain = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
            return isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
