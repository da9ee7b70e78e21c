import Background
import Shingle
import Testing

@testable import Facts

@Suite("Facts that several reports share")
struct SharedFactTests {
    private static let background = Background { tokenHash($0.span) ?? 0 }

    private func shared(_ texts: String...) -> [SharedFact] {
        let texts = texts.map { FactText($0.utf8, declared: Language("en"), background: Self.background) }
        return SharedFact.of(texts[0], and: Array(texts.dropFirst()))
    }

    @Test("are told by at least half, the typical one among them")
    func half() {
        let facts = shared(
            "On Tuesday, 145 people fled from Halden, said Lucio Ferrand.",
            "Some 145 people have fled, reports say from Halden.", "They fled from Halden, said Lucio Ferrand.",
            "All of Halden has fled, 145 people, and Castrel too.", "Nobody in Castrel fled, said Anna Lindqvist.")
        let counts = Dictionary(uniqueKeysWithValues: facts.map { ($0.text, $0.reports) })
        #expect(counts["Halden"] == 4 && counts["145"] == 3, "\(facts)")
        #expect(counts["Lucio Ferrand"] == nil && counts["Castrel"] == nil && counts["Tuesday"] == nil, "\(facts)")
    }

    @Test("need two reports")
    func two() {
        #expect(shared("In Halden 145 people fled.").isEmpty)
        #expect(Set(shared("In Halden 145 people fled.", "At least 145 fled from Halden.").map(\.reports)) == [2])
    }

    @Test("are one where the same name is told in part")
    func partsOfNames() {
        let facts = shared(
            "The mayor, Lucio Ferrand, wept.", "The mayor, Lucio Ferrand, cried.", "Then Ferrand cried.",
            "Yesterday Ferrand was in tears.", "Now Lucio Ferrand wept, too.")
        #expect(facts.filter { $0.text.contains("Ferrand") }.map(\.reports) == [5], "\(facts)")
    }

    @Test("are the heaviest, of every kind a few")
    func limits() {
        let names = (0..<9).map { "Lucio\(UnicodeScalar(97 + $0)!)us Ferrand\(UnicodeScalar(97 + $0)!)o" }
        let text =
            "Then " + names.joined(separator: ", who was a friend of ")
            + " and paid 145, 2,178, 33.5, 87, 640 and 91 euros on Tuesday."
        let facts = shared(text, text + " Again.")
        for kind in [FactOverlap.Fact.Kind.name, .number] {
            #expect(facts.count { $0.kind == kind } == 4, "\(kind): \(facts)")
        }
        #expect(facts.count <= 12)
        #expect(zip(facts, facts.dropFirst()).allSatisfy { $0.weight >= $1.weight }, "\(facts)")
    }
}
