import Glibc
import TestSupport
import Testing

@testable import Dates

/// Dates as people write them.
@Suite struct FreeDateTests {
    private func read(_ text: String) -> RecordDate? {
        Array(text.utf8).withUnsafeBufferPointer { Timestamp.parse($0) }
    }

    private static let day: Int64 = 1_718_150_400  // 2024-06-12
    private static let noon = day + 43_200

    @Test(arguments: [
        "June 12, 2024", "june 12 2024", "Jun. 12, 2024", "12 June 2024", "12 Jun 2024", "12-Jun-2024", "12-Jun-24",
        "12th of June, 2024", "June 12th, 2024", "Wednesday, June 12, 2024", "Wed 12 June 2024", "Wed, 12 Jun 2024",
        "2024/06/12", "2024.06.12", "2024/6/12", "12.06.2024", "12.6.2024", "12.06.24", "2024 June 12", "13/06/2024",
        "06/13/2024", "13-06-2024", "06-13-2024", "12. Juni 2024", "Mittwoch, 12. Juni 2024", "Mi., 12. Juni 2024",
        "12 juin 2024", "mercredi 12 juin 2024", "12 de junio de 2024", "miércoles, 12 de junio de 2024",
        "12 giugno 2024", "mercoledì 12 giugno 2024", "12 de junho de 2024", "quarta-feira, 12 de junho de 2024",
        "12 июня 2024", "12 июня 2024 г.", "среда, 12 июня 2024 года", "12 червня 2024", "12 червня 2024 р.",
        "12 يونيو 2024", "الأربعاء 12 يونيو 2024", "١٢ يونيو ٢٠٢٤", "12 حزيران 2024", "2024年6月12日", "2024年06月12日（水）",
        "2024年6月12日 水曜日", "2024年6月12日 星期三", "２０２４年６月１２日", "2024년 6월 12일", "12 czerwca 2024", "12 juni 2024",
    ])
    func oneDay(_ text: String) {
        let isNext = text.contains("13") ? Int64(86_400) : 0
        #expect(read(text)?.seconds == Self.day + isNext, "\(text): \(String(describing: read(text)))")
        #expect(read(text)?.isCoarse == false && read(text)?.isAmbiguous == false, "\(text)")
    }

    @Test(arguments: [
        "Wed Jun 12 12:00:00 2024", "Wed Jun 12 12:00:00 +0000 2024", "Wed Jun 12 08:00:00 EDT 2024",
        "Wednesday, 12-Jun-24 12:00:00 GMT", "Wed, 12 Jun 24 12:00:00 GMT", "June 12, 2024 12:00 PM",
        "June 12, 2024, 8:00 a.m. EDT", "June 12, 2024 at 12:00", "12 June 2024 14:00 CEST", "12.06.2024 12:00",
        "12.06.2024, 12:00 Uhr", "2024/06/12 12:00:00", "2024年6月12日 12:00", "2024年6月12日12時00分", "2024年6月12日 12时00分00秒",
        "12 июня 2024, 12:00", "12 июня 2024 15:00 MSK", "12 juin 2024 à 12:00", "12:00, 12 June 2024",
        "2024년 6월 12일 12:00", "Jun 12, 2024 7:00 AM UTC-5", "12/Jun/2024 12:00:00 +0000",
    ])
    func oneMoment(_ text: String) {
        #expect(read(text)?.seconds == Self.noon, "\(text): \(String(describing: read(text)))")
    }

