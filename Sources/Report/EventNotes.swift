package import DedupKit

/// What is said of events beside their stories: the doubts of each, and what stands for all of them.
struct EventNotes {
    private let standings: EventStandings
    /// Doubts that all events share, or nearly all.
    private let ofAll: Set<EventDoubt>
    private let isOfEach: Bool

    init(_ clustering: Clustering, _ clusters: [ClusterList.Cluster]) {
        standings = clustering.eventStandings()
        let doubts = clusters.map { [standings] in standings.doubts[$0.representative] ?? [] }
        let ofAll = EventDoubt.ofAll(doubts)
        (self.ofAll, isOfEach) = (ofAll, doubts.allSatisfy { ofAll.isSubset(of: $0) })
    }

    private func doubts(of event: DocumentNumber) -> [EventDoubt] {
        (standings.doubts[event] ?? []).filter { !ofAll.contains($0) }
    }

    func isInDoubt(_ event: DocumentNumber) -> Bool { !doubts(of: event).isEmpty }

    /// "one outlet only · held together by little"; nil where there is no doubt.
    func words(of event: ClusterList.Cluster) -> String? {
        let doubts = doubts(of: event.representative)
        let chapters = standings.chapterCount(of: event.members)
        return doubts.isEmpty ? nil : doubts.map { $0.words(chapters: chapters) }.joined(separator: " · ")
    }

    /// "all events: one outlet only"; nil where nothing is common to them.
    var wordsOfAll: String? {
        ofAll.isEmpty
            ? nil
            : (isOfEach ? "all events: " : "nearly all events: ")
                + EventDoubt.allCases.filter(ofAll.contains).map { $0.words(chapters: 1) }.joined(separator: ", ")
    }

    func chapter(of document: DocumentNumber) -> Int? { standings.chapters[document] }
}

extension EventDoubt {
    /// For people; the page says the same.
    ///
    /// - Parameter chapters: how many the event has.
    package func words(chapters: Int) -> String {
        switch self {
        case .undated: "dates missing"
        case .oneSource: "one outlet only"
        case .weak: "held together by little"
        case .chapters: "\(chapters) chapters with days between"
        case .recurring: "a text that came again days later"
        case .form: "a table or a list"
        case .series: "titles of a series"
        }
    }
}
