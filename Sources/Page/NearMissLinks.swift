/// Which near misses concern a cluster.
struct NearMissLinks: Sendable {
    struct Link {
        /// Number of the near miss.
        var miss: Int
        /// The representative of the other event.
        var other: Int
    }

    /// By cluster.
    private(set) var links: [Int: [Link]] = [:]
    /// Of each near miss the clusters of its two, nil for a story that is alone.
    private(set) var clusters: [[Int?]] = []

    init(_ content: PageContent) {
        var byRepresentative: [Int: Int] = [:]
        for (number, cluster) in content.clusters.enumerated() { byRepresentative[cluster.representative] = number }
        for (number, miss) in content.nearMisses.enumerated() {
            let pair = miss.inClusters.map { $0.flatMap { byRepresentative[$0] } }
            clusters.append(pair)
            for (cluster, other) in zip(pair, miss.pair.members.reversed()) {
                if let cluster { links[cluster, default: []].append(Link(miss: number, other: other)) }
            }
        }
    }
}
