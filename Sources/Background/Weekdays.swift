/// The days of the week that a text names, a bit each.
///
/// Two reports of Tuesday's fire name Tuesday; a report of Thursday's in words as like does not.
public struct Weekdays: OptionSet, Sendable {
    public let rawValue: UInt8

    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// - Parameter number: 1 for Monday to 7 for Sunday; 0 for no day.
    @inlinable public init(number: UInt16) { rawValue = UInt8(truncatingIfNeeded: (1 << number) >> 1) }

    /// Whether both name days and not one in common.
    @inlinable
    public func contradict(_ other: Weekdays) -> Bool { !isEmpty && !other.isEmpty && isDisjoint(with: other) }

    /// By language, Monday first: each name as it stands after "on", with the cases that news writes. Portuguese days
    /// but two are ordinals, which mean other things more often.
    package static func names(_ language: String) -> [[String]] { all[language] ?? [] }

    private static let all: [String: [[String]]] = [
        "en": [["monday"], ["tuesday"], ["wednesday"], ["thursday"], ["friday"], ["saturday"], ["sunday"]],
        "es": [["lunes"], ["martes"], ["miércoles"], ["jueves"], ["viernes"], ["sábado"], ["domingo"]],
        "fr": [["lundi"], ["mardi"], ["mercredi"], ["jeudi"], ["vendredi"], ["samedi"], ["dimanche"]],
        "de": [
            ["montag"], ["dienstag"], ["mittwoch"], ["donnerstag"], ["freitag"], ["samstag", "sonnabend"], ["sonntag"],
        ],
        "pt": [[], [], [], [], [], ["sábado"], ["domingo"]],
        "it": [["lunedì"], ["martedì"], ["mercoledì"], ["giovedì"], ["venerdì"], ["sabato"], ["domenica"]],
        "ru": [
            ["понедельник", "понедельника"], ["вторник", "вторника"], ["среду"], ["четверг", "четверга"],
            ["пятницу", "пятницы"], ["субботу", "субботы"], ["воскресенье", "воскресенья"],
        ],
        "uk": [
            ["понеділок", "понеділка"], ["вівторок", "вівторка"], ["середу"], ["четвер", "четверга"],
            ["ятницю", "ятниці"], ["суботу", "суботи"], ["неділю", "неділі"],
        ],
        "ar": [
            ["الاثنين", "الإثنين"], ["الثلاثاء"], ["الأربعاء"], ["الخميس"], ["الجمعة"], ["السبت"], ["الأحد"],
        ],
        // Pairs of characters, the ends of 星期一 and 周一.
        "zh": ["一", "二", "三", "四", "五", "六", "日"].map { ["期" + $0, "周" + $0, "週" + $0] },
        "ja": ["月", "火", "水", "木", "金", "土", "日"].map { [$0 + "曜"] },
    ]
}
