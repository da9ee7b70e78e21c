/// An event in parts: a chapter ends where no version of it appears for more than three days, which leaves room for a
/// weekend.
///
/// Copies are of the chapter of the version that they copy. A version without a day is of none.
struct EventChapters: Equatable {
    private(set) var count = 0
    /// Of each version, from 1.
    private(set) var numbers: [Int?]

    /// How many versions the longest has.
    var largest: Int { Dictionary(grouping: numbers.compactMap(\.self), by: \.self).values.map(\.count).max() ?? 0 }

    private static let silence: Int64 = 3 * 86_400

    /// - Parameter days: of each version when it was first seen, in seconds since 1970.
    init(of days: [Int64?]) {
        numbers = Array(repeating: nil, count: days.count)
        var last: Int64?
        for version in days.indices.filter({ days[$0] != nil }).sorted(by: { days[$0]! < days[$1]! }) {
            if last.map({ days[version]! - $0 > Self.silence }) ?? true { count += 1 }
            (numbers[version], last) = (count, days[version]!)
        }
    }
}
