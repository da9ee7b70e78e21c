import DedupKit
import Foundation
import Shingle
import TestSupport
import Testing

/// What a filter promises, on random dirty dumps: 200 of them, or as many as `DEDUP_CORPORA` says.
@Suite struct PromiseTests {
    static let corpora = ProcessInfo.processInfo.environment["DEDUP_CORPORA"].flatMap(Int.init) ?? 200

    /// Thresholds, preferences and threads in turn; mostly level near, which has one promise more.
    private func pipeline(_ seed: Int) -> Pipeline {
        var pipeline = Pipeline()
        pipeline.options.level = [.near, .exact, .near, .copy, .near, .event, .near, .near][seed % 8]
        pipeline.definition.threshold = [0.3, 0.5, 0.7, 0.8, 1][seed % 5]
        pipeline.definition.keep = Keep.allCases[seed % 3]
        pipeline.options.threads = 1 + seed % 2
        return pipeline
    }

    @Test func onRandomDumps() throws {
        var removed = 0, missed = 0, relations: Set<Level> = []
        for seed in 0..<Self.corpora {
            let dump = DirtyDump(seed: seed)
            let run = try FilterRun(dump, pipeline(seed), chunkSize: [300, 1000, 1 << 20][seed / 2 % 3])
            let name = "seed \(seed), level \(run.clustering.options.level)"
            #expect(run.whole == dump.bytes, "\(name): kept and removed are not the input")
            checkRemovals(run, name)
            if dump.separator == nil { checkAnnotations(run, dump, name) } else { checkColumns(run, dump, name) }
            relations.formUnion(run.removals.map(\.relation))
            guard run.clustering.options.level == .near else { continue }
            removed += run.removals.count
            missed += keptPairsAtTheThreshold(run)
        }
        #expect(relations == Set(Level.allCases), "not all relations were seen")
        #expect(removed > 3 * Self.corpora, "hardly anything was removed")
        // The bands may miss one pair in a hundred at the threshold.
        #expect(missed * 100 <= removed, "\(missed) pairs of kept documents reach the threshold, \(removed) removed")
    }

    private func checkRemovals(_ run: FilterRun, _ name: String) {
        let threshold = run.clustering.definition.threshold
        let gone = Set(run.removals.map(\.document))
        for removal in run.removals {
            let name: Comment = "\(name): document \(removal.document) goes for \(removal.of), \(removal.relation)"
            #expect(!gone.contains(removal.of), name)
            #expect(!run.clustering.tooShort[removal.document.index] || removal.relation == .exact, name)
            let jaccard = run.jaccard(removal.document.index, removal.of.index)
            switch removal.relation {
            case .exact: #expect(jaccard == 1, name)
            case .near: #expect(jaccard >= threshold && jaccard == removal.score, name)
            case .copy: #expect(removal.score! >= 0.5, name)
            case .event: #expect(removal.score == nil, name)
            }
        }
    }

    /// Without the added field an annotated dump is the dump, and what it says is what would have happened.
    private func checkAnnotations(_ run: FilterRun, _ dump: DirtyDump, _ name: String) {
        let mark = Array(",\"dedup\":{".utf8)
        var plain: [UInt8] = [], rest = run.annotated[...], verdicts: [Bool] = []
        while let found = rest.firstRange(of: mark) {
            plain += rest[..<found.lowerBound]
            let end = rest[found.upperBound...].firstIndex(of: UInt8(ascii: "}"))!
            verdicts.append(rest[found.lowerBound...end].contains(Array("\"keep\":true".utf8)))
            rest = rest[(end + 1)...]
        }
        #expect(plain + rest == dump.bytes, "\(name): annotation changed something")
        let gone = Set(run.removals.map { $0.document.index })
        #expect(verdicts == run.texts.indices.map { !gone.contains($0) }, "\(name): annotation")
    }

    /// The same of a table.
    private func checkColumns(_ run: FilterRun, _ dump: DirtyDump, _ name: String) {
        let removals = Dictionary(uniqueKeysWithValues: run.removals.map { ($0.document.index, $0) })
        var want: [UInt8] = [], position = dump.bytes.firstIndex { $0 == 0x0a || $0 == 0x0d } ?? dump.bytes.count
        func add(_ values: [String]) { want += values.flatMap { Array(String(dump.separator!).utf8) + Array($0.utf8) } }
        want += dump.bytes[..<position]
        add(["dedup_keep", "dedup_of", "dedup_relation", "dedup_score"])
        for (document, location) in run.clustering.documents.locations.enumerated() {
            var end = Int(location.offset) + Int(location.length)
            if dump.bytes[end - 1] == 0x0d { end -= 1 }
            want += dump.bytes[position..<end]
            position = end
            guard let removal = removals[document] else {
                add(["true", "", "", ""])
                continue
            }
            var id = run.clustering.documents.identifiers[removal.of]
            if id.utf8.contains(where: { "\"\r\n\(dump.separator!)".utf8.contains($0) }) {
                id = "\"" + id.replacing("\"", with: "\"\"") + "\""
            }
            let score = removal.score.map { String(format: "%.4f", $0) } ?? ""
            add(["false", id, removal.relation.rawValue, score])
        }
        #expect(run.annotated == want + dump.bytes[position...], "\(name): annotation")
    }

    private func keptPairsAtTheThreshold(_ run: FilterRun) -> Int {
        let gone = Set(run.removals.map { $0.document.index })
        let kept = run.texts.indices.filter { !gone.contains($0) && !run.clustering.tooShort[$0] }
        let width = run.clustering.definition.shingleWidth, threshold = run.clustering.definition.threshold
        let sets = kept.map { Set(ShingleSet(of: run.texts[$0], width: width).hashes) }
        return sets.indices.reduce(0) { pairs, a in
            pairs + sets[..<a].count { sets[a].overlapJaccard($0) >= threshold }
        }
    }
}

extension Set<UInt64> {
    fileprivate func overlapJaccard(_ other: Self) -> Double {
        let common = intersection(other).count
        return Double(common) / Double(count + other.count - common)
    }
}
