/// How well a predicted clustering agrees with gold labels.
public struct ClusteringScores: Sendable, Equatable {
    public struct Agreement: Sendable, Equatable {
        public let precision: Double
        public let recall: Double

        /// The harmonic mean of precision and recall; 0 where both are.
        public var f1: Double { precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall) }
    }

    public let documents: Int
    public let predictedClusters: Int
    public let goldClusters: Int

    /// Averages over documents: of a document's predicted cluster, the share that belongs with it (precision); of its
    /// gold cluster, the share that was put with it (recall). Bagga & Baldwin 1998.
    public let bCubed: Agreement

    /// Over pairs of documents: of the pairs put together, the share that belong together, and the reverse. A side
    /// without pairs scores 0.
    public let pairwise: Agreement

    /// 1 for equal partitions, 0 on average for a random one with the same cluster sizes. Hubert & Arabie 1985.
    public let adjustedRand: Double

    /// B-cubed over the documents of gold clusters of one document, of two, of 3 to 5, of 6 to 20 and of more; of sizes
    /// that there are.
    public let bySize: [OfSize]

    /// The part of the documents whose gold clusters have some sizes.
    public struct OfSize: Sendable, Equatable {
        /// The largest is `Int.max` of the last.
        public let sizes: ClosedRange<Int>
        public let documents: Int
        public let goldClusters: Int
        public let bCubed: Agreement

        fileprivate static let all = [1...1, 2...2, 3...5, 6...20, 21...Int.max]

        /// Of several dumps together, each document as much as any other.
        public static func together(_ scores: [ClusteringScores]) -> [OfSize] {
            all.compactMap { sizes in
                let parts = scores.flatMap(\.bySize).filter { $0.sizes == sizes }
                let documents = parts.reduce(0) { $0 + $1.documents }
                func mean(_ value: (Agreement) -> Double) -> Double {
                    parts.reduce(0) { $0 + value($1.bCubed) * Double($1.documents) } / Double(documents)
                }
                return parts.isEmpty
                    ? nil
                    : OfSize(
                        sizes: sizes, documents: documents, goldClusters: parts.reduce(0) { $0 + $1.goldClusters },
                        bCubed: Agreement(precision: mean(\.precision), recall: mean(\.recall)))
            }
        }
    }

    /// - Parameters:
    ///   - predicted: the predicted cluster of each document, as any number.
    ///   - gold: the gold cluster of the same documents in the same order.
    /// - Complexity: O(*n*).
    public init(predicted: [Int], gold: [Int]) {
        precondition(predicted.count == gold.count, "\(predicted.count) predicted labels, \(gold.count) gold labels")
        let both = zip(predicted, gold).map(Cell.init)
        let cells = counts(both)
        let predictedSizes = counts(predicted)
        let goldSizes = counts(gold)

        documents = gold.count
        predictedClusters = predictedSizes.count
        goldClusters = goldSizes.count

        let parts = OfSize.all.map { sizes in
            Sums(cells.filter { sizes.contains(goldSizes[$0.key.gold]!) }, predictedSizes, goldSizes)
        }
        bCubed = Sums(cells, predictedSizes, goldSizes).mean
        bySize = zip(OfSize.all, parts).compactMap { sizes, sums in
            sums.documents == 0
                ? nil
                : OfSize(
                    sizes: sizes, documents: sums.documents, goldClusters: goldSizes.count { sizes.contains($0.value) },
                    bCubed: sums.mean)
        }

        let shared = pairs(cells.values)
        let together = pairs(predictedSizes.values)
        let belonging = pairs(goldSizes.values)
        pairwise = Agreement(
            precision: Double(shared) / Double(max(together, 1)), recall: Double(shared) / Double(max(belonging, 1)))

        let expected = Double(together) * Double(belonging) / Double(max(pairs([documents]), 1))
        let highest = Double(together + belonging) / 2
        adjustedRand = highest == expected ? 1 : (Double(shared) - expected) / (highest - expected)
    }

    fileprivate struct Cell: Hashable {
        let predicted: Int
        let gold: Int
    }
}

/// What B-cubed averages.
private struct Sums {
    private(set) var documents = 0
    // Whole numbers for each size of cluster: the sums do not depend on the order of the documents.
    private var precision: [Int: Int] = [:]
    private var recall: [Int: Int] = [:]

    init(_ cells: [ClusteringScores.Cell: Int], _ predictedSizes: [Int: Int], _ goldSizes: [Int: Int]) {
        for (cell, shared) in cells {
            documents += shared
            precision[predictedSizes[cell.predicted]!, default: 0] += shared * shared
            recall[goldSizes[cell.gold]!, default: 0] += shared * shared
        }
    }

    var mean: ClusteringScores.Agreement {
        let n = Double(max(documents, 1))
        return ClusteringScores.Agreement(precision: sum(precision) / n, recall: sum(recall) / n)
    }
}

private func counts<Label: Hashable>(_ labels: [Label]) -> [Label: Int] {
    labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}

/// The sum of each number divided by its key.
private func sum(_ shares: [Int: Int]) -> Double {
    shares.sorted { $0.key < $1.key }.reduce(0) { $0 + Double($1.value) / Double($1.key) }
}

private func pairs(_ sizes: some Sequence<Int>) -> Int {
    sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
}
