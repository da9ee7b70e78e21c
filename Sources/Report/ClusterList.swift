import DedupKit

/// Clusters of at least two documents at one level, largest first, then in the order of their representatives.
package struct ClusterList {
    package struct Cluster: Sendable {
        package var representative: DocumentNumber
        /// In input order.
        package var members: [DocumentNumber]
    }
    package private(set) var clusters: [Cluster]

    init(_ clustering: Clustering, _ level: Level) { self.init(labels: clustering.labels[level]!) }

    /// - Parameter labels: of each document the number of its cluster's representative.
    package init(labels: [DocumentNumber]) {
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
        clusters.sort { ($1.members.count, $0.representative) < ($0.members.count, $1.representative) }
    }
}
