import Workers

/// What the event level gets of a document.
public struct EventDocument: Sendable {
    public var terms: TermBag
    /// When it was published, in days since any fixed day; nil if unknown.
    public var day: Double?

    public init(terms: TermBag, day: Double?) {
        self.terms = terms
        self.day = day
    }
}

/// Pairs of documents that may report one event, and what the model is told about them.
///
/// - Complexity: near-linear; a document meets at most `indexedTerms` · `postingWindow` others and is compared with at
///   most `mostCandidates`.
package struct EventPairs: Sendable {
    let candidates: [CandidatePair]
    let vectors: TermVectors
    let parameters: EventParameters

    /// - Parameter documents: their terms are weighed in place.
    package init(_ documents: consuming TermStore, parameters: EventParameters, workers: Workers) {
        let frequencies = DocumentFrequencies(documents, workers: workers)
        vectors = TermVectors(
            documents, frequencies: frequencies, backgroundDocuments: parameters.backgroundDocuments,
            indexed: parameters.indexedTerms, workers: workers)
        let index = HeavyTermIndex(
            vectors, terms: parameters.indexedTerms, window: parameters.postingWindow, isStopped: workers.isStopped)
        let found = candidatePairs(vectors, index, parameters, workers: workers)
        candidates = workers.isStopped() ? [] : found
        self.parameters = parameters
    }

    package var count: Int { candidates.count }

    /// The two documents of a pair and its features.
    package subscript(pair: Int) -> (first: Int, second: Int, features: PairFeatures.Values) {
        let (first, second) = (Int(candidates[pair].first), Int(candidates[pair].second))
        return (first, second, PairFeatures.of(first, second, vectors.likeness(first, second), vectors))
    }

    package func isForm(_ document: Int) -> Bool { vectors.header(document).isForm }
}

/// Documents clustered into the events that they report.
///
/// A model scores how likely two documents are to report one event; clusters join by average linkage over the scores,
/// so that a cluster is judged by its average and not by its best pair.
public struct EventClustering: Sendable {
    /// For each document the first of its cluster.
    public let labels: [VoiceNumber]
    /// For each document its average score against the others of its cluster, nil where it is alone. A pair that was
    /// not compared counts as 0.
    public let cohesion: [Double?]
    /// Clusters that almost joined, strongest first.
    public let nearMisses: [NearMiss]

    let score: PairScore

    /// - Parameter documents: one voice each — of a cluster of copies its representative — in order of preference:
    ///   ties go to the earlier. Their terms are weighed in place.
    public init(
        _ documents: consuming TermStore, parameters: EventParameters = EventParameters(), workers: Workers
    ) {
        let count = documents.count, threshold = parameters.threshold
        let pairs = EventPairs(documents, parameters: parameters, workers: workers)
        score = PairScore(
            vectors: pairs.vectors, company: Company(pairs.candidates, pairs.vectors, window: parameters.window),
            recurrence: Recurrence(
                pairs.candidates, pairs.vectors, model: parameters.model, window: parameters.window),
            model: parameters.model, parameters: parameters)
        let found = score.scored(pairs.candidates, workers: workers)
        let scored = workers.isStopped() ? [] : found
        labels = clusters(scored, documents: count, threshold: threshold, workers: workers)
        let standing = Cohesion(scored, labels: labels, threshold: threshold)
        (cohesion, nearMisses) = (standing.scores, standing.nearMisses)
    }

    /// The same of documents in an array.
    public init(_ documents: [EventDocument], parameters: EventParameters = EventParameters(), workers: Workers) {
        self.init(TermStore(documents), parameters: parameters, workers: workers)
    }

    /// How likely two documents are to report one event, 0–1; see `EventModel.score`.
    public func score(_ first: VoiceNumber, _ second: VoiceNumber) -> Double { score(first.index, second.index) }

    /// Whether a document is no prose but a table or a list, which is in no event but that of its copies.
    public func isForm(_ document: VoiceNumber) -> Bool { score.vectors.header(document.index).isForm }

    /// The cosine of two documents' terms, 0–1.
    public func cosine(_ first: VoiceNumber, _ second: VoiceNumber) -> Double {
        score.vectors.cosine(first.index, second.index)
    }

    /// The terms that two documents share, those that make them most alike first.
    public func sharedTerms(_ first: VoiceNumber, _ second: VoiceNumber) -> [SharedTerm] {
        var shared: [SharedTerm] = []
        score.vectors.forEachShared(first.index, second.index) { key, product in
            shared.append(SharedTerm(key: key, contribution: Double(product)))
        }
        return shared.sorted { ($1.contribution, $0.key) < ($0.contribution, $1.key) }
    }
}

/// A term that two documents share and its part of their cosine.
public struct SharedTerm: Sendable, Equatable {
    /// `TermBag.key` of the word's token hash.
    public let key: UInt32
    public let contribution: Double
}

/// Average linkage within each connected component: a join takes a pair at the threshold, so none reaches beyond.
func clusters(_ pairs: [SimilarPair], documents: Int, threshold: Double, workers: Workers) -> [VoiceNumber] {
    let components = Components(pairs, documents: documents, least: threshold)
    let leaders = workers.map(components.count) { component in
        let (members, pairs) = components[component]
        if workers.isStopped() { return [Int32](repeating: 0, count: members.count) }
        return averageLinkage(count: members.count, pairs: pairs, threshold: threshold)
    }
    var labels = (0..<documents).map { VoiceNumber($0) }
    for (component, leaders) in leaders.enumerated() {
        let members = components[component].members
        for (member, leader) in zip(members, leaders) {
            labels[Int(member)] = VoiceNumber(Int(members[members.startIndex + Int(leader)]))
        }
    }
    return labels
}
