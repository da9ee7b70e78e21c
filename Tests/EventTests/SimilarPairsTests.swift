import Testing
import Workers

@testable import Event

@Suite struct SimilarPairsTests {
    @Test(arguments: [1, 3]) func cosinesAreThoseOfTheDefinition(threads: Int) {
        let documents = inventedDocuments(40, seed: 11)
        let bags = documents.map(\.terms)
        let vectors = vectors(bags, Workers(count: threads))
        for i in bags.indices {
            for j in bags.indices {
                let wanted = naiveCosine(i, j, bags)
                #expect(abs(Double(vectors.cosine(i, j)) - wanted) < 1e-5, "documents \(i) and \(j): \(wanted)")
            }
        }
    }

    /// With every term indexed no pair is missed; with the defaults few are, and none that matters on this scale.
    @Test(arguments: [(Int.max, 1), (Int.max, 4), (EventParameters().indexedTerms, 2)])
    func findsWhatAllPairsFind(terms: Int, threads: Int) {
        for seed in UInt64(1)...5 {
            let documents = inventedDocuments(60, seed: seed)
            let workers = Workers(count: threads)
            var parameters = EventParameters()
            parameters.indexedTerms = min(terms, TermBag.limit)
            if terms == .max { parameters.leastMeeting = 0 }
            let bags = documents.map(\.terms)
            let score = PairScore(vectors: vectors(bags, workers), days: documents.map(\.day), parameters: parameters)
            let index = HeavyTermIndex(
                score.vectors, bags: bags, frequencies: DocumentFrequencies(bags, workers: workers),
                terms: parameters.indexedTerms, longest: parameters.longestPosting, workers: workers)
            let found = similarPairs(score, index, workers: workers).map { Key(first: $0.first, second: $0.second) }
            var wanted: Set<Key> = []
            for i in bags.indices {
                for j in 0..<i where score(j, i) >= parameters.leastSimilarity {
                    wanted.insert(Key(first: Int32(j), second: Int32(i)))
                }
            }
            #expect(found.count == Set(found).count, "seed \(seed): a pair came twice")
            #expect(Set(found) == wanted, "seed \(seed), \(terms) terms, \(threads) threads")
            #expect(!wanted.isEmpty)
        }
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

    private struct Key: Hashable { let first, second: Int32 }

    private func vectors(_ bags: [TermBag], _ workers: Workers) -> TermVectors {
        TermVectors(
            bags, frequencies: DocumentFrequencies(bags, workers: workers), backgroundDocuments: 10_000, workers: workers)
    }
}
