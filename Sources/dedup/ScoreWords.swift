import Evaluation
import JSON

extension ClusteringScores {
    var summary: String {
        """
        \(documents) documents, \(goldClusters) gold clusters, \(predictedClusters) predicted
                   precision  recall     F1
        B-cubed    \(bCubed.words)
        pairs      \(pairwise.words)
        adjusted Rand index \(fixed(adjustedRand, decimals: 4))

        """
    }
}

extension ClusteringScores.Agreement {
    /// Precision, recall and F1.
    fileprivate var words: String {
        [precision, recall, f1].map { fixed($0, decimals: 4) }.joined(separator: "     ")
    }
}

extension [ClusteringScores.OfSize] {
    /// B-cubed by how many documents a document's gold cluster has.
    func summary(of what: String) -> String {
        let rows = map { row in
            let (least, most) = (row.sizes.lowerBound, row.sizes.upperBound)
            let name = least == most ? "\(least)" : most == .max ? "\(least) and more" : "\(least) to \(most)"
            return "\(cell(name, 14))\(cell(row.documents, 11))\(cell(row.goldClusters, 11))\(row.bCubed.words)\n"
        }
        return """

            \(what), by size of the gold cluster
            size          documents  clusters   precision  recall     F1
            \(rows.joined())
            """
    }
}

extension LabelledRuns {
    var summary: String {
        func row(_ name: String, _ scores: ClusteringScores) -> String {
            "\(cell(name, 24))\(cell(scores.documents, 11))\(cell(scores.goldClusters, 10))\(scores.bCubed.words)\n"
        }
        var text = "B-cubed                 documents  clusters  precision  recall     F1\n"
        text += row("as it is", asItIs)
        for (seed, scores) in zip(Self.seeds, thinned) { text += row("thinned, seed \(seed)", scores) }
        text += "\(cell("thinned, mean", 67))\(fixed(thinned.meanF1, decimals: 4))\n"
        return text
            + "\(cell("5 to 50, mean of \(handfuls.count) dumps", 67))\(fixed(handfuls.meanF1, decimals: 4))\n"
    }
}

extension [ClusteringScores] {
    /// Of B-cubed.
    var meanF1: Double { reduce(0) { $0 + $1.bCubed.f1 } / Double(Swift.max(1, count)) }
}

/// Filled up to a width.
private func cell(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return text + String(repeating: " ", count: max(1, width - text.utf8.count))
}
