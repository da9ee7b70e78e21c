import DedupKit
import JSON
import Report

// What the head of the page says of its results.

extension PageContent {
    private static let mostProblems = 20

    private var documents: Int { results.reduce(0) { $0 + $1.documents } }

    /// Nil where results differ in it.
    private var level: Level? { Set(results.map(\.level)).count == 1 ? results[0].level : nil }

    var heading: String {
        let count = clusters.count
        let told =
            switch level {
            case .exact: counted(count, "cluster of exact copies", "clusters of exact copies")
            case .near: counted(count, "cluster of near copies", "clusters of near copies")
            case .copy: counted(count, "cluster of copies", "clusters of copies")
            case .event: counted(count, "event told more than once", "events told more than once")
            case nil: counted(count, "cluster", "clusters")
            }
        let results = results.count > 1 ? " of \(counted(results.count, "result", "results"))" : ""
        return "\(told), in \(counted(documents, "story", "stories"))\(results)"
    }

    /// From all stories to the events that they tell of.
    var funnel: [Template.Filling] {
        let shared = Level.allCases.filter { level in results.allSatisfy { level <= $0.level } }
        let levels: [Template.Filling] = shared.map { level in
            let count = results.reduce(0) { sum, result in
                sum + (result.counts.first { $0.level == level }?.clusters ?? 0)
            }
            let name =
                switch level {
                case .exact: "distinct"
                case .near: "without near copies"
                case .copy: "without copies"
                case .event: count == 1 ? "event" : "events"
                }
            return ["count": "\(grouped(count))", "name": "\(name)"]
        }
        return [["count": "\(grouped(documents))", "name": "stories"]] + levels
    }

    /// Those in which all results agree.
    var commonParameters: [Parameter] {
        results[0].told.filter { told in results.allSatisfy { $0.told.contains(told) } }
    }

    /// A line for each of several results.
    var resultRows: [Template.Filling] {
        let common = commonParameters
        var clusterCounts = [Int](repeating: 0, count: results.count), storyCounts = clusterCounts
        for cluster in clusters {
            clusterCounts[stories[cluster.representative].result] += 1
            storyCounts[stories[cluster.representative].result] += cluster.members.count
        }
        return results.indices.map { at in
            let own = results[at].told.filter { !common.contains($0) }.map { "\($0.name): \($0.value)" }
            return [
                "name": "\(results[at].name)", "stories": "\(grouped(results[at].documents))",
                "clustered": "\(grouped(storyCounts[at]))", "clusters": "\(grouped(clusterCounts[at]))",
                "parameters": "\(own.joined(separator: ", "))",
            ]
        }
    }

    var problemList: [Template.Filling] {
        let unreadable = results.reduce(0) { $0 + $1.unreadable }
        guard unreadable > 0 else { return [] }
        let listed = results.flatMap(\.problems).prefix(Self.mostProblems)
        let untold = unreadable - listed.count
        return [
            [
                "count": "\(counted(unreadable, "record", "records"))",
                "problems": .list(listed.map { ["problem": "\($0)"] }),
                "untold": .list(untold > 0 ? [["count": "\(untold)"]] : []),
            ]
        ]
    }

    /// Results whose source is gone: of several by their names.
    var gone: [Template.Filling] {
        let gone = results.filter { $0.source == nil }
        guard !gone.isEmpty else { return [] }
        return [["names": .list(results.count > 1 ? gone.map { ["name": "\($0.name)"] } : [])]]
    }
}

/// What a run was asked for.
struct Parameter: Equatable {
    var name, value: String
}

extension PageContent.Result {
    fileprivate var told: [Parameter] {
        var told = [Parameter(name: "level", value: level.rawValue)]
        if level > .exact {
            let threshold = fixed(definition.threshold, decimals: 2)
            told.append(Parameter(name: "near copies", value: "Jaccard ≥ \(threshold) of five-word shingles"))
            told.append(Parameter(name: "linkage", value: definition.linkage.rawValue))
        }
        if level == .event {
            let threshold = fixed(definition.event.threshold, decimals: 2)
            told.append(Parameter(name: "events", value: "average score ≥ \(threshold)"))
        }
        return told + [Parameter(name: "dedup", value: version)]
    }
}
