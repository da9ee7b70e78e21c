import Background
import Shingle
import TestSupport
import Testing

@testable import Facts

private let background = Background { tokenHash($0.span) ?? 0 }

@Suite("Facts in common")
struct FactOverlapTests {
    private func facts(_ a: String, _ b: String) -> [FactOverlap.Fact] {
        FactOverlap(a.utf8, b.utf8, background: background).facts
    }

    private func facts(_ kind: FactOverlap.Fact.Kind, _ a: String, _ b: String) -> [String] {
        facts(a, b).filter { $0.kind == kind }.map(\.text)
    }

    @Test("are names, in part or whole, wherever they stand in the sentence")
    func names() {
        let a = "On the phone Anna Lindqvist told the Bank of Halden that talks with Tidewater had failed."
        let b = "Lindqvist has failed. A letter from the Bank of Halden, said Tidewater's lawyers, came late."
        #expect(Set(facts(.name, a, b)) == ["Bank of Halden", "Lindqvist", "Tidewater"])
    }

    @Test("are names in headlines, in capitals, and where the other text has no capitals")
    func letterCase() {
        let text = "Yesterday the mayor of Castrel met Lucio Ferrand in the town hall to speak of the dam."
        #expect(
            facts(.name, text, "LUCIO FERRAND MEETS CASTREL MAYOR\n\nIt was a short visit.").contains("Lucio Ferrand"))
        let lower = "lucio ferrand was in castrel again and nobody met him there but the mayor and his dog, who barked"
        #expect(Set(facts(.name, text, lower)) == ["Lucio Ferrand", "Castrel"])
        // Capitals of a headline make no names of its words.
        let headline = "Mayor Visits Town To Speak Of Broken Dam\nThe mayor was in town."
        #expect(facts(.name, headline, "Mayor Comes To Town To Speak Of Broken Dam\nThe mayor was there.").isEmpty)
    }

    @Test("are not the common nouns of German")
    func nouns() {
        let a =
            "Am Abend hat die Regierung in Halden das Gesetz über die Häfen beschlossen, sagte Minister Jörg Achternbusch."
        let b =
            "Jörg Achternbusch verteidigte das Gesetz: Die Regierung habe keine Wahl, sagte der Minister am Abend in Halden."
        let names = facts(.name, a, b)
        #expect(names.contains { $0.hasSuffix("Jörg Achternbusch") } && names.contains("Halden"), "\(names)")
        #expect(!names.contains("Abend") && !names.contains("Regierung") && !names.contains("Gesetz"), "\(names)")
    }

    @Test("are numbers in any notation, with their unit")
    func numbers() {
        for (a, b, expected) in [
            ("some 1,200 men", "1200 men", "1,200"), ("1.200 Mann", "1\u{202f}200 Mann", "1.200"),
            ("1\u{a0}200 hommes", "1200", "1\u{a0}200"),
            ("grew 3.5 per cent", "grew by 3.5%", "3.5 per cent"), ("um 3,5 Prozent", "3.5 %", "3,5 Prozent"),
            ("for $2 million", "for $2,000,000", "$2 million"), ("12 euros", "€12", "12 euros"),
            ("magnitude 6.1", "6.1", "6.1"),
            ("145 dead", "at least 145", "145"),
        ] {
            #expect(facts(.number, "a \(a) b", "the \(b) c") == [expected], "\(a), \(b)")
        }
        for (a, b) in [("12 %", "12 men"), ("$12", "€12"), ("1,200", "1.2"), ("3 men", "3 women"), ("0.5", "5")] {
            #expect(facts(.number, "a \(a) b", "the \(b) c") == [], "\(a), \(b)")
        }
    }

    @Test("are days in any notation")
    func dates() {
        for (a, b, expected) in [
            ("on 11 November", "on November 11th, 2024", "11 November"), ("2024-11-11", "Nov. 11", "2024-11-11"),
            ("am 11. November", "11 de noviembre", "11. November"), ("11月11日", "on 11 November", "11月11日"),
            ("on Tuesday", "am Dienstag", "Tuesday"), ("since October 2022", "in October 2022", "October 2022"),
        ] {
            #expect(facts(.date, "it came \(a).", "it went \(b).") == [expected], "\(a), \(b)")
        }
        #expect(facts(.date, "on 11 November", "on 12 November") == [])
        #expect(facts(.number, "on 11 November", "on 11 November").isEmpty, "a day is no number")
    }

    @Test(
        "are quotations in any style, whole, in part, and told without marks",
        arguments: [
            (
                "He said “the port will never close again” and left.", "“The port will never close”, he said.",
                "the port will never close"
            ),
            ("Er sagte: „Der Hafen bleibt offen“.", "»Der Hafen bleibt offen«, sagte er.", "Der Hafen bleibt offen"),
            ("a \"grave mistake\" it was", "he called it a “grave mistake” again", "grave mistake"),
            (
                "it would be “useless without their consent”", "held useless without their consent",
                "useless without their consent"
            ),
            ("他说「港口不会再关闭」。", "他表示：“港口不会再关闭”，然后离开。", "港口不会再关闭"),
        ])
    func quotations(_ a: String, _ b: String, _ expected: String) {
        #expect(facts(.quotation, a, b) == [expected])
    }

    @Test("are not words that neither text quotes")
    func unquoted() {
        #expect(facts(.quotation, "the port will never close again", "the port will never close again").isEmpty)
        #expect(facts(.quotation, "he said “the port", "they said “the port").isEmpty, "never closed")
    }

    @Test("are rare terms, also in scripts without capitals or spaces")
    func terms() {
        #expect(facts(.term, "the monastery fell in the night", "a monastery of the town fell") == ["monastery"])
        let chinese = facts(.term, "法国国防部长勒科尔尼与绍伊古通电话。", "绍伊古在电话中警告勒科尔尼。")
        #expect(chinese.contains { $0.contains("绍伊古") } && chinese.contains { $0.contains("勒科尔尼") }, "\(chinese)")
        #expect(!facts(.term, "وزير الدفاع تحدث عن إسطنبول والمفاوضات", "المفاوضات في إسطنبول انهارت").isEmpty)
    }

    @Test("have places that hold the same words in both", arguments: TextStyle.allCases, 0..<60)
    func places(_ style: TextStyle, _ seed: Int) {
        let a = style.bytes(600, seed: seed),
            b = Array(style.bytes(600, seed: seed)[100...]) + style.bytes(300, seed: seed + 1000)
        for fact in FactOverlap(a, b, background: background).facts {
            #expect(!fact.a.isEmpty && !fact.b.isEmpty && fact.weight > 0, "\(style), seed \(seed): \(fact)")
            for (places, text) in [(fact.a, a), (fact.b, b)] {
                #expect(
                    places.allSatisfy { !$0.isEmpty && $0.upperBound <= text.count }, "\(style), seed \(seed): \(fact)")
                #expect(
                    zip(places, places.dropFirst()).allSatisfy { $0.lowerBound < $1.lowerBound },
                    "\(style), seed \(seed): \(fact)")
            }
            guard fact.kind == .term || fact.kind == .quotation else { continue }
            #expect(naiveTokens(a[fact.a[0]]) == naiveTokens(b[fact.b[0]]), "\(style), seed \(seed): \(fact)")
        }
    }

    @Test("come the heaviest first, the same in every run")
    func order() {
        let a = "Lucio Ferrand said on Tuesday that 145 houses fell in Castrel, “with nobody inside them”."
        let b = "In Castrel 145 houses fell, “with nobody inside them”, Lucio Ferrand told us on Tuesday."
        let found = facts(a, b)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.weight >= $1.weight })
        #expect(Set(found.map(\.kind)).isSuperset(of: [.name, .number, .date, .quotation]))
        for _ in 0..<5 { #expect(facts(a, b) == found) }
    }

    @Test("of nothing are none")
    func nothing() {
        for text in ["", " ", "\u{feff}", "“"] { #expect(facts(text, "On Tuesday 145 men saw Lucio Ferrand.").isEmpty) }
    }
}
