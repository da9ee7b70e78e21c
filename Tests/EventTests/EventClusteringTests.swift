import Evaluation
import Foundation
import TestSupport
import Testing
import Workers

@testable import Event

@Suite struct EventClusteringTests {
    @Test func rewrittenReportsMeet() {
        let stories = [
            "A ferry with 80 people aboard ran aground off Tarn Island on Friday evening; lifeboats brought all to Korvik.",
            "All 80 passengers were taken off safely after the Korvik ferry struck rocks near Tarn Island late on Friday.",
            "The operator of the Korvik line will raise fares by a tenth from May, blaming the price of fuel.",
            "Striking nurses in Lodenham marched to the town hall and asked the council for a rise of six per cent.",
        ]
        let clustering = cluster(stories.map { EventDocument(terms: bag($0), day: nil) })
        #expect(clustering.labels == [0, 0, 2, 3])
        #expect(clustering.cosine(0, 1) > clustering.cosine(0, 2))
        let shared = clustering.sharedTerms(0, 1)
        #expect(shared.first.map { [TermBag.key(hash("tarn")), TermBag.key(hash("korvik"))].contains($0.key) } == true)
        #expect(abs(shared.reduce(0) { $0 + $1.contribution } - clustering.cosine(0, 1)) < 1e-5)
        #expect(zip(shared, shared.dropFirst()).allSatisfy { $0.contribution >= $1.contribution })
    }

    @Test func chineseReportsOfOneEventAreMostAlike() {
        let stories = [
            "周五晚，一艘载有八十人的渡轮在塔恩岛附近触礁，所有乘客已被救生艇送往科尔维克港。",
            "科尔维克渡轮周五深夜在塔恩岛外海触礁，八十名乘客全部安全获救。",
            "洛登市护士星期二举行罢工，要求市议会把工资提高百分之六。",
        ]
        let clustering = cluster(stories.map { EventDocument(terms: bag($0), day: nil) })
        #expect(clustering.cosine(0, 1) > 3 * clustering.cosine(0, 2))
        #expect(clustering.cosine(0, 1) > 3 * clustering.cosine(1, 2))
    }

    @Test func noDocumentsAndEmptyOnes() {
        #expect(cluster([]).labels.isEmpty)
        let empty = EventDocument(terms: bag(""), day: 1)
        #expect(cluster([empty, empty]).labels == [0, 1])
    }

    @Test(arguments: [2, 3, 7]) func threadsDoNotMatter(threads: Int) {
        let documents = inventedDocuments(150, seed: 21)
        #expect(cluster(documents, threads: threads).labels == cluster(documents).labels)
    }

    @Test func orderDoesNotMatter() {
        var random = SplitMix64(seed: 9)
        for seed in UInt64(0)..<4 {
            let documents = inventedDocuments(60, seed: seed)
            let order = Array(documents.indices).shuffled(using: &random)
            let labels = cluster(documents).labels
            let shuffled = cluster(order.map { documents[$0] }).labels
            #expect(Set(labels).count > 1 && Set(labels).count < documents.count, "seed \(seed) tests nothing")
            #expect(partition(shuffled) { order[$0] } == partition(labels) { $0 }, "seed \(seed)")
        }
    }

    private func partition(_ labels: [VoiceNumber], _ name: (Int) -> Int) -> Set<Set<Int>> {
        Set(Dictionary(grouping: labels.indices) { labels[$0] }.values.map { Set($0.map(name)) })
    }

    @Test func labelsAreTheSmallestOfTheirCluster() {
        let labels = cluster(inventedDocuments(100, seed: 2)).labels
        for (document, label) in labels.enumerated() {
            #expect(label.index <= document && labels[label.index] == label, "document \(document)")
        }
    }

    static let seeds = URL(filePath: #filePath).appending(path: "../../../../shared/corpora/seeds").standardized

    @Test(.enabled("needs ../shared/corpora/seeds") { FileManager.default.fileExists(atPath: seeds.path) })
    func seedsComeOutRight() throws {
        let gold = try String(contentsOf: Self.seeds.appending(path: "gold.tsv"), encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let documents = try gold.map { row in
            let text = try String(contentsOf: Self.seeds.appending(path: "\(row[0]).txt"), encoding: .utf8)
            return EventDocument(terms: bag(text), day: nil)
        }
        let names = gold.map { $0[1] }
        let scores = ClusteringScores(
            predicted: cluster(documents).labels.map(\.index), gold: names.map { names.firstIndex(of: $0)! })
        #expect(scores.bCubed.f1 == 1)
    }

    private func cluster(_ documents: [EventDocument], threads: Int = 1) -> EventClustering {
        EventClustering(documents, workers: Workers(count: threads))
    }
}
