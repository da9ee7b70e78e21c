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

    @Test func daysApartDiscount() {
        let text = "Harbour crane topples onto the ferry pier at Brenmouth, injuring three dockers, port says"
        let documents = [0, 0, 7, 1000, nil].map { EventDocument(terms: bag(text), day: $0) }
        let clustering = EventClustering(documents, workers: Workers(count: 1))
        let same = clustering.similarity(0, 1)
        #expect(abs(same - 1) < 1e-4)
        #expect(clustering.similarity(0, 4) == same)
        #expect(abs(clustering.similarity(0, 2) / same - (1 - 0.5 * 0.632121)) < 1e-5)
        #expect(abs(clustering.similarity(0, 3) / same - 0.5) < 1e-9)
        #expect(clustering.labels == [0, 0, 0, 0, 0], "one text, whatever the dates")
    }
}
