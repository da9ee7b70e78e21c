import Cluster
import DedupKit
import Overlap

/// The verified pairs of documents: those of distinct texts, spread over the exact copies of both.
///
/// Where more than `most` pairs would come of one pair of texts, or of the copies of one text, only those with the
/// preferred copy are listed: a thousand copies of a page would be half a million pairs that say one thing.
struct DocumentPairs {
    struct Pair {
        var a, b: Int
        var jaccard, containmentA, containmentB: Double
    }

    static let most = 10_000

    private let clustering: Clustering
    private let copies: [Int: [Int]]

    init(_ clustering: Clustering) {
        self.clustering = clustering
        copies = Dictionary(
            uniqueKeysWithValues: ClusterList(clustering, .exact).clusters.map { ($0.representative, $0.members) })
    }

    func forEach<E: Error>(_ body: (Pair) throws(E) -> Void) throws(E) {
        for text in clustering.documents.indices {
            guard let copies = copies[text] else { continue }
            let all = copies.count * (copies.count - 1) / 2 <= Self.most
            for (i, a) in copies.enumerated() where all || a == text {
                for b in all ? copies[(i + 1)...] : copies[...] where a != b {
                    try body(Pair(a: a, b: b, jaccard: 1, containmentA: 1, containmentB: 1))
                }
            }
        }
        for pair in clustering.pairs {
            let (textA, textB) = (Int(pair.a), Int(pair.b))
            var (a, b) = (copies[textA] ?? [textA], copies[textB] ?? [textB])
            if a.count * b.count > Self.most { (a, b) = ([textA], [textB]) }
            for a in a {
                for b in b {
                    let overlap = pair.overlap
                    try body(
                        Pair(
                            a: a, b: b, jaccard: overlap.jaccard, containmentA: overlap.containmentA,
                            containmentB: overlap.containmentB))
                }
            }
        }
    }
}
