/// Dates as news data writes them, to seconds since 1970-01-01T00:00:00Z.
public enum Timestamp {
    /// Reads a date in any form that is not left to guess, else nil; also nil for placeholders such as the first of 1970.
    ///
    /// Quickly: ISO 8601 (`2024-04-03`, `2024-04-03T12:00:00.5+02:00`, a space for the T, `20240403T120000Z`, `20240403`,
    /// `20240403120000`),
    /// RFC 2822 (`Wed, 03 Apr 2024 12:00:00 +0200`) and epoch seconds, milliseconds, microseconds or nanoseconds as digits.
    /// Else: months by their names, numbers between slashes, points and hyphens, and what China, Japan and Korea write; a
    /// year, or a month of one, is coarse (`FreeDate`).
    ///
    /// No offset means UTC. A fraction is dropped. Eight digits are a date if they can be one.
    /// A date that the calendar does not have is nil.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordDate? {
        unsafe read(bytes).flatMap { $0.isPlaceholder ? nil : $0 }
    }

    /// Whether it is a date, if only one that stands for none.
    public static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { unsafe read(bytes) != nil }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordDate? {
        if let seconds = unsafe whole(bytes, iso) ?? whole(bytes, rfc2822) { return RecordDate(seconds: seconds) }
        return unsafe coarse(bytes) ?? whole(bytes, epoch).map { RecordDate(seconds: $0) } ?? FreeDate.read(bytes)
    }

    /// A year, or a month of one, in digits alone.
    private static func coarse(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordDate? {
        var scanner = unsafe DateScanner(bytes)
        scanner.skipSpaces()
        guard let year = scanner.number(digits: 4) else { return nil }
        _ = scanner.take("-")
        let month = scanner.isAtDigit ? scanner.number(digits: 2) : nil
        scanner.skipSpaces()
        return scanner.isAtEnd && (1450...2100).contains(year) ? coarse(year, month) : nil
    }

    /// The last second of a year or month.
    static func coarse(_ year: Int, _ month: Int?) -> RecordDate? {
        let month = month ?? 12
        guard (1...12).contains(month) else { return nil }
        let days = days(year: year, month: month, day: length(ofMonth: month, year: year))
        return days.map { RecordDate(seconds: Int64($0 + 1) * 86_400 - 1, isCoarse: true) }
    }

    private static func whole(_ bytes: UnsafeBufferPointer<UInt8>, _ read: (inout DateScanner) -> Int64?) -> Int64? {
        var scanner = unsafe DateScanner(bytes)
        scanner.skipSpaces()
        guard let time = read(&scanner) else { return nil }
        scanner.skipSpaces()
        return scanner.isAtEnd ? time : nil
    }

    /// Days from 1970-01-01 to the date in the proleptic Gregorian calendar; nil if there is no such date.
    ///
    /// Howard Hinnant, "chrono-compatible low-level date algorithms": years that begin in March have their leap day last.
    static func days(year: Int, month: Int, day: Int) -> Int? {
        guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// A leap second counts as the first second of the next minute, as POSIX time has it.
    private static func seconds(days: Int, hour: Int, minute: Int, second: Int, offset: Int) -> Int64? {
        let isEndOfDay = hour == 24 && minute == 0 && second == 0
        guard hour < 24 || isEndOfDay, minute < 60, second <= 60 else { return nil }
        return Int64(days * 86_400 + hour * 3600 + minute * 60 + second - offset)
    }

    private static func iso(_ scanner: inout DateScanner) -> Int64? {
        guard let year = scanner.number(digits: 4) else { return nil }
        let isExtended = scanner.take("-")
        guard let month = scanner.number(digits: 2), !isExtended || scanner.take("-"),
            let day = scanner.number(digits: 2), let days = days(year: year, month: month, day: day)
        else { return nil }
        let dateOnly = scanner
        let isRunOn = !isExtended && scanner.isAtDigit
        let hasTime = scanner.take("T") || scanner.take("t") || scanner.skipSpaces() || isRunOn
        guard hasTime, let hour = scanner.number(digits: 2) else {
            scanner = dateOnly
            return seconds(days: days, hour: 0, minute: 0, second: 0, offset: 0)
        }
        // The two halves are mixed in the wild (20240403T12:00:00), so the colon is optional by itself.
        let hasColons = scanner.take(":")
        guard let minute = scanner.number(digits: 2) else { return nil }
        var second = 0
        if hasColons ? scanner.take(":") : scanner.isAtDigit {
            guard let value = scanner.number(digits: 2) else { return nil }
            second = value
            if scanner.take(".") || scanner.take(",") {
                guard scanner.digits(upTo: .max) != nil else { return nil }
            }
        }
        scanner.skipSpaces()
        guard let offset = scanner.offset() else { return nil }
        return seconds(days: days, hour: hour, minute: minute, second: second, offset: offset)
    }

    private static func rfc2822(_ scanner: inout DateScanner) -> Int64? {
        if weekdays.contains(scanner.word().key) {
            _ = scanner.take(",")
            scanner.skipSpaces()
        }
        guard let day = scanner.digits(upTo: 2), scanner.skipSpaces(),
            let month = months.firstIndex(of: scanner.word().key), scanner.skipSpaces(),
            let year = scanner.number(digits: 4), scanner.skipSpaces(),
            let days = days(year: year, month: month + 1, day: day),
            let hour = scanner.number(digits: 2), scanner.take(":"), let minute = scanner.number(digits: 2)
        else { return nil }
        var second = 0
        if scanner.take(":") {
            guard let value = scanner.number(digits: 2) else { return nil }
            second = value
        }
        scanner.skipSpaces()
        guard let offset = scanner.offset() else { return nil }
        return seconds(days: days, hour: hour, minute: minute, second: second, offset: offset)
    }

    /// Seconds reach the year 5138 in eleven digits; what is longer counts milliseconds, microseconds from 15 digits on,
    /// nanoseconds from 17 on.
    private static func epoch(_ scanner: inout DateScanner) -> Int64? {
        let isNegative = scanner.take("-")
        let start = scanner.position
        guard let value = scanner.digits(upTo: 18) else { return nil }
        let digits = scanner.position - start
        // Of the 19 digits of nanoseconds the last says nothing.
        if digits == 18 { _ = scanner.digits(upTo: 1) }
        let unit: Int64 = digits < 12 ? 1 : digits < 15 ? 1_000 : digits < 17 ? 1_000_000 : 100_000_000
        if scanner.take(".") { guard scanner.digits(upTo: .max) != nil else { return nil } }
        let signed = Int64(isNegative ? -value : value)
        return (signed >= 0 ? signed : signed - unit + 1) / unit
    }

    private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map(DateScanner.key)
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map(DateScanner.key)
}
