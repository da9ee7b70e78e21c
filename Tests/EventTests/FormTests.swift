import Background
import Testing
import Workers

@testable import Event

/// Tables and lists, which tell no event.
@Suite struct FormTests {
    private static let table = """
        Wheat 3.41 3.38 up 2 Corn 2.07 2.05 unchanged Barley 1.98 2.01 down 3 Oats 1.44 1.43 up 1 Soybeans 5.90 5.87 up 4 \
        Rye 2.22 2.25 down 3 Rapeseed 4.10 4.02 up 5 Sunflower 3.77 3.70 up 2 Cotton 61.2 60.9 up 3 Sugar 7.1 7.0 up 1
        """
    private static let list =
        "Albania Austria Belgium Bulgaria Croatia Cyprus Denmark Estonia Finland France Germany Greece "
        + "Hungary Iceland Ireland Italy Latvia Lithuania Luxembourg Malta Norway Poland Portugal Romania Serbia Slovakia"
    private static let prose = """
        A lorry with wheat overturned on the bridge at Marrowick early on Friday, and the road to the port was closed for \
        six hours. The driver was not hurt. It was the third accident on the bridge since it was opened in the spring, and \
        the mayor said that the council would look at a lower limit.
        """

    @Test func tablesAndListsAreForms() {
        #expect(bag(Self.table).isForm && bag(Self.list, declared: Language("en")).isForm)
        #expect(!bag(Self.prose).isForm && !bag(Self.prose.uppercased()).isForm)
    }

    @Test func figuresAreForms() {
        func isOfFigures(_ text: String) -> Bool { Form.isOfFigures(Array(text.utf8).span) }
        #expect(isOfFigures("HALDEN TIN 1200 - APRIL 7 pool 419.50-422.50 (418.50-421.50 at 11.00)"))
        #expect(isOfFigures("7"))
        #expect(!isOfFigures(Self.prose) && !isOfFigures("Halden 2, Korvik 1"))
        #expect(!isOfFigures("") && !isOfFigures("—"))
        #expect(isOfFigures("a 1") && !isOfFigures("ab 1") && !isOfFigures("é 1"))
        #expect(!isOfFigures("a1") && !isOfFigures("the A4 and 1a2b3") && isOfFigures("A4: 12"))
    }

    @Test func headlinesAreNone() {
        #expect(!bag("Wheat and corn prices up in Chicago").isForm)
        #expect(!bag("Marrowick port strike ends").isForm && !bag("").isForm)
    }

    @Test func formsAreInNoEvent() {
        let other = Self.table.replacing("3.41", with: "3.42").replacing("Barley", with: "Hops")
        let documents = [Self.table, other].map { EventDocument(terms: bag($0), day: 1) }
        let clustering = EventClustering(documents, workers: Workers(count: 1))
        #expect(clustering.labels == [0, 1] && clustering.score(0, 1) == 0)
    }

    @Test func phrasesCountWhereBothHaveThem() {
        func phrases(_ a: String, _ b: String) -> Double {
            let documents = [a, b].map { EventDocument(terms: bag($0, declared: Language("en")), day: nil) }
            return vectors(documents, Workers(count: 1)).likeness(0, 1).phrases
        }
        let one = "Minister Olga Brandt spoke"
        #expect(phrases(one, "Yesterday Olga Brandt resigned") > 0)
        #expect(phrases(one, "Brandt met Olga") == 0)
        #expect(phrases(one, "Yesterday Olga Brandt resigned") == phrases("Yesterday Olga Brandt resigned", one))
    }
}
