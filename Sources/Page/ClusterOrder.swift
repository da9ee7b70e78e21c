import Dates
import Report

/// A cluster's stories as they are shown: copy groups by their first story, the stories of a group by date, undated
/// ones last.
struct ClusterOrder: Sendable {
    struct Group: Sendable {
        /// The story that represents it.
        var representative: Int
        var stories: [Int]
    }
    private(set) var groups: [Group]
    let representative: Int
    /// Whether they are not one cluster, but nearly.
    let isNearMiss: Bool

    init(_ cluster: PageContent.Cluster, _ content: PageContent, isNearMiss: Bool = false) {
        representative = cluster.representative
        self.isNearMiss = isNearMiss
        func isBefore(_ a: Int, _ b: Int) -> Bool {
            (content.stories[a].time ?? .max, a) < (content.stories[b].time ?? .max, b)
        }
        groups = Dictionary(grouping: cluster.members) { content.stories[$0].copy }
            .map { Group(representative: $0, stories: $1.sorted(by: isBefore)) }
        groups.sort { isBefore($0.stories[0], $1.stories[0]) }
    }

    var stories: [Int] { groups.flatMap(\.stories) }

    /// The story that was seen first, and those of which nobody can say that they came later: which is not to say that
    /// the others come from them. None where no story is dated.
    func earliest(_ content: PageContent) -> Set<Int> {
        let first = groups[0].stories[0]
        guard content.stories[first].time != nil else { return [] }
        return Set(stories.filter { content.stories[$0].time != nil && !content.isLater($0, than: first) })
    }
}

extension PageContent {
    /// Whether one story came surely after another: a date without a time of the day, midnight, says no more than the
    /// day.
    func isLater(_ story: Int, than other: Int) -> Bool {
        guard let time = stories[story].time, let first = stories[other].time, first < time else { return false }
        let day: Int64 = 86_400
        return first % day != 0 || time - first >= day
    }
}

/// How a story hangs together with the one that it is compared with, the closest first.
enum Tie: String, CaseIterable, Sendable {
    case exact, near, copy, event

    /// As it is called on the page.
    var name: String {
        switch self {
        case .exact: "word for word"
        case .near: "nearly word for word"
        case .copy: "taken in part"
        case .event: "written anew"
        }
    }
}

extension PageContent {
    /// How a story hangs together with the representative of its copy group, or that with the cluster's; nil for the
    /// cluster's own, and where there is none.
    func tie(of story: Int, in cluster: ClusterOrder) -> Tie? {
        let told = stories[story]
        if story == cluster.representative || cluster.isNearMiss { return nil }
        let level = results[told.result].level
        if story == told.copy { return level > .copy ? .event : Tie(rawValue: level.rawValue) }
        if told.exact == stories[told.copy].exact { return .exact }
        return told.near == stories[told.copy].near ? .near : .copy
    }
}

extension PageContent {
    func result(of order: ClusterOrder) -> Result { results[stories[order.representative].result] }

    /// "3 stories in 2 versions · 3 outlets · 2024-04-03 to 2024-04-04"
    func facts(of order: ClusterOrder) -> String {
        let stories = order.stories.map { self.stories[$0] }
        var facts = counted(stories.count, "story", "stories")
        if result(of: order).level == .event {
            facts += " in \(counted(order.groups.count, "version", "versions"))"
        }
        var parts = [facts]
        let outlets = Set(stories.map(\.outlet)).subtracting([""]).count
        if outlets > 0 { parts.append(counted(outlets, "outlet", "outlets")) }
        let times = stories.compactMap(\.time)
        if let first = times.min(), let last = times.max() {
            parts.append(day(first) == day(last) ? day(first) : "\(day(first)) to \(day(last))")
        }
        return parts.joined(separator: " · ")
    }
}

func day(_ seconds: Int64) -> String { CivilDate(secondsSince1970: seconds).description }

func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(grouped(number)) \(number == 1 ? one : many)"
}
