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
