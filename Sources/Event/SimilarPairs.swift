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
    let blocks = TermSlab.ranges(of: similarity.vectors.count)
    let found = workers.map(blocks.count, scratch: { PairSearch(similarity, index) }) { search, block in
        workers.isStopped() ? [] : search.pairs(of: blocks[block])
    }
    return Array(found.joined())
}

/// What one worker needs to find pairs.
private struct PairSearch: ~Copyable {
    private let similarity: PairSimilarity
    private var search: HeavyTermIndex.Search
    private var probe = TermProbe()

    init(_ similarity: PairSimilarity, _ index: HeavyTermIndex) {
        self.similarity = similarity
        search = HeavyTermIndex.Search(index)
    }

    mutating func pairs(of documents: Range<Int>) -> [SimilarPair] {
        var pairs: [SimilarPair] = []
        for document in documents { add(pairsOf: document, to: &pairs) }
        return pairs
    }

    private mutating func add(pairsOf document: Int, to pairs: inout [SimilarPair]) {
        let (vectors, parameters) = (similarity.vectors, similarity.parameters)
        let candidates = search.candidates(
            of: document, least: parameters.leastMeeting, most: parameters.mostCandidates)
        if candidates.isEmpty { return }
        vectors.prefetch(Int(candidates[0]))
        vectors.withTerms(of: document) { probe.load($0) }
        for number in candidates.indices {
            if number + 1 < candidates.count { vectors.prefetch(Int(candidates[number + 1])) }
            let other = candidates[number]
            let cosine = vectors.withTerms(of: Int(other)) { probe.cosine(with: $0) }
            guard cosine >= parameters.leastCosine else { continue }
            pairs.append(
                SimilarPair(first: other, second: Int32(document), similarity: Int32(cosine * SimilarPair.unit)))
        }
    }
}
