import DedupKit
import JSON

/// Clusters of at least two documents at one level: largest first, events of one size the most certain first, then in the
/// order of their representatives.
package struct ClusterList {
    package struct Cluster: Sendable {
        package var representative: DocumentNumber
        /// In input order.
        package var members: [DocumentNumber]
    }
    package private(set) var clusters: [Cluster]

    package init(_ clustering: Clustering, _ level: Level) {
        self.init(labels: clustering.labels[level]!, events: level == .event ? clustering.evidence.events : [:])
    }

    /// - Parameters:
    ///   - labels: of each document the number of its cluster's representative.
    ///   - events: by representative; clusters of copies are none, and certain.
    package init(labels: [DocumentNumber], events: [DocumentNumber: EventEvidence.Event]) {
        var sizes = [UInt32](repeating: 0, count: labels.count)
        for label in labels { sizes[label.index] += 1 }
        var places = [Int](repeating: -1, count: labels.count)
        clusters = []
        for representative in labels.indices where sizes[representative] > 1 {
            places[representative] = clusters.count
            clusters.append(Cluster(representative: DocumentNumber(representative), members: []))
            clusters[clusters.count - 1].members.reserveCapacity(Int(sizes[representative]))
        }
        for (document, label) in labels.enumerated() where places[label.index] >= 0 {
            clusters[places[label.index]].members.append(DocumentNumber(document))
        }
        let ranks = clusters.indices.map { place in
            let cluster = clusters[place]
            return (-cluster.members.count, -(events[cluster.representative].map { asSaved($0.score) } ?? 1), place)
        }
        clusters = ranks.sorted { $0 < $1 }.map { clusters[$0.2] }
    }
}
