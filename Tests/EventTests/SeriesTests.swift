import Background
import Glibc
import TestSupport
import Testing
import Workers

@testable import Event

/// What comes again: forms, columns and look-alikes, which are alike in their words and not in what fills them.
@Suite struct SeriesTests {
    @Test func aContrastIsWhatDiffersAfterAndBeforeTheSameWord() {
        func likeness(_ a: String, _ b: String) -> Likeness {
            let documents = [a, b].map { EventDocument(terms: bag($0, declared: Language("en")), day: nil) }
            return vectors(documents, Workers(count: 1)).likeness(0, 1)
        }
        let one = "Governor Sorl raised the key rate in Vell", filled = "Governor Imre raised the key rate in Tessia"
        let told = "The key rate in Vell goes up, said Sorl, the governor"
        #expect(likeness(one, one).contrast == 0 && likeness(one, one).sameWords == 1)
        #expect(likeness(one, filled).contrast > 2 * likeness(one, told).contrast)
        #expect(likeness(one, filled).sameWords > likeness(one, told).sameWords)
        #expect(likeness(one, filled) == likeness(filled, one))
    }

    @Test func rivalsAreWhatEachSaysAgainAndTheOtherNever() {
        func rivals(_ a: String, _ b: String) -> Double {
            let documents = [a, b].map { EventDocument(terms: bag($0, declared: Language("en")), day: nil) }
            return vectors(documents, Workers(count: 1)).likeness(0, 1).rivals
        }
        let one = "Key rate in Vell up: the bank of Vell raised the key rate on Thursday"
        let told = "Key rate up: the bank of Vell, which raised the key rate on Thursday, warns of prices"
        let other = "Key rate in Tessia up: the bank of Tessia raised the key rate on Thursday"
        #expect(rivals(one, one) == 0 && rivals(one, told) == 0)
        #expect(rivals(one, other) > 0.1 && rivals(one, other) == rivals(other, one))
        // What stands once in the lead counts twice there and recurs in no text.
        #expect(rivals(told, other.replacing("of Tessia ", with: "")) == 0)
    }

    @Test(arguments: 1...20) func whatRecursIsThatOfTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 2...20, using: &random), model = EventModel.trained
        let days = (0..<count).map { _ in
            Int.random(in: 0..<4, using: &random) > 0 ? Double.random(in: 0..<50, using: &random).rounded() : nil
        }
        let vectors = vectors(days.map { EventDocument(terms: bag("a story"), day: $0) }, Workers(count: 1))
        var pairs: [CandidatePair] = []
        for second in 0..<count {
            for first in 0..<second where Int.random(in: 0..<4, using: &random) > 0 {
                pairs.append(CandidatePair(first, second, (Double.random(in: -6...6, using: &random), 0)))
            }
        }
        func gap(_ pair: CandidatePair) -> Double? {
            days[Int(pair.first)].flatMap { one in days[Int(pair.second)].map { abs(one - $0) } }
        }
        func likeness(_ pair: CandidatePair) -> Double {
            pair.alone - Double(model.ofDays(gap(pair))) / SimilarPair.unit
        }
        let recurrence = Recurrence(pairs, vectors, model: model, window: 30)
        for pair in pairs {
            let counts = [pair.first, pair.second].map { document in
                pairs.count { other in
                    let isOfDocument = other.first == document || other.second == document
                    let isPair = other.first == pair.first && other.second == pair.second
                    guard isOfDocument, !isPair, other.alone > -4, let gap = gap(other) else { return false }
                    return gap > 2.5 && gap <= 30 && likeness(other) >= likeness(pair) - 1
                }
            }
            #expect(abs(recurrence(pair) - log1p(Double(counts.min()!))) < 1e-9)
        }
    }

    /// A column under one title on sixteen days, twice on the last of them.
    @Test func aColumnIsNoEvent() {
        let topics = [
            "bees on city roofs", "old bridges", "night trains", "winter swimming", "lost umbrellas", "street pianos",
            "allotment rules", "paper maps", "late buses", "garden birds", "market cheese", "harbour seals",
            "school choirs",
            "tin roofs", "chess in parks", "river ferries",
        ]
        func column(_ topic: String) -> String {
            "Letter from Marrowick: what our readers told us about \(topic). Every morning the editors of the Letter from "
                + "Marrowick choose what readers told us, and every morning somebody disagrees."
        }
        let documents = topics.enumerated().map { number, topic in
            EventDocument(terms: bag(column(topic)), day: Double(min(number, 14) * 2))
        }
        let labels = EventClustering(documents, workers: Workers(count: 2)).labels
        let largest = Dictionary(grouping: labels) { $0 }.values.map(\.count).max()!
        #expect(largest <= 2, "\(labels)")
    }
}
