import TestSupport
import Testing
import Workers

@testable import Event

@Suite struct SimilarPairsTests {
    @Test(arguments: [1, 3]) func cosinesAreThoseOfTheDefinition(threads: Int) {
        let documents = inventedDocuments(16, seed: 11)
        let bags = documents.map(\.terms)
        let vectors = vectors(documents, Workers(count: threads))
        for i in bags.indices {
            for j in bags.indices {
                let wanted = naiveCosine(i, j, bags)
                #expect(abs(vectors.cosine(i, j) - wanted) < 1e-4, "documents \(i) and \(j): \(wanted)")
            }
        }
    }

    /// Of documents whose terms have few marks, so that these collide, and some of which have very many terms.
    @Test(arguments: 1...30) func likenessIsThatOfTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let marks = UInt32.random(in: 1...60, using: &random), room = seed % 10 == 0 ? 1500 : Int(marks) * 4
        var slab = TermSlab([])
        let documents = (0..<12).map { _ in
            let keys = Set(
                (0..<Int.random(in: 0...room, using: &random)).map { _ in
                    UInt32.random(in: 0..<marks, using: &random) << 19 | UInt32.random(in: 0..<16, using: &random)
                })
            return keys.sorted().map { key in
                let previous = UInt32.random(in: 0...marks, using: &random) << 19
                return Term(
                    key: key, weight: Double.random(in: 0...0.5, using: &random), isIndexed: false,
                    recurs: Bool.random(using: &random),
                    place: Term.Place(after: previous, inLead: Bool.random(using: &random)))
            }
        }
        for terms in documents { slab.append(TermStore.Header(), terms) }
        let vectors = TermVectors(weighed: TermStore([slab]))
        var probe = TermProbe()
        for second in documents.indices {
            vectors.withTerms(of: second) { probe.load($0) }
            for first in documents.indices {
                let likeness = vectors.withTerms(of: first) { probe.likeness(to: $0) }
                #expect(likeness == naiveLikeness(documents[first], documents[second]))
            }
        }
    }

    /// Those without hope are not asked for their company.
    @Test(arguments: 1...5) func noPairThatScoresIsLeftOut(seed: UInt64) {
        let workers = Workers(count: 2)
        var parameters = EventParameters()
        let pairs = EventPairs(TermStore(inventedDocuments(80, seed: seed)), parameters: parameters, workers: workers)
        for base in [-1.15, 2, 6] {
            parameters.model.cut.base = base
            let score = PairScore(
                vectors: pairs.vectors, company: Company(pairs.candidates, pairs.vectors, window: 30),
                recurrence: Recurrence(pairs.candidates, pairs.vectors, model: parameters.model, window: 30),
                model: parameters.model, parameters: parameters)
            let wanted = pairs.candidates.filter { score($0) * SimilarPair.unit >= 1 }
            let found = score.scored(pairs.candidates, workers: workers)
            #expect(found.map { [$0.first, $0.second] } == wanted.map { [$0.first, $0.second] })
            #expect(found.count < pairs.candidates.count || base < 0)
        }
    }

    @Test func daysApartSpeakAgainstOneEvent() {
        let reports = [
            "Harbour crane topples onto the ferry pier at Brenmouth, injuring three dockers, port says",
            "Three dockers were hurt when a crane fell on the Brenmouth ferry pier, the harbour office said",
        ]
        func clustering(daysApart: Double?, window: Double = 30) -> EventClustering {
            var parameters = EventParameters()
            parameters.window = window
            let documents =
                [EventDocument(terms: bag(reports[0]), day: 0)]
                + [EventDocument(terms: bag(reports[1]), day: daysApart)]
            return EventClustering(documents, parameters: parameters, workers: Workers(count: 1))
        }
        let scores = [0.0, 2, 7, 30].map { clustering(daysApart: $0).score(0, 1) }
        #expect(scores == scores.sorted(by: >) && scores[0] > scores[3], "\(scores)")
        #expect(clustering(daysApart: 0).labels == [0, 0])
        #expect(clustering(daysApart: nil).labels == [0, 0], "a date that is missing")
        #expect(clustering(daysApart: 2, window: 1).labels == [0, 1])
        #expect(clustering(daysApart: 1, window: 1).labels == [0, 0])
        #expect(clustering(daysApart: nil, window: 0).labels == [0, 0])
    }
}
