import Shingle

/// Days that both texts name: of a month in any notation, or of the week.
func commonDates(_ a: FactText, _ b: FactText) -> [FactOverlap.Fact] {
    let inB = Dictionary(grouping: b.days, by: \.key)
    return Dictionary(grouping: a.days, by: \.key).compactMap { key, inA in
        guard let inB = inB[key] else { return nil }
        return FactOverlap.Fact(
            kind: .date, text: a.string(inA[0].tokens), a: inA.map { a.bytes($0.tokens) },
            b: inB.map { b.bytes($0.tokens) },
            weight: key < 10 ? 2.5 : 6)
    }
}

/// A day that a text names.
struct Day: Sendable {
    /// Month and day as a number of three or four digits; year and month of six; a weekday is 1...7.
    var key: Int
    var tokens: Range<Int>
}

/// Finds 2024-04-03, 3 April, April 3rd, 3. April, 3 de abril and 4月3日, and names of weekdays.
struct DayScanner {
    private(set) var found: [Day] = []

    private static let ofMonth = wordHashes("de of le the")
    private static let month = wordHashes("月").first!, day = wordHashes("日").first!

    init(_ text: FactText) {
        var token = 0
        while token < text.count {
            guard let day = Self.day(text, token) else { token += 1; continue }
            found.append(day)
            token = day.tokens.upperBound
        }
    }

    private static func day(_ text: FactText, _ at: Int) -> Day? {
        if let (month, weekday) = Calendar.shared.names(text.hashes[at]) { return day(text, at, month, weekday) }
        guard isNumber(text, at) else { return nil }
        if let day = number(text, at, 1...31) {
            var next = at + 1
            if next < text.count, ofMonth.contains(text.hashes[next]) { next += 1 }
            if next < text.count, let month = month(text.hashes[next]), isNear(text, next) {
                return Day(key: month * 100 + day, tokens: at..<withYear(text, next + 1))
            }
        }
        // 2024-04-03
        if at + 2 < text.count, number(text, at, 1800...2199) != nil, text.gap(before: at + 1).elementsEqual([0x2d]),
            text.gap(before: at + 2).elementsEqual([0x2d]), let month = number(text, at + 1, 1...12),
            let day = number(text, at + 2, 1...31)
        {
            return Day(key: month * 100 + day, tokens: at..<at + 3)
        }
        // 4月3日
        if at + 3 < text.count, let month = number(text, at, 1...12), text.hashes[at + 1] == Self.month,
            let day = number(text, at + 2, 1...31), text.hashes[at + 3] == Self.day
        {
            return Day(key: month * 100 + day, tokens: at..<at + 4)
        }
        return nil
    }

    /// That starts with a name.
    private static func day(_ text: FactText, _ at: Int, _ month: Int, _ weekday: Int) -> Day? {
        if weekday > 0, text.cases[at] != .none { return Day(key: weekday, tokens: at..<at + 1) }
        guard month > 0, at + 1 < text.count, isNear(text, at + 1) else { return nil }
        if let day = number(text, at + 1, 1...31) {
            return Day(key: month * 100 + day, tokens: at..<withYear(text, at + 2))
        }
        return number(text, at + 1, 1800...2199).map { Day(key: $0 * 100 + month, tokens: at..<at + 2) }
    }

    private static func month(_ word: UInt64) -> Int? {
        Calendar.shared.names(word).flatMap { $0.month > 0 ? $0.month : nil }
    }

    private static func withYear(_ text: FactText, _ end: Int) -> Int {
        end < text.count && number(text, end, 1800...2199) != nil && isNear(text, end) ? end + 1 : end
    }

    private static func isNear(_ text: FactText, _ token: Int) -> Bool { text.gap(before: token).count <= 2 }

    /// The number a token begins with, if it is in a range and nothing but the ending of an ordinal follows.
    private static func number(_ text: FactText, _ token: Int, _ range: ClosedRange<Int>) -> Int? {
        let word = text.bytes[text.ranges[token]]
        let digits = word.prefix { $0 &- 0x30 < 10 }
        guard (1...4).contains(digits.count), word.count - digits.count <= 2 else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return range.contains(number) ? number : nil
    }
}
