public import Event
public import Facts
import Tables

/// Why reports are taken to be of one event, and which events almost are one.
public struct EventEvidence: Sendable {
    public struct Event: Sendable {
        /// Average over the pairs of its voices, a voice being a text that stands for its copies.
        public var score: Double
        /// What at least half of the voices tell, heaviest first; empty if not asked for.
        public var facts: [SharedFact]
        /// What decided, on average, between its most typical voice and each other; nil if not asked for.
        public var grounds: PairGrounds?

        public init(score: Double, facts: [SharedFact] = [], grounds: PairGrounds? = nil) {
            (self.score, self.facts, self.grounds) = (score, facts, grounds)
        }
    }

    public struct NearMiss: Sendable, Equatable {
        /// Representatives of the two.
        public var a, b: DocumentNumber
        /// Average over all pairs of a voice of each.
        public var score: Double
        /// What was weighed between the two representatives; nil if not asked for, or nothing was.
        public var grounds: PairGrounds?

        public init(a: DocumentNumber, b: DocumentNumber, score: Double, grounds: PairGrounds? = nil) {
            (self.a, self.b, self.score, self.grounds) = (a, b, score, grounds)
        }
    }

    /// Of each document its voice's average score against the other voices of the event; negative where there is none.
    public var scores: [Double] = []
    /// Voices that are tables or lists and no prose.
    public var forms: Set<DocumentNumber> = []
    /// Representatives of events that are parts of a series by their titles; see `EventDoubt.series`.
    public var series: Set<DocumentNumber> = []
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
        titles: EventTitles, facts: EventFacts?
    ) {
        scores = Array(repeating: -1, count: copies.count)
        for (voice, score) in zip(voices.wholes, clustering.cohesion) { scores[voice.index] = score ?? -1 }
        for document in copies.indices { scores[document] = scores[copies[document].index] }
        forms = Set(voices.indices.map { VoiceNumber($0) }.filter(clustering.isForm).map { voices[$0] })
        nearMisses = clustering.nearMisses.map {
            NearMiss(
                a: voices[$0.first], b: voices[$0.second], score: $0.score,
                grounds: facts == nil ? nil : clustering.grounds($0.first, $0.second))
        }

        let together = voices.indices.filter { clustering.cohesion[$0] != nil }
        // By label, the most typical of each group before the others.
        let groups = Dictionary(grouping: together) { clustering.labels[$0] }.sorted { $0.key < $1.key }.map(\.value)
            .map { group in
                let typical = group.max { (clustering.cohesion[$0]!, $1) < (clustering.cohesion[$1]!, $0) }!
                return [typical] + group.filter { $0 != typical }
            }
        let reports = groups.map { group in group.map { voices.wholes[$0] } }
        let told = facts?.facts(of: reports), areSeries = titles.areOfSeries(reports)
        for (number, group) in groups.enumerated() {
            let score = group.reduce(0) { $0 + clustering.cohesion[$1]! } / Double(group.count)
            var event = Event(score: score, facts: told?[number] ?? [])
            if facts != nil {
                event.grounds = .mean(
                    group.dropFirst().compactMap { clustering.grounds(VoiceNumber(group[0]), VoiceNumber($0)) })
            }
            let representative = voices[clustering.labels[group[0]]]
            events[representative] = event
            if areSeries[number] { series.insert(representative) }
        }
    }
}
