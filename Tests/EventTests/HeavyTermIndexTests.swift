import Foundation
import TestSupport
import Testing
import Workers

@testable import Event

@Suite struct HeavyTermIndexTests {
    @Test(arguments: [1, 4]) func everyTermIndexedFindsEveryPair(threads: Int) {
        var parameters = EventParameters()
        parameters.indexedTerms = TermBag.limit
        parameters.postingWindow = .max
        parameters.mostCandidates = .max
        parameters.leastMeeting = 0
        for seed in UInt64(1)...3 {
            let (found, wanted) = pairs(inventedDocuments(40, seed: seed), parameters, threads: threads)
            #expect(!wanted.isEmpty)
            // What the index takes for less than a 4,096th it does not see.
            #expect(found == wanted, "seed \(seed): \(found.symmetricDifference(wanted))")
        }
    }

    @Test func defaultsFindEveryPairThatCanJoinAlone() {
        let parameters = EventParameters()
        for seed in UInt64(1)...3 {
            let documents = inventedDocuments(200, seed: seed)
            let (found, wanted) = pairs(documents, parameters, threads: 2)
            var joining = parameters
            joining.leastCosine = 0.25
            let (_, needed) = pairs(documents, joining, threads: 1)
            #expect(!needed.isEmpty)
            #expect(found.isSubset(of: wanted), "seed \(seed)")
            let lost = needed.subtracting(found)
            #expect(lost.count * 100 <= needed.count, "seed \(seed): \(lost.count) of \(needed.count)")
        }
    }

    @Test func defaultsFindNearlyEveryPairOfTheSampleThatCanJoinAlone() throws {
        let sample = URL(filePath: #filePath).appending(path: "../../../corpora/sample/stories.jsonl").standardized
        let documents = try String(contentsOf: sample, encoding: .utf8).split(separator: "\n").map { line in
            let story = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return EventDocument(terms: bag(story?["text"] as? String ?? ""), day: nil)
        }
        var parameters = EventParameters()
        parameters.leastCosine = 0.25
        let (found, wanted) = pairs(documents, parameters, threads: 1)
        let lost = wanted.subtracting(found)
        #expect(!wanted.isEmpty && found.isSubset(of: wanted))
        #expect(lost.count * 25 <= wanted.count, "\(lost) of \(wanted.count)")
    }

    @Test func aDocumentIsComparedWithThoseThatShareMost() {
        var parameters = EventParameters()
        let documents = inventedDocuments(60, seed: 5)
        let all = candidates(of: 59, documents, parameters)
        parameters.mostCandidates = 3
        let few = candidates(of: 59, documents, parameters)
        #expect(few.count == 3 && all.count > 3)
        let vectors = vectors(documents, Workers(count: 1))
        let leastOfFew = few.map { vectors.cosine(59, $0) }.min()!
        let mostOfOthers = Set(all).subtracting(few).map { vectors.cosine(59, $0) }.max()!
        // The index weighs roughly, and only the heaviest terms.
        #expect(leastOfFew > mostOfOthers * 0.7, "\(leastOfFew) and \(mostOfOthers)")
    }

    /// A million documents with one term in common, in pairs with another.
    @Test func aHotTermCostsAWindow() {
        let documents = 1_000_000
        let slabs = TermSlab.ranges(of: documents).map { range in
            var slab = TermSlab([])
            for document in range {
                slab.append(
                    TermStore.Header(),
                    [
                        Term(key: 7, weight: 0.6, isIndexed: true),
                        Term(key: UInt32(document / 2 + 1) &* 0x9E37_79B1, weight: 0.8, isIndexed: true),
                    ])
            }
            return slab
        }
        let index = HeavyTermIndex(TermVectors(weighed: TermStore(slabs)), terms: 24, window: 128)
        var search = HeavyTermIndex.Search(index)
        for document in [0, 1, 127, 128, 129, 500_001, 999_998, 999_999] {
            let few = Array(search.candidates(of: document, least: 0.5, most: 48))
            #expect(few == (document % 2 == 0 ? [] : [Int32(document - 1)]), "document \(document)")
            let met = Array(search.candidates(of: document, least: 0.05, most: .max))
            #expect(met == (max(0, document - 128)..<document).map(Int32.init), "document \(document)")
        }
    }

    private func candidates(of document: Int, _ documents: [EventDocument], _ parameters: EventParameters) -> [Int] {
        let index = HeavyTermIndex(
            vectors(documents, Workers(count: 1)), terms: parameters.indexedTerms, window: parameters.postingWindow)
        var search = HeavyTermIndex.Search(index)
        return search.candidates(of: document, least: parameters.leastMeeting, most: parameters.mostCandidates).map(
            Int.init)
    }

    /// What the index finds and what comparing all pairs finds.
    private func pairs(
        _ documents: [EventDocument], _ parameters: EventParameters, threads: Int
    ) -> (found: Set<[Int32]>, wanted: Set<[Int32]>) {
        let workers = Workers(count: threads)
        var parameters = parameters
        parameters.model.most = .infinity  // No pair is hopeless.
        let vectors = vectors(documents, indexed: parameters.indexedTerms, workers)
        let index = HeavyTermIndex(vectors, terms: parameters.indexedTerms, window: parameters.postingWindow)
        let pairs = candidatePairs(vectors, index, parameters, workers: workers)
        let found = pairs.map { [$0.first, $0.second] }
        #expect(found.count == Set(found).count, "a pair came twice")
        var wanted: Set<[Int32]> = []
        for i in documents.indices {
            for j in 0..<i where vectors.cosine(j, i) >= parameters.leastCosine { wanted.insert([Int32(j), Int32(i)]) }
        }
        for pair in pairs {
            let (first, second) = (Int(pair.first), Int(pair.second))
            let features = PairFeatures.of(first, second, vectors.likeness(first, second), vectors)
            let exact = parameters.model.ofWords(features)
            #expect(abs(pair.alone - exact.alone) < 1e-4 && abs(pair.part - exact.part) < 1e-4, "pair \(pair)")
        }
        return (Set(found), wanted)
    }
}
