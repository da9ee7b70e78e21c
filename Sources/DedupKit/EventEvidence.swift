import Event
public import Facts
import Tables

/// Why reports are taken to be of one event, and which events almost are one.
public struct EventEvidence: Sendable {
    public struct Event: Sendable {
        /// Average over the pairs of its voices, a voice being a text that stands for its copies.
        public var score: Double
        /// What at least half of the voices tell, heaviest first; empty if not asked for.
        public var facts: [SharedFact]

        public init(score: Double, facts: [SharedFact] = []) { (self.score, self.facts) = (score, facts) }
    }

    public struct NearMiss: Sendable, Equatable {
        /// Representatives of the two.
        public var a, b: DocumentNumber
        /// Average over all pairs of a voice of each.
        public var score: Double

        public init(a: DocumentNumber, b: DocumentNumber, score: Double) {
            (self.a, self.b, self.score) = (a, b, score)
        }
    }

    /// Of each document its voice's average score against the other voices of the event; negative where there is none.
    public var scores: [Double] = []
    /// By representative, those of more than one voice.
    public var events: [DocumentNumber: Event] = [:]
    /// Strongest first.
    public var nearMisses: [NearMiss] = []

    public init() {}
}

extension EventEvidence {
    /// - Parameters:
    ///   - voices: the documents that were clustered.
    ///   - copies: of each document its voice.
    init(
        _ clustering: EventClustering, voices: Numbering<OfVoice, OfDocument>, copies: [DocumentNumber],
        facts: EventFacts?
    ) {
        scores = Array(repeating: -1, count: copies.count)
        for (voice, score) in zip(voices.wholes, clustering.cohesion) { scores[voice.index] = score ?? -1 }
        for document in copies.indices { scores[document] = scores[copies[document].index] }
        nearMisses = clustering.nearMisses.map {
            NearMiss(a: voices[$0.first], b: voices[$0.second], score: $0.score)
        }

        let together = voices.indices.filter { clustering.cohesion[$0] != nil }
        let groups = Dictionary(grouping: together) { clustering.labels[$0] }.sorted { $0.key < $1.key }.map(\.value)
        let told = facts?.facts(
            of: groups.map { group in
                // The most typical, then the others.
                let typical = group.max { (clustering.cohesion[$0]!, $1) < (clustering.cohesion[$1]!, $0) }!
                return ([typical] + group.filter { $0 != typical }).map { voices.wholes[$0] }
            })
        for (number, group) in groups.enumerated() {
            let score = group.reduce(0) { $0 + clustering.cohesion[$1]! } / Double(group.count)
            events[voices.wholes[group[0]]] = Event(score: score, facts: told?[number] ?? [])
        }
    }
}
