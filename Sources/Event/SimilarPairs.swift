import Glibc
import Workers

/// Two documents and how alike they are.
struct SimilarPair: Sendable {
    /// Similarities are integers so that no order of summation shows in a result.
    static let unit = 65_536.0

    var first: Int32
    var second: Int32
    /// In units of 1/`unit`.
    var similarity: Int32
}

/// How alike two documents are: the cosine of their terms, discounted by the days apart.
struct PairScore: Sendable {
    let vectors: TermVectors
    let parameters: EventParameters

    func callAsFunction(_ first: Int, _ second: Int) -> Double {
        self(first, second, cosine: vectors.cosine(first, second))
    }

    func callAsFunction(_ first: Int, _ second: Int, cosine: Double) -> Double {
        cosine * dateFactor(first, second)
    }

    /// 1 where a date is missing.
    func dateFactor(_ first: Int, _ second: Int) -> Double {
        guard let a = vectors.day(first), let b = vectors.day(second) else { return 1 }
        return 1 + parameters.dateDiscount * expm1(-abs(a - b) / parameters.dateScale)
    }
}

/// The candidate pairs of the index that are alike enough to count, by their later document.
func similarPairs(_ score: PairScore, _ index: HeavyTermIndex, workers: Workers) -> [SimilarPair] {
    let documents = score.vectors.count
    let parameters = score.parameters
    var scratch = (0..<workers.count).map { _ in
        (meeting: HeavyTermIndex.Scratch(documents: documents), probe: TermProbe())
    }
    let slabs = (documents + TermStore.slab - 1) / TermStore.slab
    var found: [[SimilarPair]] = Array(repeating: [], count: slabs)
    scratch.withUnsafeMutableBufferPointer { scratch in
        found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let (scratch, found) = (scratch, found)
            workers.forEach(slabs) { slab, worker in
                var pairs: [SimilarPair] = []
                for document in slab * TermStore.slab..<min((slab + 1) * TermStore.slab, documents) {
                    let candidates = index.candidates(
                        of: document, least: parameters.leastMeeting, most: parameters.mostCandidates,
                        &scratch[worker].meeting)
                    if candidates.isEmpty { continue }
                    scratch[worker].probe.load(score.vectors[document])
                    for other in candidates {
                        let cosine = scratch[worker].probe.cosine(with: score.vectors[other])
                        let similarity = score(other, document, cosine: cosine)
                        guard similarity >= parameters.leastSimilarity else { continue }
                        pairs.append(
                            SimilarPair(
                                first: Int32(other), second: Int32(document),
                                similarity: Int32(similarity * SimilarPair.unit)))
                    }
                }
                found[slab] = pairs
            }
        }
    }
    return Array(found.joined())
}
