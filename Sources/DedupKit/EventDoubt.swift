/// What is known of an event that makes it less likely to be one; not that it is none.
public enum EventDoubt: String, Sendable, CaseIterable {
    /// Half of its versions or more have no day: their texts alone say that they belong together.
    case undated
    /// All its stories are of one outlet, which is where columns, bulletins and price lists repeat themselves.
    case oneSource = "one_source"
    /// A version stands to the others, on average, hardly above the line between one event and two.
    case weak
    /// Days of silence lie between its versions: what follows may be the next event of a saga.
    case chapters
    /// A version of it came again after days of silence, and not as one of a few stragglers: a form filled in anew, or an
    /// old story told again.
    case recurring
    /// A version of it is a table or a list.
    case form
    /// It is of one outlet, and the titles of its versions are mostly those of a column or of a series: a rubric in brackets, one
    /// title on several days, titles alike but for a number.
    case series

    /// How far above the line is more than hardly.
    static let margin = 0.05
}

extension EventDoubt {
    /// What a dump gives to hardly any of its events says nothing of the others: of nine in ten or more it is told once, and
    /// no event ranks below another for it.
    ///
    /// - Parameter events: the doubts of each event of two stories or more.
    public static func ofAll(_ events: some Collection<[EventDoubt]>) -> Set<EventDoubt> {
        guard events.count > 1 else { return [] }
        return Set(
            [undated, oneSource].filter { doubt in 10 * events.count { $0.contains(doubt) } >= 9 * events.count })
    }
}

/// A text of an event with its copies: what it says of the event beside its words.
struct EventVersion: Equatable {
    /// When each of its stories that has a day was seen, in seconds since 1970.
    var days: [Int64]
    /// Numbers of the outlets that had it, 0 for one that is not named.
    var sources: Set<UInt32>
    /// Its average score against the other versions; negative where there is none.
    var score: Double
    /// Whether it is a table or a list and no prose.
    var isForm = false

    /// When it was first seen; nil if no day is known.
    var day: Int64? { days.min() }

    /// Whether less than two thirds of its stories lie in one stretch without a silence.
    var recurs: Bool { 3 * EventChapters(of: days).largest < 2 * days.count }
}

extension EventDoubt {
    /// - Parameters:
    ///   - isSeries: by the titles of the versions.
    ///   - threshold: the least average score of an event.
    static func of(_ versions: [EventVersion], isSeries: Bool, threshold: Double) -> [EventDoubt] {
        let sources = versions.reduce(into: Set()) { $0.formUnion($1.sources) }
        let isOfOneSource = sources.count == 1 && !sources.contains(0)
        let scores = versions.map(\.score).filter { $0 >= 0 }
        return allCases.filter { doubt in
            switch doubt {
            case .undated: 2 * versions.count { $0.day == nil } >= versions.count
            case .oneSource: isOfOneSource
            case .weak: scores.contains { $0 < threshold + margin }
            case .chapters: EventChapters(of: versions.map(\.day)).count > 1
            case .recurring: versions.contains(where: \.recurs)
            case .form: versions.contains(where: \.isForm)
            case .series: isSeries && isOfOneSource
            }
        }
    }
}
