import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct ClusteringScoresTests {
    /// To the last bit: a score that stands between two roundings must not fall now here, now there.
    @Test(arguments: 1...50)
    func orderOfDocuments(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let labels = (0..<80).map { _ in (random.below(9), random.below(7)) }
        let shuffled = labels.shuffled(using: &random)
        let scores = ClusteringScores(predicted: labels.map(\.0), gold: labels.map(\.1))
        #expect(scores == ClusteringScores(predicted: shuffled.map(\.0), gold: shuffled.map(\.1)), "seed \(seed)")
    }

    @Test func handComputed() {
        // Predicted {0 1 2} {3 4} {5}, gold {0 1} {2 3 4} {5}.
        let scores = ClusteringScores(predicted: [7, 7, 7, 8, 8, 9], gold: [1, 1, 2, 2, 2, 3])
        expect(scores.bCubed.precision, (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1 + 1 + 1) / 6)
        expect(scores.bCubed.recall, (1 + 1 + 1.0 / 3 + 2.0 / 3 + 2.0 / 3 + 1) / 6)
        // Together in both: 0-1 and 3-4; predicted 3 + 1 pairs, gold 1 + 3.
        expect(scores.pairwise.precision, 0.5)
        expect(scores.pairwise.recall, 0.5)
        expect(scores.adjustedRand, (2 - 16.0 / 15) / (4 - 16.0 / 15))
        #expect(scores.documents == 6)
        #expect(scores.predictedClusters == 3)
        #expect(scores.goldClusters == 3)
    }

    @Test func perfect() {
        let scores = ClusteringScores(predicted: [3, 3, 1, 2], gold: [0, 0, 5, 9])
        #expect(scores.bCubed.f1 == 1)
        #expect(scores.pairwise.f1 == 1)
        #expect(scores.adjustedRand == 1)
    }

    @Test func singletonsOnly() {
        let scores = ClusteringScores(predicted: [0, 1, 2], gold: [0, 1, 2])
        #expect(scores.bCubed.f1 == 1)
        #expect(scores.pairwise.f1 == 0)
        #expect(scores.adjustedRand == 1)
    }

    @Test func nothing() {
        let scores = ClusteringScores(predicted: [], gold: [])
        #expect(scores.bCubed.f1 == 0)
        #expect(scores.documents == 0)
    }

    @Test func agreesWithNaiveTwin() {
        var random = SplitMix64(seed: 1)
        for round in 0..<200 {
            let count = Int.random(in: 1...40, using: &random)
            let predicted = labels(count, of: 1 + round % 12, using: &random)
            let gold = labels(count, of: 1 + round % 7, using: &random)
            let scores = ClusteringScores(predicted: predicted, gold: gold)
            let twin = NaiveScores(predicted: predicted, gold: gold)
            let note: Comment = "round \(round), predicted \(predicted), gold \(gold)"
            expect(scores.bCubed.precision, twin.bCubedPrecision, note)
            expect(scores.bCubed.recall, twin.bCubedRecall, note)
            expect(scores.pairwise.precision, twin.pairPrecision, note)
            expect(scores.pairwise.recall, twin.pairRecall, note)
            expect(scores.adjustedRand, twin.adjustedRand, note)
        }
    }

    static let script = URL(filePath: #filePath).appending(path: "../../../../shared/tools/score.py").standardized.path

    @Test(.enabled("needs ../shared/tools/score.py") { FileManager.default.isReadableFile(atPath: script) })
    func agreesWithTheScript() throws {
        var random = SplitMix64(seed: 2)
        let folder = FileManager.default.temporaryDirectory.appending(path: "scores-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for clusters in [3, 20, 90] {
            let gold = labels(100, of: clusters, using: &random)
            let predicted = gold.map { Int.random(in: 0..<4, using: &random) == 0 ? $0 + 1 : $0 }
            let files = try [("gold", gold), ("predicted", predicted)].map { name, labels in
                let file = folder.appending(path: "\(name).tsv")
                let rows = labels.enumerated().map { "d\($0)\t\($1)\n" }.joined()
                try rows.write(to: file, atomically: true, encoding: .utf8)
                return file.path
            }
            let scores = ClusteringScores(predicted: predicted, gold: gold)
            let expected =
                "docs 100 gold \(scores.goldClusters) predicted \(scores.predictedClusters) | "
                + "B3 \(line(scores.bCubed)) | pairs \(line(scores.pairwise)) | ARI \(four(scores.adjustedRand))\n"
            #expect(try output(of: ["python3", Self.script] + files) == expected, "clusters \(clusters)")
        }
    }
}

private func line(_ agreement: ClusteringScores.Agreement) -> String {
    "P \(four(agreement.precision)) R \(four(agreement.recall)) F1 \(four(agreement.f1))"
}

private func four(_ value: Double) -> String { String(format: "%.4f", value) }

private func output(of command: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}

private func expect(_ value: Double, _ wanted: Double, _ note: Comment? = nil, at: SourceLocation = #_sourceLocation) {
    #expect(abs(value - wanted) < 1e-9, note, sourceLocation: at)
}

private func labels(_ count: Int, of clusters: Int, using random: inout SplitMix64) -> [Int] {
    (0..<count).map { _ in Int.random(in: 0..<clusters, using: &random) }
}

/// The definitions, pair by pair.
private struct NaiveScores {
    var bCubedPrecision = 0.0, bCubedRecall = 0.0, pairPrecision = 0.0, pairRecall = 0.0, adjustedRand = 1.0

    init(predicted: [Int], gold: [Int]) {
        let all = gold.indices
        for i in all {
            let mates = all.filter { predicted[$0] == predicted[i] }
            let kin = all.filter { gold[$0] == gold[i] }
            let shared = Double(mates.filter { gold[$0] == gold[i] }.count)
            bCubedPrecision += shared / Double(mates.count) / Double(all.count)
            bCubedRecall += shared / Double(kin.count) / Double(all.count)
        }
        var both = 0.0, together = 0.0, belonging = 0.0, total = 0.0
        for i in all {
            for j in all where j < i {
                let same = (predicted[i] == predicted[j], gold[i] == gold[j])
                both += same == (true, true) ? 1 : 0
                together += same.0 ? 1 : 0
                belonging += same.1 ? 1 : 0
                total += 1
            }
        }
        pairPrecision = together > 0 ? both / together : 0
        pairRecall = belonging > 0 ? both / belonging : 0
        let expected = total > 0 ? together * belonging / total : 0
        if (together + belonging) / 2 != expected {
            adjustedRand = (both - expected) / ((together + belonging) / 2 - expected)
        }
    }
}
