import Testing
import Workers

@testable import Event

@Suite struct SimilarPairsTests {
    @Test(arguments: [1, 3]) func cosinesAreThoseOfTheDefinition(threads: Int) {
        let documents = inventedDocuments(16, seed: 11)
        let bags = documents.map(\.terms)
        let vectors = vectors(bags, Workers(count: threads))
        for i in bags.indices {
            for j in bags.indices {
                let wanted = naiveCosine(i, j, bags)
                #expect(abs(Double(vectors.cosine(i, j)) - wanted) < 1e-5, "documents \(i) and \(j): \(wanted)")
            }
        }
    }

    @Test(arguments: [1, 4]) func everyTermIndexedFindsEveryPair(threads: Int) {
        for seed in UInt64(1)...3 {
            var parameters = EventParameters()
            parameters.indexedTerms = TermBag.limit
            parameters.leastMeeting = 0
            let (found, wanted) = pairs(inventedDocuments(40, seed: seed), parameters, threads: threads)
            #expect(!wanted.isEmpty)
            #expect(found.subtracting(wanted).isEmpty, "seed \(seed)")
            #expect(wanted.subtracting(found).isEmpty, "seed \(seed)")
        }
    }

    @Test func defaultsFindEveryPairThatCanJoinAlone() {
        let parameters = EventParameters()
        for seed in UInt64(1)...3 {
            let documents = inventedDocuments(40, seed: seed)
            let (found, wanted) = pairs(documents, parameters, threads: 2)
            var joining = parameters
            joining.leastSimilarity = parameters.threshold
            let (_, needed) = pairs(documents, joining, threads: 1)
            #expect(!needed.isEmpty)
            #expect(found.isSubset(of: wanted), "seed \(seed)")
            #expect(needed.subtracting(found).isEmpty, "seed \(seed)")
        }
    }

    /// What the index finds and what comparing all pairs finds.
    private func pairs(
        _ documents: [EventDocument], _ parameters: EventParameters, threads: Int
    ) -> (found: Set<[Int32]>, wanted: Set<[Int32]>) {
        let workers = Workers(count: threads)
        let bags = documents.map(\.terms)
        let score = PairScore(vectors: vectors(bags, workers), days: documents.map(\.day), parameters: parameters)
        let index = HeavyTermIndex(
            score.vectors, bags: bags, frequencies: DocumentFrequencies(bags, workers: workers),
            terms: parameters.indexedTerms, longest: parameters.longestPosting, workers: workers)
        let found = similarPairs(score, index, workers: workers).map { [$0.first, $0.second] }
        #expect(found.count == Set(found).count, "a pair came twice")
        var wanted: Set<[Int32]> = []
        for i in bags.indices {
            for j in 0..<i where score(j, i) >= parameters.leastSimilarity { wanted.insert([Int32(j), Int32(i)]) }
        }
        return (Set(found), wanted)
    }

    @Test func daysApartDiscount() {
        let text = "Harbour crane topples onto the ferry pier at Brenmouth, injuring three dockers, port says"
        let documents = [0, 0, 7, 1000, nil].map { EventDocument(terms: bag(text), day: $0) }
        let clustering = EventClustering(documents, workers: Workers(count: 1))
        let same = clustering.similarity(0, 1)
        #expect(abs(same - 1) < 1e-5)
        #expect(clustering.similarity(0, 4) == same)
        #expect(abs(clustering.similarity(0, 2) / same - (1 - 0.5 * 0.632121)) < 1e-5)
        #expect(abs(clustering.similarity(0, 3) / same - 0.5) < 1e-9)
        #expect(clustering.labels == [0, 0, 0, 0, 0], "one text, whatever the dates")
    }

    private func vectors(_ bags: [TermBag], _ workers: Workers) -> TermVectors {
        TermVectors(
            bags, frequencies: DocumentFrequencies(bags, workers: workers), backgroundDocuments: 10_000,
            workers: workers)
    }
}
