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
    let slabs = (documents + TermStore.slab - 1) / TermStore.slab
    nonisolated(unsafe) let searches = (0..<workers.count).map { _ in PairSearch(similarity, index) }
    var found: [[SimilarPair]] = Array(repeating: [], count: slabs)
    found.withUnsafeMutableBufferPointer { found in
        nonisolated(unsafe) let found = found
        workers.forEach(slabs) { slab, worker in
            for document in slab * TermStore.slab..<min((slab + 1) * TermStore.slab, documents) {
                searches[worker].add(pairsOf: document, to: &found[slab])
            }
        }
    }
    return Array(found.joined())
}

/// What one worker needs to find pairs.
private final class PairSearch {
    private let similarity: PairSimilarity
    private let search: HeavyTermIndex.Search
    private let probe = TermProbe()

    init(_ similarity: PairSimilarity, _ index: HeavyTermIndex) {
        self.similarity = similarity
        search = HeavyTermIndex.Search(index)
    }

    func add(pairsOf document: Int, to pairs: inout [SimilarPair]) {
        let parameters = similarity.parameters
        let candidates = search.candidates(
            of: document, least: parameters.leastMeeting, most: parameters.mostCandidates)
        if candidates.isEmpty { return }
        let vectors = similarity.vectors
        vectors.prefetch(Int(candidates[0]))
        probe.load(vectors[document])
        for number in candidates.indices {
            if number + 1 < candidates.count { vectors.prefetch(Int(candidates[number + 1])) }
            let other = candidates[number]
            let cosine = probe.cosine(with: vectors[Int(other)])
            guard cosine >= parameters.leastCosine else { continue }
            pairs.append(
                SimilarPair(first: other, second: Int32(document), similarity: Int32(cosine * SimilarPair.unit)))
        }
    }
}
