import TestSupport
import Testing

@testable import Event

@Suite struct CohesionTests {
    @Test(arguments: 0..<20) func agreesWithSumsOverAllPairs(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = 40
        var clusters: [Int: VoiceNumber] = [:]
        let labels = (0..<count).map { document in
            let cluster = Int.random(in: 0..<15, using: &random)
            clusters[cluster] = clusters[cluster] ?? VoiceNumber(document)
            return clusters[cluster]!
        }
        var scores: [[Double]] = Array(repeating: Array(repeating: 0, count: count), count: count)
        var pairs: [SimilarPair] = []
        for second in 0..<Int32(count) {
            for first in 0..<second where Int.random(in: 0..<4, using: &random) > 0 {
                let similarity = Int32.random(in: 1...65_536, using: &random)
                pairs.append(SimilarPair(first: first, second: second, similarity: similarity))
                scores[Int(first)][Int(second)] = Double(similarity) / 65_536
                scores[Int(second)][Int(first)] = Double(similarity) / 65_536
            }
        }
        let threshold = 0.5
        let found = Cohesion(pairs, labels: labels, threshold: threshold)

        for document in 0..<count {
            let others = (0..<count).filter { $0 != document && labels[$0] == labels[document] }
            let sum = others.reduce(0) { $0 + scores[document][$1] }
            let expected = others.isEmpty ? nil : sum / Double(others.count)
            #expect(isClose(found.scores[document], expected), "document \(document)")
        }
        var misses: [[VoiceNumber]: Double] = [:]
        for a in Set(labels) {
            for b in Set(labels) where a < b {
                let pairs = (0..<count).filter { labels[$0] == a }.flatMap { first in
                    (0..<count).filter { labels[$0] == b }.map { scores[first][$0] }
                }
                let average = pairs.reduce(0, +) / Double(pairs.count)
                if average >= threshold - 0.1 { misses[[a, b]] = average }
            }
        }
        #expect(!misses.isEmpty, "tests nothing")
        #expect(Set(found.nearMisses.map { [$0.first, $0.second] }) == Set(misses.keys))
        for miss in found.nearMisses { #expect(isClose(miss.score, misses[[miss.first, miss.second]]), "\(miss)") }
        #expect(zip(found.nearMisses, found.nearMisses.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    private func isClose(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return a == b }
        return abs(a - b) < 1e-9
    }

    @Test func listsTheStrongestHundred() {
        let pairs = (0..<150).map { SimilarPair(first: 2 * $0, second: 2 * $0 + 1, similarity: 27_000 + $0) }
        let found = Cohesion(pairs, labels: (0..<300).map { VoiceNumber($0) }, threshold: 0.5)
        #expect(found.nearMisses.map(\.first) == (50..<150).map { VoiceNumber(2 * $0) }.reversed())
        #expect(found.scores.allSatisfy { $0 == nil })
    }
}
