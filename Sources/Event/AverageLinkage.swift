/// Average linkage (UPGMA) over a sparse graph, where a pair that is not listed has similarity 0: two clusters join
/// while the average over all pairs between them is the highest of both and reaches the threshold.
///
/// By nearest-neighbour chains (Murtagh 1983): average linkage is reducible, so clusters that are each other's nearest
/// may join at once and the tree comes out as if the closest pair of all had joined each time. Ties go to the smaller
/// document number.
///
/// - Parameter pairs: each pair once.
/// - Returns: for each of `count` documents the smallest document of its cluster.
func averageLinkage(count: Int, pairs: some Sequence<SimilarPair>, threshold: Double) -> [Int] {
    var linkage = AverageLinkage(count: count, pairs: pairs, least: threshold * SimilarPair.unit)
    for document in 0..<count where linkage.cluster[document] == document { linkage.agglomerate(from: document) }
    return (0..<count).map { linkage.root($0) }
}

private struct AverageLinkage {
    /// Of a document that leads its cluster, itself; else one that joined before it.
    var cluster: [Int]
    private var sizes: [Int]
    /// By leading document: each cluster with a listed pair and the sum over the pairs between.
    private var neighbours: [[Int: Int]]
    private let least: Double

    init(count: Int, pairs: some Sequence<SimilarPair>, least: Double) {
        cluster = Array(0..<count)
        sizes = Array(repeating: 1, count: count)
        neighbours = Array(repeating: [:], count: count)
        self.least = least
        for pair in pairs {
            neighbours[Int(pair.first)][Int(pair.second)] = Int(pair.similarity)
            neighbours[Int(pair.second)][Int(pair.first)] = Int(pair.similarity)
        }
    }

    func root(_ document: Int) -> Int {
        var at = document
        while cluster[at] != at { at = cluster[at] }
        return at
    }

    /// Joins until the cluster that `start` leads or joined has no neighbour at the threshold.
    mutating func agglomerate(from start: Int) {
        var chain = [start]
        while let tip = chain.last {
            let previous = chain.dropLast().last
            guard let next = nearest(to: tip, preferring: previous) else {
                // Similarities rise along a chain, so only its first cluster can have no neighbour near enough.
                return
            }
            if next == previous {
                chain.removeLast(2)
                let joined = join(tip, next)
                if chain.isEmpty { chain.append(joined) }
            } else {
                chain.append(next)
            }
        }
    }

    private func nearest(to tip: Int, preferring previous: Int?) -> Int? {
        var best: (cluster: Int, average: Double)?
        for (other, sum) in neighbours[tip] {
            let average = Double(sum) / Double(sizes[tip] * sizes[other])
            guard average >= least else { continue }
            // The cluster before on the chain wins ties, or the chain would go in circles.
            let closer = best.map { best in
                average != best.average
                    ? average > best.average
                    : other == previous || (best.cluster != previous && other < best.cluster)
            }
            if closer ?? true { best = (other, average) }
        }
        return best?.cluster
    }

    private mutating func join(_ a: Int, _ b: Int) -> Int {
        let (kept, gone) = (min(a, b), max(a, b))
        let moved = neighbours[gone]
        neighbours[gone] = [:]
        for (other, sum) in moved {
            neighbours[other][gone] = nil
            if other == kept { continue }
            neighbours[kept][other, default: 0] += sum
            neighbours[other][kept, default: 0] += sum
        }
        sizes[kept] += sizes[gone]
        cluster[gone] = kept
        return kept
    }
}
