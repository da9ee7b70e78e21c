import DedupKit

/// A day of the proleptic Gregorian calendar, UTC.
struct CivilDate: Equatable, CustomStringConvertible {
    var year, month, day: Int

    /// Days to year, month and day by eras of 400 years (Howard Hinnant: chrono-Compatible Low-Level Date Algorithms).
    init(secondsSince1970 seconds: Int64) {
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
    var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// First and last date of some documents; nil where none is dated.
struct DateSpan {
    var first, last: Int64

    init?(_ documents: Documents, _ members: [Int]) {
        let dates = members.compactMap { documents.date(of: $0) }
        guard let first = dates.min(), let last = dates.max() else { return nil }
        (self.first, self.last) = (first, last)
    }
}

extension Documents {
    /// Distinct outlets of some documents, in their order.
    func sourceNames(of members: [Int]) -> [String] {
        var seen: Set<UInt32> = [0]
        return members.filter { seen.insert(sources[$0]).inserted }.map { source(of: $0) }
    }
}
