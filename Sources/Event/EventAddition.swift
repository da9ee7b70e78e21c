import Tables
import Workers

/// New documents clustered among those of before, whose weights and pairs are kept as they were when they were new
/// themselves. What has no weights yet is weighed by all that there are, and compared with all before it.
///
/// Pairs of before are as they were; company, what recurs, reach and linkage are those of now. No score is worked out but
/// between documents that can hang together with a new one: for the new ones this is what all scores would give.
///
/// - Complexity: O(*n*) in the terms and pairs of before, with a small constant; the rest is near-linear in what is new.
package struct EventAddition: Sendable {
    /// For each document the first of its cluster; of those that hang together with no new one, itself.
    package let labels: [VoiceNumber]
    /// Whether there are so many documents that each keeps its weights from now on.
    package let keepsWeights: Bool

    let score: PairScore
    private let weighed: Int
    /// Of the pairs that were scored, by both documents.
    private let similarities: [UInt64: Int32]
    /// Of those that had no weights.
    let found: [CandidatePair]
    /// Before they were weighed; empty where weights are kept.
    private let raw: [[Term]]
    private let rawHeaders: [TermStore.Header]
    private let ends: [UInt32]

    /// - Parameters:
    ///   - history: documents of before, and behind them the new ones.
    ///   - new: the first new one.
    ///   - few: so many are weighed anew each time.
    package init(
        _ history: consuming EventHistory, new: Int, few: Int, parameters: EventParameters = EventParameters(),
        workers: Workers
    ) {
        (weighed, keepsWeights) = (history.weighed, history.count > few)
        let store = history.takeStore()
        let frequencies = history.frequencies(with: store, from: weighed, workers)
        ends = store.ends
        (raw, rawHeaders) = keepsWeights ? ([], []) : (store.slabs, store.headers)
        let vectors = TermVectors(
            store, frequencies: frequencies, backgroundDocuments: parameters.backgroundDocuments,
            indexed: parameters.indexedTerms, from: weighed, workers: workers)
        let index = HeavyTermIndex(
            vectors, terms: parameters.indexedTerms, window: parameters.postingWindow, asked: history.asked,
            isStopped: workers.isStopped)
        let pairs = candidatePairs(vectors, index, parameters, from: weighed, workers: workers)
        found = workers.isStopped() ? [] : pairs
        let all = history.pairs + found
        let reach = Reach(
            vectors, company: Company.likelihoods(all, documents: vectors.count), window: parameters.window)
        let near = NearPairs(all, documents: vectors.count, new: new, reach, parameters)
        score = PairScore(
            vectors: vectors, company: Company(near.touching, documents: vectors.count, reach: reach),
            recurrence: Recurrence(near.touching, vectors, model: parameters.model, window: parameters.window),
            model: parameters.model, parameters: parameters)
        let done = score.scored(near.within, workers: workers), scored = workers.isStopped() ? [] : done
        similarities = Dictionary(
            scored.map { (Self.key($0.first, $0.second), $0.similarity) }, uniquingKeysWith: { one, _ in one })
        labels = clusters(
            scored, documents: vectors.count, threshold: parameters.threshold,
            workers: workers)
    }

    /// How likely two documents of a cluster are to report one event, 0–1; as the linkage has it, 0 of two that were not
    /// compared.
    package func similarity(_ first: VoiceNumber, _ second: VoiceNumber) -> Double {
        let (a, b) = (Int32(min(first, second).index), Int32(max(first, second).index))
        return Double(similarities[Self.key(a, b)] ?? 0) / SimilarPair.unit
    }

    private static func key(_ a: Int32, _ b: Int32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

    /// What is to be kept of a document that had no weights before.
    package func kept(_ document: Int) -> KeptReport {
        precondition(document >= weighed, "what has weights is kept as it was")
        guard keepsWeights else {
            return KeptReport(
                header: rawHeaders[document].words(isWeighed: false),
                terms: raw.withTerms(of: document, ends) { $0.map(\.word) })
        }
        let first = found.partitioningIndex { Int($0.second) >= document }
        let pairs = found[first...].prefix { Int($0.second) == document }.map {
            KeptReport.Pair(other: Int($0.first), alone: $0.rawAlone, part: $0.rawPart)
        }
        let header = score.vectors.header(document)
        return KeptReport(
            header: header.words(isWeighed: true), terms: header.isForm ? plainTerms(document) : foundTerms(document),
            pairs: pairs)
    }

    private func plainTerms(_ document: Int) -> [UInt64] {
        score.vectors.withTerms(of: document) { $0.map(\.word) }
    }

    /// Its terms as later ones will look for them: a word that nobody has told yet another may tell tomorrow.
    private func foundTerms(_ document: Int) -> [UInt64] {
        score.vectors.withTerms(of: document) { terms in
            let ranks = terms.lazy.filter(\.isIndexed).map(\.rank)
            let least = ranks.count < score.parameters.indexedTerms ? 0 : ranks.min()!
            return terms.map { term in
                var term = term
                term.isIndexed = term.weight > 0 && term.rank >= least
                return term.word
            }
        }
    }
}

extension EventHistory {
    /// Of all documents.
    ///
    /// - Parameter weighed: how many were counted when they were added.
    fileprivate func frequencies(
        with store: borrowing TermStore, from weighed: Int, _ workers: Workers
    ) -> DocumentFrequencies {
        if weighed == 0 { return DocumentFrequencies(store, workers: workers) }
        var all = frequencies
        for document in weighed..<store.count {
            store.slabs.withTerms(of: document, store.ends) { all.add($0, store.headers[document].language) }
        }
        return all
    }
}

/// The pairs that can matter to new documents.
private struct NearPairs {
    /// Those of documents that can hang together with a new one, …
    let within: [CandidatePair]
    /// … and all that one of these has: its company.
    private(set) var touching: [CandidatePair]

    /// - Parameter new: the first new document.
    init(_ all: [CandidatePair], documents: Int, new: Int, _ reach: Reach, _ parameters: EventParameters) {
        let model = parameters.model
        // What no pair needs less than, so that hardly a logarithm is taken for nothing.
        let wanted = (2 * parameters.threshold - 1) * EventModel.certain - model.most - Self.slack
        var sets = DisjointSets(count: documents)
        for pair in all where pair.alone >= wanted + model.cut.least {
            let documents = reach.documents(near: Int(pair.first), Int(pair.second))
            if pair.alone >= wanted + model.cut.logOdds(reach: documents) { sets.join(pair.first, pair.second) }
        }
        var isNear = Array(repeating: false, count: documents)
        for document in new..<documents { isNear[sets.find(document)] = true }
        for document in 0..<documents { isNear[document] = isNear[sets.find(document)] }
        touching = all.filter { isNear[Int($0.first)] || isNear[Int($0.second)] }
        touching.sort(documents: documents)
        within = touching.filter { isNear[Int($0.first)] && isNear[Int($0.second)] }
    }

    /// Of log-odds, for what is lost where they become integers.
    private static let slack = 1e-3
}

extension [CandidatePair] {
    /// By their later document, then the earlier. O(documents + pairs).
    mutating func sort(documents: Int) {
        let pairs = self
        let byFirst = Groups(count: documents) { place in for pair in pairs { place(Int(pair.first), pair) } }.elements
        self = Groups(count: documents) { place in for pair in byFirst { place(Int(pair.second), pair) } }.elements
    }
}
