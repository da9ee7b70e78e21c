import DedupKit

/// A day of the proleptic Gregorian calendar, UTC.
package struct CivilDate: Equatable, CustomStringConvertible {
    package var year, month, day: Int

    /// Days to year, month and day by eras of 400 years (Howard Hinnant: chrono-Compatible Low-Level Date Algorithms).
    package init(secondsSince1970 seconds: Int64) {
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
    package var description: String {
        guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
        return String(unsafeUninitializedCapacity: 10) { digits in
            var rest = year * 10_000 + month * 100 + day
            for place in [9, 8, 6, 5, 3, 2, 1, 0] {
                digits[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            digits[4] = UInt8(ascii: "-")
            digits[7] = UInt8(ascii: "-")
            return 10
        }
    }
}

/// First and last date of some documents; nil where none is dated.
struct DateSpan {
    var first, last: Int64

    init?(_ documents: Documents, _ members: [Int]) {
        (first, last) = (.max, .min)
        for member in members {
            guard let date = documents.date(of: member) else { continue }
            first = min(first, date)
            last = max(last, date)
        }
        if first > last { return nil }
    }
}

extension Documents {
    /// Distinct outlets of some documents, in their order.
    func sourceNames(of members: [Int]) -> [String] {
        var seen: [UInt32] = []
        // Most clusters have few outlets, and a short list is searched faster than a set is made.
        var many: Set<UInt32> = []
        for member in members where sources[member] != 0 {
            let source = sources[member]
            if seen.count < 32 ? seen.contains(source) : many.contains(source) { continue }
            seen.append(source)
            if seen.count == 32 { many = Set(seen) } else if seen.count > 32 { many.insert(source) }
        }
        return seen.map { sourceNames[$0] }
    }
}
