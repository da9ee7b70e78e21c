/// Whether numbers like `03/04/2024` name the day or the month first.
public enum DateOrder: String, Sendable, CaseIterable { case dmy, mdy }

/// What a record says of its date: a moment, or a month or year as a whole.
public struct RecordDate: Sendable, Equatable {
    /// Seconds since 1970; of a coarse date the last of its span.
    public var seconds: Int64
    /// Whether it names no day.
    public var isCoarse = false
    /// Of numbers alone, whose order nothing in them tells: read with the day first.
    public var isAmbiguous = false
    /// The order that its numbers tell, where there might be another.
    public var order: DateOrder?

    init(seconds: Int64, isCoarse: Bool = false) { (self.seconds, self.isCoarse) = (seconds, isCoarse) }

    /// By which dates sort: a coarse one behind all others of its span.
    public var key: Int64 { seconds << 2 | (isAmbiguous ? 2 : isCoarse ? 1 : 0) }

    /// - Parameter key: of another.
    public init(key: Int64) { (seconds, isCoarse, isAmbiguous) = (key >> 2, key & 3 == 1, key & 3 == 2) }

    /// The moment, or midnight before the last day of what is coarse.
    public var shown: Int64 { isCoarse ? seconds - 86_399 : seconds }

    /// With day and month in each other's place, and sure.
    public var turned: RecordDate {
        let civil = CivilDate(secondsSince1970: seconds)
        let days = Timestamp.days(year: civil.year, month: civil.day, day: civil.month)!
        let second = (seconds % 86_400 + 86_400) % 86_400
        return RecordDate(seconds: Int64(days) * 86_400 + second)
    }

    /// Days and years that stand for no date: the first of 1970, 1900, 1601 and the like, from which computers count, and
    /// years in which nobody published or has yet.
    var isPlaceholder: Bool {
        let date = CivilDate(secondsSince1970: seconds)
        let isFirst = date.month == 1 && date.day == 1 && !isCoarse
        let isZero = date.year == 1899 && date.month == 12 && date.day >= 30
        return isFirst && [1601, 1900, 1904, 1970].contains(date.year) || isZero || date.year < 1450 || date.year > 2100
    }
}
