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

/// Two documents that may be of one event, and what they say of it by themselves; see `EventModel.ofWords`.
struct CandidatePair: Sendable {
    var first: Int32
    var second: Int32
    /// In units of 1/`SimilarPair.unit`, as is the next.
    private(set) var rawAlone: Int32
    private(set) var rawPart: Int32

    init(_ first: Int, _ second: Int, rawAlone: Int32, rawPart: Int32) {
        (self.first, self.second) = (Int32(first), Int32(second))
        (self.rawAlone, self.rawPart) = (rawAlone, rawPart)
    }

    init(_ first: Int, _ second: Int, _ logOdds: (alone: Double, part: Double)) {
        (self.first, self.second) = (Int32(first), Int32(second))
        (rawAlone, rawPart) = (Self.raw(logOdds.alone), Self.raw(logOdds.part))
    }

    var alone: Double { Double(rawAlone) / SimilarPair.unit }
    var part: Double { Double(rawPart) / SimilarPair.unit }

    /// Log-odds beyond it are as good as it.
    static let most = 99.0

    private static func raw(_ logOdds: Double) -> Int32 { Int32(max(-most, min(most, logOdds)) * SimilarPair.unit) }
}

/// The pairs of the index that have any hope, by their later document, then the earlier.
///
/// - Parameter first: only pairs of this document and of those behind it with earlier ones.
func candidatePairs(
    _ vectors: TermVectors, _ index: HeavyTermIndex, _ parameters: EventParameters, from first: Int = 0,
    workers: Workers
) -> [CandidatePair] {
    let blocks = TermSlab.ranges(of: vectors.count).filter { $0.upperBound > first }.map {
        $0.clamped(to: first..<vectors.count)
    }
    let found = workers.map(blocks.count, scratch: { PairSearch(vectors, index, parameters) }) { search, block in
        workers.isStopped() ? [] : search.pairs(of: blocks[block])
    }
    return Array(found.joined())
}

/// What one worker needs to find pairs.
private struct PairSearch: ~Copyable {
    private let vectors: TermVectors
    private let parameters: EventParameters
    private let hopeless: Double
    private var search: HeavyTermIndex.Search
    private var probe = TermProbe()

    init(_ vectors: TermVectors, _ index: HeavyTermIndex, _ parameters: EventParameters) {
        self.vectors = vectors
        self.parameters = parameters
        hopeless = parameters.model.hopeless
        search = HeavyTermIndex.Search(index)
    }

    mutating func pairs(of documents: Range<Int>) -> [CandidatePair] {
        var pairs: [CandidatePair] = []
        for document in documents { add(pairsOf: document, to: &pairs) }
        return pairs
    }

    private mutating func add(pairsOf document: Int, to pairs: inout [CandidatePair]) {
        let candidates = search.candidates(
            of: document, least: parameters.leastMeeting, most: parameters.mostCandidates)
        if candidates.isEmpty { return }
        vectors.prefetch(Int(candidates[0]))
        vectors.withTerms(of: document) { probe.load($0) }
        for number in candidates.indices {
            if number + 1 < candidates.count { vectors.prefetch(Int(candidates[number + 1])) }
            let other = Int(candidates[number])
            let likeness = vectors.withTerms(of: other) { probe.likeness(to: $0, least: parameters.leastCosine) }
            guard likeness.cosine >= parameters.leastCosine else { continue }
            let features = PairFeatures.of(other, document, likeness, vectors)
            let logOdds = parameters.model.ofWords(features)
            if logOdds.alone > hopeless { pairs.append(CandidatePair(other, document, logOdds)) }
        }
    }
}
