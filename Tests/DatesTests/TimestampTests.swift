import Dates
import Glibc
import TestSupport
import Testing

@testable import Dates

@Suite struct TimestampTests {
    private func parse(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBufferPointer { Timestamp.parse($0) }?.seconds
    }

    @Test(arguments: [
        "2024-04-03T12:00:00Z", "2024-04-03 12:00:00", "2024-04-03T12:00", "2024-04-03T14:00:00+02:00",
        "2024-04-03T14:00:00+0200", "2024-04-03T14:00:00+02", "2024-04-03T06:30:00.123456-05:30", "20240403T120000Z",
        "2024-04-03T12:00:00,5Z", "20240403120000", "2024-04-03t12:00:00z", "2024-04-03 12:00:00 UTC",
        "2024-04-03 12:00:00 +0000", " 2024-04-03T12:00:00Z ", "Wed, 03 Apr 2024 12:00:00 GMT",
        "Wed, 3 Apr 2024 14:00:00 +0200", "03 Apr 2024 12:00 GMT", "3 April 2024 12:00:00", "1712145600",
        "1712145600000",
        "1712145600.75", "1712145600000000", "1712145600000000000", "202404031200", "2024-04-03 12:00:00 GMT+0",
        "2024-04-03 14:00:00 CEST", "2024-04-03T07:00:00-05:00 (EST)", "Wed, 03 Apr 2024 08:00:00 EDT",
        "Wed, 03 Apr 2024 14:00:00 +0200 (CEST)", "Wed, 03 Apr 2024 14:00:00 GMT+2",
    ])
    func oneMomentInManyForms(_ text: String) {
        #expect(parse(text) == 1_712_145_600, "\(text)")
    }

    @Test(
        arguments: [
            ("2024-04-03", 1_712_102_400), ("20240403", 1_712_102_400), ("1970-01-02", 86_400),
            ("1969-12-31T23:59:59Z", -1),
            ("-1", -1), ("2016-12-31T23:59:60Z", 1_483_228_800), ("2024-02-29T24:00:00Z", 1_709_251_200),
            ("1969-12-31", -86_400), ("99999999", 99_999_999),
        ] as [(String, Int64)])
    func others(_ text: String, _ seconds: Int64) {
        #expect(parse(text) == seconds, "\(text)")
    }

    @Test(arguments: [
        "", " ", "yesterday", "2024-13", "2024-13-01", "2024-00-01", "2023-02-29", "1900-02-29", "2024-04-31",
        "2024-04-03T",
        "2024-04-03T25:00:00Z", "2024-04-03T24:00:01Z", "2024-04-03T12:60:00Z", "2024-04-03T12:00:61Z",
        "2024-04-03T12:00:00+24:00",
        "2024-04-03T12:00:00X", "2024-04-03T12:00:00Z!", "2024-04-03x", "03 Foo 2024 12:00:00 GMT",
        "31 Apr 2024 12:00:00 GMT", "--1",
    ])
    func noDates(_ text: String) {
        #expect(parse(text) == nil, "\(text)")
    }

    @Test func agreesWithTheCLibrary() {
        var random = SplitMix64(seed: 4)
        var wrong: [String] = []
        for round in 0..<20_000 {
            // From 1450 to 2100: others are placeholders.
            var time = time_t(Int64.random(in: -16_409_520_000...4_133_980_799, using: &random))
            var parts = tm()
            gmtime_r(&time, &parts)
            var buffer = [CChar](repeating: 0, count: 64)
            for format in ["%Y-%m-%dT%H:%M:%SZ", "%a, %d %b %Y %H:%M:%S GMT"] {
                let count = strftime(&buffer, buffer.count, format, &parts)
                let text = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
                let isFirst = parts.tm_yday == 0 && [1601, 1900, 1904, 1970].contains(parts.tm_year + 1900)
                if parse(text) != (isFirst ? nil : Int64(time)) { wrong.append("round \(round): \(text)") }
            }
        }
        #expect(wrong == [])
    }

    @Test func everyDayOfTheCalendarAndNoOther() {
        var wrong: [String] = []
        for year in 1896...2104 {
            for month in 1...12 {
                for day in 1...31 {
                    var parts = tm()
                    parts.tm_year = Int32(year - 1900)
                    parts.tm_mon = Int32(month - 1)
                    parts.tm_mday = Int32(day)
                    let time = timegm(&parts)
                    let exists = parts.tm_mday == Int32(day)
                    let days = Timestamp.days(year: year, month: month, day: day)
                    if days != (exists ? time / 86_400 : nil) { wrong.append("\(year)-\(month)-\(day)") }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test func randomBytesNeverCrash() {
        var random = SplitMix64(seed: 5)
        let alphabet = Array("0123456789-:TZ+., WedApr/()年\u{e9}\u{ff}".utf8) + [0xff]
        for _ in 0..<100_000 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in alphabet.randomElement(using: &random)!
            }
            _ = bytes.withUnsafeBufferPointer { Timestamp.parse($0) }
        }
    }
}
