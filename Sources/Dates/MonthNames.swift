/// Names of months and weekdays in the languages that have tables of words, in lower case.
enum MonthNames {
    /// 1 to 12.
    static func month(_ word: String) -> Int? { months[word] }
    static func isWeekday(_ word: String) -> Bool { weekdays.contains(word) }
    /// What may stand between day, month and year.
    static func isFiller(_ word: String) -> Bool { fillers.contains(word) }

    private static let fillers = Set(
        "of the de del do di le la el al at um uhr à a alle alle ore às h г года р року o год в о den on em il".split(
            separator: " "
        ).map(String.init))

    /// A language a line, each month's names between bars.
    private static let table = [
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
        "januar jänner|februar feber|märz maerz mär mrz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
        "janvier janv|février fevrier févr fevr fév|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre decembre déc",
        "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
        "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre sett|ottobre ott|novembre|dicembre",
        "janeiro|fevereiro fev|março marco|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro",
        "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
        "styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz|październik października paź|listopad listopada lis|grudzień grudnia gru",
        "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
        "січень січня січ|лютий лютого лют|березень березня бер|квітень квітня кві квіт|травень травня тра трав|червень червня чер черв|липень липня лип|серпень серпня сер серп|вересень вересня вер|жовтень жовтня жов жовт|листопад листопада лис|грудень грудня гру груд",
        "يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونيه|يوليو يوليه|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
        "كانون-الثاني|شباط|آذار اذار|نيسان|أيار ايار|حزيران|تموز|آب|أيلول ايلول|تشرين-الأول|تشرين-الثاني|كانون-الأول",
        "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    ]

    private static let months: [String: Int] = {
        var months: [String: Int] = [:]
        for line in table {
            for (index, names) in line.split(separator: "|").enumerated() {
                for name in names.split(separator: " ") { months[String(name)] = index + 1 }
            }
        }
        return months
    }()

    private static let weekdays = Set(
        """
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
        lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
        lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié mie jue vie sáb sab dom
        lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica gio
        segunda terça terca quarta quinta sexta feira segunda-feira terça-feira terca-feira quarta-feira quinta-feira
        sexta-feira seg ter qua qui sex
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        poniedziałek wtorek środa czwartek piątek sobota niedziela
        понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
        понеділок вівторок середа четвер п’ятниця субота неділя нд
        الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد
        星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
