import TestSupport
import Testing

@testable import Event

@Suite struct AverageLinkageTests {
    @Test func aClusterIsJudgedByItsAverage() {
        // 0-1 and 2-3 are close; 1-2 alone would chain them, their average of .6 / 4 does not.
        let pairs = [pair(0, 1, 0.9), pair(2, 3, 0.8), pair(1, 2, 0.6)]
        #expect(averageLinkage(count: 5, pairs: pairs, threshold: 0.25) == [0, 0, 2, 2, 4])
        // A third is .6 from one of a pair: .3 on average.
        let triple = [pair(0, 1, 0.9), pair(1, 2, 0.6)]
        #expect(averageLinkage(count: 3, pairs: triple, threshold: 0.35) == [0, 0, 2])
        #expect(averageLinkage(count: 3, pairs: triple, threshold: 0.25) == [0, 0, 0])
    }

    @Test func lookAlikesStayApart() {
        // Two pairs of .9, each .6 from all of the other: above .5, and by less than half of what the pairs are above it.
        let between = [pair(0, 2, 0.6), pair(0, 3, 0.6), pair(1, 2, 0.6), pair(1, 3, 0.6)]
        let pairs = [pair(0, 1, 0.9), pair(2, 3, 0.9)] + between
        #expect(averageLinkage(count: 4, pairs: pairs, threshold: 0.5) == [0, 0, 2, 2])
        // One that is as far from a pair joins it: nothing is known of how its own reports hold together.
        #expect(
            averageLinkage(count: 3, pairs: [pair(0, 1, 0.9), between[0], between[2]], threshold: 0.5) == [0, 0, 0])
        // Pairs of .65 hold together hardly better than that.
        let loose = [pair(0, 1, 0.65), pair(2, 3, 0.65)] + between
        #expect(averageLinkage(count: 4, pairs: loose, threshold: 0.5) == [0, 0, 0, 0])
    }

    @Test func tiesGoToTheEarlierPair() {
        let pairs = [pair(0, 1, 0.5), pair(1, 2, 0.5)]
        #expect(averageLinkage(count: 3, pairs: pairs, threshold: 0.3) == [0, 0, 2])
        #expect(averageLinkage(count: 3, pairs: pairs.reversed(), threshold: 0.3) == [0, 1, 1])
    }

    @Test func agreesWithTheClosestPairEachTime() {
        var random = SplitMix64(seed: 5)
        for round in 0..<400 {
            let count = Int.random(in: 1...24, using: &random)
            let density = Double.random(in: 0.05...1, using: &random)
            var pairs: [SimilarPair] = []
            for i in 0..<count {
                for j in 0..<i where Double.random(in: 0..<1, using: &random) < density {
                    let similarity = Int32.random(in: 1...Int32(SimilarPair.unit), using: &random)
                    pairs.append(SimilarPair(first: Int32(j), second: Int32(i), similarity: similarity))
                }
            }
            pairs.shuffle(using: &random)
            let threshold = Double.random(in: 0.05...0.8, using: &random)
            #expect(
                averageLinkage(count: count, pairs: pairs, threshold: threshold)
                    == naiveAverageLinkage(count: count, pairs: pairs, threshold: threshold),
                "round \(round): \(count) documents, \(pairs.count) pairs, threshold \(threshold)")
        }
    }

    @Test func aLongChainFallsApart() {
        // Pairs of .9 in a row, each .4 from the next: .4 / 4 joins none of them.
        let count: Int32 = 100_000
        let pairs = (1..<count).map { pair($0 - 1, $0, $0 % 2 == 1 ? 0.9 : 0.4) }
        let labels = averageLinkage(count: Int(count), pairs: pairs, threshold: 0.25)
        #expect(labels == (0..<count).map { $0 / 2 * 2 })
    }

    @Test func aHubKeepsItsNearest() {
        // Document 0 is like all others, each of which has a twin that it is more like.
        let twins: Int32 = 20_000
        var pairs = (0..<twins).map { pair(2 * $0 + 1, 2 * $0 + 2, 0.9) }
        pairs += (1...2 * twins).map { pair(0, $0, $0 <= 2 ? 0.8 : 0.6) }
        let labels = averageLinkage(count: Int(2 * twins) + 1, pairs: pairs, threshold: 0.5)
        // It joins the first twins; to any others it then has .6 · 2 / 6.
        #expect(
            labels == [0]
                + (0..<twins).flatMap { twin -> [Int32] in twin == 0 ? [0, 0] : [2 * twin + 1, 2 * twin + 1] })
    }

    @Test func allAlikeAreOne() {
        let count: Int32 = 600
        let pairs = (0..<count).flatMap { second in (0..<second).map { pair($0, second, 0.5) } }
        let labels = averageLinkage(count: Int(count), pairs: pairs, threshold: 0.5)
        #expect(labels.allSatisfy { $0 == 0 })
    }
}

