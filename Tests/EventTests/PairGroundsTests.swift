import Glibc
import TestSupport
import Testing
import Workers

@testable import Event

/// What is said to have decided on a pair, against its score.
@Suite struct PairGroundsTests {
    @Test(arguments: 1...8) func partsAddUpToTheScore(seed: UInt64) {
        let documents = inventedDocuments(60, seed: seed)
        let events = EventClustering(documents, workers: Workers(count: 2))
        var parts: Set<PairGrounds.Part> = [], told = 0
        for second in documents.indices {
            for first in 0..<second {
                let (one, other) = (VoiceNumber(first), VoiceNumber(second))
                let score = events.score(one, other)
                guard let grounds = events.grounds(one, other) else {
                    #expect(score == 0)
                    continue
                }
                told += 1
                parts.insert(grounds.decider(threshold: 0.5))
                #expect(abs(grounds.score - score) < 1e-4, "\(grounds), \(score)")
                #expect(abs(events.grounds(other, one)!.company - grounds.company) < 1e-5, "symmetric")
                #expect((2...documents.count).contains(grounds.documents))
                if documents[first].day == nil || documents[second].day == nil {
                    let contradict = events.score.vectors.header(first).weekdays.contradict(
                        events.score.vectors.header(second).weekdays)
                    #expect(contradict || grounds.days == 0, "\(grounds)")
                }
            }
        }
        #expect(told > 10 && parts.contains(.texts))
    }

    /// The texts do not change their word, more is asked of them.
    @Test func moreWithinReachAsksForMore() {
        let model = EventModel.trained
        let few = inventedDocuments(60, seed: 3)
        let small = EventClustering(few, workers: Workers(count: 1)).grounds(VoiceNumber(0), VoiceNumber(1))
        let large = EventClustering(few + inventedDocuments(900, seed: 4), workers: Workers(count: 1))
            .grounds(VoiceNumber(0), VoiceNumber(1))
        if let small, let large {
            #expect(large.documents > small.documents && large.reach < small.reach)
            #expect(abs(small.reach - (model.cut.base - model.cut.logOdds(reach: Double(small.documents))) / 12) < 1e-9)
        }
        #expect(small != nil && large != nil)
    }

    @Test func whatDecides() {
        func grounds(_ texts: Double, _ days: Double, _ company: Double, _ reach: Double) -> PairGrounds {
            PairGrounds(texts: texts, days: days, company: company, reach: reach, documents: 100)
        }
        #expect(grounds(0.6, 0, 0, -0.1).decider(threshold: 0.5) == .texts)
        #expect(grounds(0.6, 0, -0.3, -0.1).decider(threshold: 0.5) == .texts)
        #expect(grounds(0.55, 0.05, 0, -0.1).decider(threshold: 0.5) == .days)
        #expect(grounds(0.55, 0.04, 0.1, -0.1).decider(threshold: 0.5) == .company)
        #expect(grounds(0.55, 0.04, 0.1, -0.1).decider(threshold: 0.4) == .texts)
        let mean = PairGrounds.mean([grounds(0.6, 0, 0, -0.1), grounds(0.4, 0.2, 0.1, -0.1)])
        #expect(mean == grounds(0.5, 0.1, 0.05, -0.1))
        #expect(PairGrounds.mean([]) == nil)
    }

    /// Four features are days; the names are those of the model.
    @Test func daysAreFeatures() {
        var features = PairFeatures.Values(repeating: 1)
        features = PairFeatures.withoutDays(features)
        let left = PairFeatures.names.enumerated().filter { features[$0.offset] == 1 }.map(\.element)
        #expect(left.count == PairFeatures.names.count - 4)
        #expect(left.allSatisfy { !$0.contains("day") && $0 != "dated" })
    }
}
