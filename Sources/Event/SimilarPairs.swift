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

    var value: Double { Double(similarity) / Self.unit }

    static func rounded(_ value: Double) -> Double { Double(Int32(value * unit)) / unit }
}

/// How alike two documents are: the cosine of their terms.
struct PairSimilarity: Sendable {
    let vectors: TermVectors
    let parameters: EventParameters

    func callAsFunction(_ first: Int, _ second: Int) -> Double {
        SimilarPair.rounded(vectors.cosine(first, second))
    }
}

/// The candidate pairs of the index that are alike enough to count, by their later document.
func similarPairs(_ similarity: PairSimilarity, _ index: HeavyTermIndex, workers: Workers) -> [SimilarPair] {
    let documents = similarity.vectors.count
    let parameters = similarity.parameters
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
                    scratch[worker].probe.load(similarity.vectors[document])
                    for other in candidates {
                        let cosine = scratch[worker].probe.cosine(with: similarity.vectors[other])
                        guard cosine >= parameters.leastCosine else { continue }
                        pairs.append(
                            SimilarPair(
                                first: Int32(other), second: Int32(document),
                                similarity: Int32(cosine * SimilarPair.unit)))
                    }
                }
                found[slab] = pairs
            }
        }
    }
    return Array(found.joined())
}
