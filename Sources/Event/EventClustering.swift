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

/// Documents clustered into the events that they report.
///
/// Documents are alike by the cosine of their term vectors, less so the more days lie between them; clusters join by
/// average linkage, so that a cluster is judged by its average and not by its best pair.
public struct EventClustering: Sendable {
    /// For each document the smallest index of its cluster.
    public let labels: [Int32]

    private let score: PairScore

    /// - Parameter documents: one voice each — of a cluster of copies its representative — in order of preference:
    ///   ties go to the earlier. Their terms are weighed in place.
    /// - Complexity: near-linear; a document meets at most `indexedTerms` · `postingWindow` others and is compared
    ///   with at most `mostCandidates`.
    public init(_ documents: TermStore, parameters: EventParameters = EventParameters(), workers: Workers) {
        let frequencies = DocumentFrequencies(documents, workers: workers)
        let vectors = TermVectors(
            documents, frequencies: frequencies, backgroundDocuments: parameters.backgroundDocuments,
            workers: workers)
        score = PairScore(vectors: vectors, parameters: parameters)
        let pairs = similarPairs(
            score,
            HeavyTermIndex(
                vectors, terms: parameters.indexedTerms, window: parameters.postingWindow, workers: workers),
            workers: workers)
        labels = clusters(pairs, documents: documents.count, threshold: parameters.threshold, workers: workers)
    }

    /// The same of documents in an array.
    public init(_ documents: [EventDocument], parameters: EventParameters = EventParameters(), workers: Workers) {
        self.init(TermStore(documents), parameters: parameters, workers: workers)
    }

    /// How alike two documents are, 0–1: the cosine of their terms, discounted by the days apart.
    public func similarity(_ first: Int, _ second: Int) -> Double { score(first, second) }

    /// The terms that two documents share, those that make them most alike first.
    public func sharedTerms(_ first: Int, _ second: Int) -> [SharedTerm] {
        var shared: [SharedTerm] = []
        score.vectors.forEachShared(first, second) { key, product in
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
private func clusters(_ pairs: [SimilarPair], documents: Int, threshold: Double, workers: Workers) -> [Int32] {
    let components = Components(pairs, documents: documents, least: threshold)
    var labels = (0..<Int32(documents)).map { $0 }
    labels.withUnsafeMutableBufferPointer { labels in
        nonisolated(unsafe) let labels = labels
        workers.forEach(components.count) { component, _ in
            let (members, pairs) = components[component]
            let leaders = averageLinkage(count: members.count, pairs: pairs, threshold: threshold)
            for (member, leader) in zip(members, leaders) {
                labels[Int(member)] = members[members.startIndex + Int(leader)]
            }
        }
    }
    return labels
}
