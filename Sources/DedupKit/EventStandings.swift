import Stages

/// How sure one can be of the events of an answer, and in which chapters they were told.
public struct EventStandings: Sendable {
    /// By representative of an event, in the order of `EventDoubt.allCases`; events without doubt are absent.
    public var doubts: [DocumentNumber: [EventDoubt]] = [:]
    /// Of each dated document of an event of several chapters the number of its own, from 1; all others are absent.
    public var chapters: [DocumentNumber: Int] = [:]

    public init() {}

    public func chapterCount(of members: [DocumentNumber]) -> Int { members.compactMap { chapters[$0] }.max() ?? 1 }
}

extension Clustering {
    /// Of events of two documents or more; nothing below level event. O(documents · log).
    public func eventStandings() -> EventStandings {
        var standings = EventStandings()
        guard let events = labels[.event], let copies = labels[.copy] else { return standings }
        var sizes = [UInt32](repeating: 0, count: events.count)
        for event in events { sizes[event.index] += 1 }
        let members = documents.numbers.filter { sizes[events[$0.index].index] > 1 }
        for (event, stories) in Dictionary(grouping: members, by: { events[$0.index] }) {
            let groups = Dictionary(grouping: stories) { copies[$0.index] }.sorted { $0.key < $1.key }.map(\.value)
            let versions = groups.map(version)
            let doubts = EventDoubt.of(
                versions, isSeries: evidence.series.contains(event), threshold: definition.event.threshold)
            if !doubts.isEmpty { standings.doubts[event] = doubts }
            guard doubts.contains(.chapters) else { continue }
            let chapters = EventChapters(of: versions.map(\.day)).numbers
            for (group, chapter) in zip(groups, chapters) {
                for story in group { standings.chapters[story] = chapter }
            }
        }
        return standings
    }

    private func version(_ stories: [DocumentNumber]) -> EventVersion {
        EventVersion(
            days: stories.compactMap { documents.day(of: $0) },
            sources: Set(stories.map { documents.sources[$0.index] }),
            score: evidence.scores.isEmpty ? -1 : evidence.scores[stories[0].index],
            isForm: evidence.forms.contains(label(.copy, of: stories[0])))
    }
}