@Suite struct ComponentsTests {
    @Test func agreeWithReachability() {
        var random = SplitMix64(seed: 8)
        for round in 0..<100 {
            let documents = Int.random(in: 1...30, using: &random)
            let pairs = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ -> SimilarPair? in
                let (a, b) = (
                    Int32.random(in: 0..<Int32(documents), using: &random),
                    Int32.random(in: 0..<Int32(documents), using: &random)
                )
                return a == b ? nil : pair(min(a, b), max(a, b), Double.random(in: 0..<1, using: &random))
            }
            var reach = (0..<documents).map { Set([Int32($0)]) }
            for pair in pairs where pair.similarity >= Int32(SimilarPair.unit / 2) {
                let union = reach[Int(pair.first)].union(reach[Int(pair.second)])
                for member in union { reach[Int(member)] = union }
            }
            let components = Components(pairs, documents: documents, least: 0.5)
            let found = (0..<components.count).map { Array(components[$0].members) }
            let wanted = Set(reach.filter { $0.count > 1 }.map { $0.sorted() })
            #expect(Set(found) == wanted && found.count == wanted.count, "round \(round)")
            for (number, members) in found.enumerated() {
                let inside = components[number].pairs.map {
                    [members[Int($0.first)], members[Int($0.second)], $0.similarity]
                }
                let expected = pairs.filter { members.contains($0.first) && members.contains($0.second) }
                #expect(inside == expected.map { [$0.first, $0.second, $0.similarity] }, "round \(round)")
            }
        }
    }
}

private func pair(_ first: Int32, _ second: Int32, _ similarity: Double) -> SimilarPair {
    SimilarPair(first: first, second: second, similarity: Int32(similarity * SimilarPair.unit))
}

/// Joins the closest two of all clusters, each average from the pairs themselves.
private func naiveAverageLinkage(count: Int, pairs: [SimilarPair], threshold: Double) -> [Int32] {
    var similarity = Array(repeating: Array(repeating: 0, count: count), count: count)
    for pair in pairs {
        similarity[Int(pair.first)][Int(pair.second)] = Int(pair.similarity)
        similarity[Int(pair.second)][Int(pair.first)] = Int(pair.similarity)
    }
    var clusters = (0..<count).map { [$0] }
    while true {
        var best: (average: Double, a: Int, b: Int)?
        for a in clusters.indices {
            for b in clusters.indices where a < b {
                let sum = clusters[a].reduce(0) { sum, i in clusters[b].reduce(sum) { $0 + similarity[i][$1] } }
                let average = Double(sum) / Double(clusters[a].count * clusters[b].count)
                if sum > 0, average >= threshold * SimilarPair.unit, average > best?.average ?? 0 {
                    best = (average, a, b)
                }
            }
        }
        guard let best else { break }
        let (a, b) = (clusters[best.a], clusters[best.b]), least = threshold * SimilarPair.unit
        func cohesion(_ cluster: [Int]) -> Double {
            let sum = cluster.reduce(0) { sum, i in cluster.reduce(sum) { $0 + (i < $1 ? similarity[i][$1] : 0) } }
            return cluster.count == 1 ? least : Double(2 * sum) / Double(cluster.count * (cluster.count - 1))
        }
        if best.average - least < (min(cohesion(a), cohesion(b)) - least) / 2 {
            for i in a { for j in b { (similarity[i][j], similarity[j][i]) = (0, 0) } }
            continue
        }
        clusters[best.a] += clusters.remove(at: best.b)
    }
    var labels = (0..<Int32(count)).map { $0 }
    for cluster in clusters { for member in cluster { labels[member] = Int32(cluster.min()!) } }
    return labels
}
