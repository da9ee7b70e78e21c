import DedupKit
import Report
import TestSupport
import Testing

@Suite struct ClusterListTests {
    private func list(_ labels: [Int], scores: [Int: Double]) -> [[Int]] {
        let events = Dictionary(
            uniqueKeysWithValues: scores.map { (DocumentNumber($0.key), EventEvidence.Event(score: $0.value)) })
        return ClusterList(labels: labels.map { DocumentNumber($0) }, events: events).clusters.map {
            [$0.representative.index] + $0.members.map(\.index)
        }
    }

    @Test func theLargestThenTheMostCertain() {
        let labels = [0, 0, 2, 2, 4, 4, 6, 6, 8, 9, 9, 9]
        #expect(
            list(labels, scores: [0: 0.6, 2: 0.9, 6: 0.6, 9: 0.5])
                == [[9, 9, 10, 11], [4, 4, 5], [2, 2, 3], [0, 0, 1], [6, 6, 7]])
        #expect(list(labels, scores: [:]).map(\.[0]) == [9, 0, 2, 4, 6])
        #expect(list([], scores: [:]).isEmpty && list([0, 1], scores: [:]).isEmpty)
    }

    /// A saved result has four decimals.
    @Test func scoresThatAreToldAlikeAreAlike() {
        #expect(list([0, 0, 2, 2], scores: [0: 0.61234, 2: 0.61236]).map(\.[0]) == [2, 0])
        #expect(list([0, 0, 2, 2], scores: [0: 0.61231, 2: 0.61233]).map(\.[0]) == [0, 2])
    }

    /// Whatever it is asked: nothing is there twice, nothing is lost, and no cluster stands before one that ranks higher.
    @Test(arguments: 1...20) func isThatOfTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var labels: [Int] = []
        for document in 0..<200 {
            labels.append(random.flip(0.4) ? document : labels.randomElement(using: &random) ?? 0)
        }
        let scores = Dictionary(
            uniqueKeysWithValues: Set(labels).filter { _ in random.flip(0.8) }.map {
                ($0, Double(random.below(4)) / 8 + 0.5)
            })
        let wanted = Dictionary(grouping: labels.indices) { labels[$0] }.filter { $1.count > 1 }.sorted { a, b in
            if a.value.count != b.value.count { return a.value.count > b.value.count }
            let (one, other) = (scores[a.key] ?? 1, scores[b.key] ?? 1)
            return one != other ? one > other : a.key < b.key
        }
        #expect(list(labels, scores: scores) == wanted.map { [$0.key] + $0.value })
    }
}
