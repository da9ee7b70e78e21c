import Tables

/// Average linkage (UPGMA) over a sparse graph, where a pair that is not listed has similarity 0: the two clusters
/// whose pairs are most alike on average join, as long as that average reaches the threshold.
///
/// A join raises no average above the higher of the two it is made of, so an average worked out once bounds all later
/// ones: a heap of such bounds is put right only where an edge reaches its top, and an edge that falls below the
/// threshold is done with. Look-alikes are left apart: two clusters whose average exceeds the threshold by less than half
/// of what it is exceeded by within each of them. What they have in common counts for nothing from then on.
///
/// O(*m* log *m*) and, for each join, the neighbours of what joins. No exact method can be
/// near-linear on every graph (Dhulipala et al., Hierarchical agglomerative graph clustering in nearly-linear time,
/// ICML 2021); on graphs where no document has very many neighbours this one is.
///
/// - Parameter pairs: each pair once. Where averages tie, earlier pairs join first.
/// - Returns: for each of `count` documents the smallest document of its cluster.
func averageLinkage(count: Int, pairs: some Sequence<SimilarPair>, threshold: Double) -> [Int32] {
    var linkage = AverageLinkage(count: count, pairs: pairs, least: threshold * SimilarPair.unit)
    linkage.run()
    return (0..<Int32(count)).map { Int32(linkage.cluster(of: $0)) }
}

private struct AverageLinkage {
    /// What lies between two clusters, those of its two ends.
    private struct Edge {
        /// Of the listed pairs; 0 once the edge lies within a cluster or was added to another.
        var sum: Int
        /// At least the average.
        var bound: Double
    }

    private struct OpenEdge: Comparable {
        let bound: Double
        let edge: Int32

        static func < (left: Self, right: Self) -> Bool {
            left.bound > right.bound || (left.bound == right.bound && left.edge < right.edge)
        }
    }

    private let least: Double
    private var edges: [Edge] = []
    /// The edges that may still reach the threshold: the highest bound first, then the earliest edge.
    private var open = Heap<OpenEdge>()

    /// Edge *e* has the ends 2*e* and 2*e* + 1; each end is in the list of its document's cluster.
    private var ends: [Int32] = []
    private var next: [Int32] = []
    private var firstEnd: [Int32]
    private var lastEnd: [Int32]

    /// A cluster goes by its smallest document.
    private var clusters: DisjointSets
    private var sizes: [Int]
    /// Of all pairs within.
    private var sums: [Int]
    /// By cluster: the edge to it from the cluster being joined.
    private var found: [Int32]

    init(count: Int, pairs: some Sequence<SimilarPair>, least: Double) {
        self.least = least
        clusters = DisjointSets(count: count)
        sizes = Array(repeating: 1, count: count)
        sums = Array(repeating: 0, count: count)
        (firstEnd, lastEnd, found) = (none(count), none(count), none(count))
        var open: [OpenEdge] = []
        for pair in pairs {
            let bound = Double(pair.similarity)
            if bound >= least { open.append(OpenEdge(bound: bound, edge: Int32(edges.count))) }
            edges.append(Edge(sum: Int(pair.similarity), bound: bound))
            add(endAt: pair.first)
            add(endAt: pair.second)
        }
        self.open = Heap(consume open)
    }

    private mutating func add(endAt document: Int32) {
        ends.append(document)
        next.append(-1)
        list(Int32(ends.count - 1), of: Int(document))
    }

    mutating func cluster(of document: Int32) -> Int { clusters.find(Int(document)) }

    mutating func run() {
        while let top = open.first {
            let edge = Int(top.edge)
            let (a, b) = (cluster(of: ends[2 * edge]), cluster(of: ends[2 * edge + 1]))
            let average = Double(edges[edge].sum) / (Double(sizes[a]) * Double(sizes[b]))
            if average == top.bound {
                if areLookAlikes(a, b, average) { edges[edge].sum = 0 } else { join(a, b, sum: edges[edge].sum) }
            }
            edges[edge].bound = average
            if edges[edge].sum == 0 || average < least {
                open.popFirst()
            } else {
                open.replaceFirst(with: OpenEdge(bound: average, edge: top.edge))
            }
        }
    }

    private func areLookAlikes(_ a: Int, _ b: Int, _ average: Double) -> Bool {
        average - least < Self.leastShare * (min(cohesion(a), cohesion(b)) - least)
    }

    private static let leastShare = 0.5

    private func cohesion(_ cluster: Int) -> Double {
        let size = sizes[cluster]
        return size == 1 ? least : Double(2 * sums[cluster]) / Double(size * (size - 1))
    }

    private mutating func join(_ a: Int, _ b: Int, sum: Int) {
        let joined = min(a, b)
        clusters.join(a, b)
        sizes[joined] = sizes[a] + sizes[b]
        sums[joined] = sums[a] + sums[b] + sum
        let lists = (firstEnd[a], firstEnd[b])
        firstEnd[joined] = -1
        take(lists.0, into: joined)
        take(lists.1, into: joined)
        var end = Int(firstEnd[joined])
        while end >= 0 {
            found[cluster(of: ends[end ^ 1])] = -1
            end = Int(next[end])
        }
    }

    /// Moves the ends of one of the joining clusters, adding up the edges that lead to the same neighbour.
    private mutating func take(_ first: Int32, into joined: Int) {
        var following = first
        while following >= 0 {
            let end = following
            following = next[Int(end)]
            let edge = Int(end >> 1)
            guard edges[edge].sum != 0 else { continue }
            let neighbour = cluster(of: ends[Int(end ^ 1)])
            let other = Int(found[neighbour])
            if neighbour == joined {
                edges[edge].sum = 0
            } else if other < 0 {
                found[neighbour] = Int32(edge)
                list(end, of: joined)
            } else if edges[edge].bound > edges[other].bound {
                // The higher bound holds for the sum, and only that edge is sure to be on the heap.
                add(other, to: edge)
                found[neighbour] = Int32(edge)
                list(end, of: joined)
            } else {
                add(edge, to: other)
            }
        }
    }

    private mutating func add(_ edge: Int, to kept: Int) {
        edges[kept].sum += edges[edge].sum
        edges[edge].sum = 0
    }

    private mutating func list(_ end: Int32, of cluster: Int) {
        next[Int(end)] = -1
        if firstEnd[cluster] < 0 { firstEnd[cluster] = end } else { next[Int(lastEnd[cluster])] = end }
        lastEnd[cluster] = end
    }
}

private func none(_ count: Int) -> [Int32] { Array(repeating: -1, count: count) }