    @Test(arguments: [
        "sometime in spring", "today", "3 days ago", "June", "12 June", "June 12", "32 June 2024", "June 31, 2024",
        "12 Foo 2024", "12 June 2024 25:00", "12 June 2024 13:00 PM", "12:00", "1/2/3", "2024/13/01", "31.02.2024",
        "June 12 2024 and more", "12 June - 14 June 2024", "12 June 2024 12:00 XYZ", "2024年13月1日", "Page 3 of 2024",
        "12/06", "1.5", "3.2.1", "v2024.06", "12-06-24", "0000-00-00", "00/00/0000", "NaN", "None", "n/a",
    ])
    func noDates(_ text: String) { #expect(read(text) == nil, "\(text): \(String(describing: read(text)))") }

    @Test(arguments: [
        "0", "1970-01-01", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "January 1, 1970", "01/01/1970",
        "1970-01-01T05:30:00+05:30", "1900-01-01", "1900-01-01 00:00:00", "1899-12-30", "1899-12-31", "1601-01-01",
        "0001-01-01", "0001-01-01T00:00:00Z", "1/1/0001", "9999-12-31", "9999-12-31T23:59:59Z", "2999-01-01", "1000",
    ])
    func placeholders(_ text: String) {
        #expect(read(text) == nil, "\(text): \(String(describing: read(text)))")
        #expect(Array(text.utf8).withUnsafeBufferPointer { Timestamp.isDate($0) }, "\(text)")
    }

    @Test func coarseDates() {
        let year: Int64 = 1_735_689_599, june: Int64 = 1_719_791_999
        for (text, last) in [
            ("2024", year), ("2024年", year), ("2024-06", june), ("202406", june), ("2024/06", june), ("06/2024", june),
            ("June 2024", june), ("juin 2024", june), ("июнь 2024", june), ("2024年6月", june), ("Jun 2024", june),
        ] {
            let date = read(text)
            #expect(date?.seconds == last && date?.isCoarse == true, "\(text): \(String(describing: date))")
            #expect(date.map { RecordDate(key: $0.key) } == date)
        }
        // Behind all dates of its span, before all others.
        let keys = [
            "2023", "2024-06-01", "2024-06-30T23:59:59Z", "2024-06", "2024-07-01", "2024-12-31T23:59:59Z", "2024",
            "2025-01-01",
        ]
        .map { read($0)!.key }
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        #expect(CivilDate(secondsSince1970: read("2024-06")!.shown).description == "2024-06-30")
    }

    @Test func ordersOfDayAndMonth() {
        #expect(read("13/04/2024")?.order == .dmy && read("04/13/2024")?.order == .mdy)
        #expect(read("03.04.2024")?.order == nil && read("04/04/2024")?.isAmbiguous == false)
        for text in ["03/04/2024", "3/4/2024", "03-04-2024", "03/04/24", "03/04/2024 10:15", "03/04/2024, 10:15 AM"] {
            let date = read(text)!
            #expect(
                date.isAmbiguous && CivilDate(secondsSince1970: date.seconds).description == "2024-04-03", "\(text)")
            let turned = date.turned
            #expect(
                !turned.isAmbiguous && CivilDate(secondsSince1970: turned.seconds).description == "2024-03-04",
                "\(text)")
            #expect(turned.seconds - date.seconds == -30 * 86_400, "\(text)")
            #expect(RecordDate(key: date.key).isAmbiguous)
        }
    }

    /// Every month of every language, in both places, with every kind of year.
    @Test func monthsOfLanguages() {
        let names = [
            "January February March April May June July August September October November December",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        ]
        for language in names {
            for (month, name) in language.split(separator: " ").enumerated() {
                let want = Int64(Timestamp.days(year: 2023, month: month + 1, day: 7)!) * 86_400
                for text in ["7 \(name) 2023", "\(name.uppercased()) 7, 2023", "07. \(name) 2023 00:00"] {
                    #expect(read(text)?.seconds == want, "\(text)")
                }
                // Composed or not.
                #expect(read("7 \(name.decomposedStringWithCanonicalMapping()) 2023")?.seconds == want, "\(name)")
            }
        }
    }
}

extension Substring {
    fileprivate func decomposedStringWithCanonicalMapping() -> String {
        let marks: [Unicode.Scalar: String] = ["ä": "a\u{308}", "é": "e\u{301}", "û": "u\u{302}", "ç": "c\u{327}"]
        return unicodeScalars.map { marks[$0] ?? String($0) }.joined()
    }
}
