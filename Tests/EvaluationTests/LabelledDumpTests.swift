import Records
import TestSupport
import Testing

@testable import Evaluation

/// Dumps made of a labelled one, and scores told by the size of the gold cluster.
@Suite struct LabelledDumpTests {
    /// Events of one to seven stories, and some stories without a label.
    private func dump(seed: Int, events: Int) -> LabelledDump {
        var random = SplitMix64(seed: UInt64(seed))
        var rows: [(Document, [UInt8])] = []
        for event in 0..<events {
            for report in 0...random.below(7) {
                rows.append((Document(text: "text", id: "\(event)/\(report)"), Array("event \(event)".utf8)))
            }
            if random.flip(0.2) { rows.append((Document(text: "text", id: "none \(event)"), [])) }
        }
        rows.shuffle(using: &random)
        return LabelledDump(documents: rows.map(\.0), labels: rows.map(\.1))
    }

    private func ids(_ dump: LabelledDump) -> [String] { dump.documents.map { $0.id! } }

    private func sizes(_ dump: LabelledDump) -> [[UInt8]: Int] {
        dump.labels.filter { !$0.isEmpty }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    @Test(arguments: 1...6) func aThinnedEventIsWholeOrOneReport(seed: Int) {
        let dump = dump(seed: seed, events: 300), whole = sizes(dump)
        var shares: [Double] = []
        for run in 1...3 {
            let thinned = dump.thinned(seed: run), left = sizes(thinned)
            #expect(Set(left.keys) == Set(whole.keys), "no event is lost")
            #expect(left.allSatisfy { $1 == 1 || $1 == whole[$0] })
            #expect(
                thinned.labels.count { $0.isEmpty } == dump.labels.count { $0.isEmpty }, "without a label they stay")
            let places = ids(thinned).map { ids(dump).firstIndex(of: $0)! }
            #expect(places == places.sorted(), "in their order")
            let large = whole.filter { $1 > 1 }
            shares.append(Double(large.count { left[$0.key] == 1 }) / Double(large.count))
            #expect(thinned.thinned(seed: run).documents == thinned.documents, "once and for all")
        }
        #expect(shares.allSatisfy { abs($0 - 0.7) < 0.1 }, "\(shares)")
        #expect(dump.thinned(share: 0, seed: 1).documents == dump.documents)
        #expect(sizes(dump.thinned(share: 1, seed: 1)).values.allSatisfy { $0 == 1 })
        #expect(Set([1, 2, 3].map { ids(dump.thinned(seed: $0)) }).count == 3, "seeds differ")
    }

    /// Neither the order of the documents nor other events move what is left of one.
    @Test func anEventIsThinnedByItself() {
        let dump = dump(seed: 9, events: 80), thinned = Set(ids(dump.thinned(seed: 2)))
        let places = dump.documents.indices.reversed().filter { dump.labels[$0] != Array("event 7".utf8) }
        let others = LabelledDump(
            documents: places.map { dump.documents[$0] }, labels: places.map { dump.labels[$0] })
        #expect(Set(ids(others.thinned(seed: 2))) == thinned.filter { !$0.hasPrefix("7/") })
    }

    @Test func whichReportIsLeftIsChance() {
        let rows = (0..<400).flatMap { event in (0..<4).map { (event, $0) } }
        let dump = LabelledDump(
            documents: rows.map { Document(text: "", id: "\($0.0)/\($0.1)") },
            labels: rows.map { Array("\($0.0)".utf8) })
        let left = dump.thinned(share: 1, seed: 5).documents.map { $0.id!.last! }
        for report in "0123" { #expect(abs(left.count { $0 == report } - 100) < 40, "\(report)") }
    }

    @Test func handfuls() {
        let dump = dump(seed: 4, events: 200), whole = sizes(dump)
        var lengths: Set<Int> = []
        for seed in 1...200 {
            let handful = dump.handful(seed: seed), left = sizes(handful)
            #expect((5...50).contains(handful.documents.count))
            #expect(left.count { $1 != whole[$0] } <= 1, "whole events, but for the last")
            lengths.insert(handful.documents.count)
        }
        #expect(lengths.contains(5) && lengths.contains(50) && lengths.count > 30)
        let small = self.dump(seed: 1, events: 1)
        #expect(small.handful(seed: 1).documents.count == small.labels.count { !$0.isEmpty })
        #expect(LabelledDump(documents: [], labels: []).handful(seed: 1).documents.isEmpty)
    }

    @Test func labelsAreBytesAndUnlabelledDocumentsAreNotScored() {
        let labels = ["caf\u{e9}", "cafe\u{301}", "", "x", "x"].map { Array($0.utf8) }
        let dump = LabelledDump(documents: labels.indices.map { Document(text: "", id: "\($0)") }, labels: labels)
        let scores = dump.scores(predicted: [1, 2, 1, 3, 3])
        #expect(scores.documents == 4 && scores.goldClusters == 3 && scores.bCubed.f1 == 1)
    }

    /// Document by document.
    @Test(arguments: 1...60) func scoresBySize(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 0...120, using: &random), clusters = Int.random(in: 1...60, using: &random)
        let gold = (0..<count).map { _ in random.below(clusters) * random.below(2) }
        let predicted = (0..<count).map { _ in random.below(clusters) }
        let scores = ClusteringScores(predicted: predicted, gold: gold)
        var left = Set(gold.indices)
        for row in scores.bySize {
            let own = gold.indices.filter { document in row.sizes.contains(gold.count { $0 == gold[document] }) }
            left.subtract(own)
            #expect(row.documents == own.count && row.goldClusters == Set(own.map { gold[$0] }).count)
            var precision = 0.0, recall = 0.0
            for document in own {
                let mates = gold.indices.filter { predicted[$0] == predicted[document] }
                let kin = gold.indices.filter { gold[$0] == gold[document] }
                let shared = Double(Set(mates).intersection(kin).count)
                precision += shared / Double(mates.count) / Double(own.count)
                recall += shared / Double(kin.count) / Double(own.count)
            }
            #expect(abs(row.bCubed.precision - precision) < 1e-9 && abs(row.bCubed.recall - recall) < 1e-9)
        }
        #expect(left.isEmpty)
        let doubled = ClusteringScores.OfSize.together([scores, scores])
        #expect(doubled.map(\.documents) == scores.bySize.map { 2 * $0.documents })
        for (one, other) in zip(doubled, scores.bySize) {
            #expect(abs(one.bCubed.f1 - other.bCubed.f1) < 1e-9 && one.sizes == other.sizes)
        }
    }
}
