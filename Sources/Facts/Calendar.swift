import Shingle

/// Names of months and weekdays in the languages whose frequencies are known and that write them as words.
struct Calendar: Sendable {
    static let shared = Calendar()

    private var months: [UInt64: Int] = [:]
    private var weekdays: [UInt64: Int] = [:]

    private init() {
        for (number, names) in Self.monthNames.enumerated() {
            for word in wordHashes(names) { months[word] = number + 1 }
        }
        for (number, names) in Self.dayNames.enumerated() {
            for word in wordHashes(names) { weekdays[word] = number + 1 }
        }
    }

    /// 1...12.
    func month(_ word: UInt64) -> Int? { months[word] }
    /// 1 is Monday.
    func weekday(_ word: UInt64) -> Int? { weekdays[word] }
    func hasName(_ word: UInt64) -> Bool { months[word] != nil || weekdays[word] != nil }

    private static let monthNames = [
        "january jan januar jänner janvier enero gennaio janeiro januari января січня stycznia",
        "february feb februar février febrero febbraio fevereiro februari февраля лютого lutego",
        "march mar märz mars marzo março maart марта березня marca",
        "april apr avril abril aprile апреля квітня kwietnia",
        "may mai mayo maggio maio mei мая травня maja",
        "june jun juni juin junio giugno junho июня червня czerwca",
        "july jul juli juillet julio luglio julho июля липня lipca",
        "august aug août agosto augustus августа серпня sierpnia",
        "september sep sept septembre septiembre settembre setembro сентября вересня września",
        "october oct oktober okt octobre octubre ottobre outubro октября жовтня października",
        "november nov novembre noviembre novembro ноября листопада listopada",
        "december dec dezember dez décembre diciembre dicembre dezembro декабря грудня grudnia",
    ]

    private static let dayNames = [
        "monday montag lundi lunes lunedì maandag понедельник понеділок poniedziałek",
        "tuesday dienstag mardi martes martedì dinsdag вторник вівторок wtorek",
        "wednesday mittwoch mercredi miércoles mercoledì woensdag среда среду середу środę środa",
        "thursday donnerstag jeudi jueves giovedì donderdag четверг четвер czwartek",
        "friday freitag vendredi viernes venerdì vrijdag пятница пятницу п'ятницю piątek",
        "saturday samstag sonnabend samedi sábado sabato zaterdag суббота субботу суботу sobotę sobota",
        "sunday sonntag dimanche domingo domenica zondag воскресенье неділю niedzielę niedziela",
    ]
}
