import Tables

/// Names of months and weekdays in the languages whose frequencies are known and that write them as words.
struct Calendar: Sendable {
    static let shared = Calendar()

    private var words = TokenNumbers()
    /// Of each word, 0 where it is none.
    private var months: [Int] = [], weekdays: [Int] = []

    private init() {
        read(Self.monthNames) { $0.months[$1] = $2 }
        read(Self.dayNames) { $0.weekdays[$1] = $2 }
    }

    private mutating func read(_ lists: [String], _ set: (inout Calendar, _ word: Int, _ number: Int) -> Void) {
        for (number, names) in lists.enumerated() {
            for hash in wordHashes(names) {
                let word = words.insert(hash)
                if word == months.count {
                    months.append(0)
                    weekdays.append(0)
                }
                set(&self, word, number + 1)
            }
        }
    }

    /// Of a word that is a name of one or both: the month, 1...12, and the weekday, 1 for Monday; 0 for neither.
    func names(_ word: UInt64) -> (month: Int, weekday: Int)? { words[word].map { (months[$0], weekdays[$0]) } }
    func hasName(_ word: UInt64) -> Bool { words[word] != nil }

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
