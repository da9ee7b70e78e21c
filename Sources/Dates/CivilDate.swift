/// A day of the proleptic Gregorian calendar, UTC.
public struct CivilDate: Equatable, CustomStringConvertible {
    public var year, month, day: Int

    /// Days to year, month and day by eras of 400 years (Howard Hinnant: chrono-Compatible Low-Level Date Algorithms).
    public init(secondsSince1970 seconds: Int64) {
        var days = Int(seconds.quotientAndRemainder(dividingBy: 86_400).quotient)
        if seconds % 86_400 < 0 { days -= 1 }
        days += 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// ISO 8601.
    public var description: String {
        guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
        return unsafe String(unsafeUninitializedCapacity: 10) { digits in
            var rest = year * 10_000 + month * 100 + day
            for place in [9, 8, 6, 5, 3, 2, 1, 0] {
                unsafe digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            unsafe digits[4] = UInt8(ascii: "-")
            unsafe digits[7] = UInt8(ascii: "-")
            return 10
        }
    }
}

/// `2024-04-03`, with the time of day where it is not midnight.
public func dateAndTime(_ seconds: Int64) -> String {
    let day = CivilDate(secondsSince1970: seconds).description
    let second = Int((seconds % 86_400 + 86_400) % 86_400)
    guard second > 0 else { return day }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day) \(two(second / 3600)):\(two(second / 60 % 60))"
}
