import Inputs
import MinHash
import Shingle

/// What bandings find among the documents of a corpus: candidates, and recall of the pairs above the threshold.
///
/// The truth is every pair that 42 × 3 finds, verified exactly; it misses a pair of Jaccard .7 once in fifty million.
struct BandingQuality {
    var path: String
    var threshold = 0.7

    private static let bandings = [
        Banding(bands: 14, rows: 9), Banding(bands: 16, rows: 8), Banding(bands: 25, rows: 5),
        Banding(bands: 32, rows: 4),
    ]

    static func printCurve() {
        let similarities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]
        var table = Table(["bands × rows"] + similarities.map { "J = " + fixed($0, 2) })
        for banding in bandings {
            table.append([banding.name] + similarities.map { fixed(banding.probability(at: $0), 4) })
        }
        Swift.print(table.markdown)
        var defaults = Table(["threshold", "bands × rows", "found at the threshold", "found .1 below"])
        for threshold in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
            let banding = Banding(threshold: threshold)
            defaults.append(
                [fixed(threshold, 1), banding.name]
                    + [threshold, threshold - 0.1].map { fixed(banding.probability(at: $0), 4) })
        }
        Swift.print(defaults.markdown)
    }

    func print() throws {
        let (sets, signatures) = try read()
        let truth = candidates(signatures, Banding(bands: 42, rows: 3)).filter { jaccard(sets, $0) >= threshold }
        let expected = truth.count
        Swift.print("\(sets.count) documents, \(expected) pairs of J ≥ \(fixed(threshold, 1))\n")
        let goal = "J ≥ \(fixed(threshold, 1))"
        var table = Table([
            "bands × rows", "candidates", "of these \(goal)", "left by the bytes", "of these \(goal)", "recall",
            "pairs missed", "lost by the bytes",
        ])
        let least = ByteSignature.leastAgreement(threshold: threshold)
        for banding in Self.bandings {
            let found = candidates(signatures, banding)
            let right = found.count { truth.contains($0) }
            let left = found.filter { agreement(signatures, $0) >= least }
            let rightLeft = left.count { truth.contains($0) }
            table.append([
                banding.name, "\(found.count)", fixed(Double(right) / Double(found.count), 3),
                "\(left.count)", fixed(Double(rightLeft) / Double(left.count), 3),
                fixed(Double(right) / Double(expected), 4), "\(expected - right)", "\(right - rightLeft)",
            ])
        }
        Swift.print(table.markdown)
    }

    private func read() throws -> (sets: [ShingleSet], signatures: [Signature]) {
        let inputs = try InputSet(paths: [path])
        let reader = inputs.reader()
        var shingler = Shingler()
        var sets: [ShingleSet] = []
        for chunk in 0..<inputs.chunkCount {
            _ = reader.forEachRecord(inChunk: chunk) { record in
                shingler.read(record.text.span)
                if shingler.tokenCount > 0 { sets.append(shingler.shingleSet()) }
            }
        }
        return (sets, sets.map { Signature(of: $0.hashes) })
    }

    private func candidates(_ signatures: [Signature], _ banding: Banding) -> Set<CandidatePair<OfItem>> {
        var index = LSHIndex(banding)
        for signature in signatures { index.insert(signature) }
        return Set(index.candidates().map { CandidatePair(ItemNumber($0.a), ItemNumber($0.b)) })
    }

    /// What the pipeline looks at before it reads two texts again.
    private func agreement(_ signatures: [Signature], _ pair: CandidatePair<OfItem>) -> Int {
        let (a, b) = (signatures[pair.a.index].slots, signatures[pair.b.index].slots)
        return a.indices.count { a[$0] & 255 == b[$0] & 255 }
    }

    private func jaccard(_ sets: [ShingleSet], _ pair: CandidatePair<OfItem>) -> Double {
        sets[pair.a.index].overlap(with: sets[pair.b.index]).jaccard
    }
}

extension Banding {
    fileprivate var name: String { "\(bands) × \(rows)" }
}
