import Arrow
import DedupKit

/// A comparison of two texts as tables.
struct ComparisonTables: Sendable {
    let comparison: Comparison

    var answer: Answer {
        Answer(["pair": { pair }, "passages": { passages }, "pieces": { pieces }, "facts": { facts }])
    }

    private var pair: OutTable {
        let overlap = comparison.overlap
        return OutTable([
            .numbers("jaccard", [overlap.shingles.jaccard]),
            .numbers("containment_a", [overlap.shingles.containmentA]),
            .numbers("containment_b", [overlap.shingles.containmentB]), .numbers("share_a", [overlap.a.share]),
            .numbers("share_b", [overlap.b.share]), .integers("longest_run", [Int64(overlap.longestRun)]),
            .integers("tokens_a", [Int64(overlap.a.tokens)]), .integers("tokens_b", [Int64(overlap.b.tokens)]),
        ])
    }

    private var passages: OutTable { OutTable(OutColumn.passages(comparison.overlap.passages)) }

    private var pieces: OutTable {
        let all = comparison.overlap.passages.enumerated().flatMap { at, passage in passage.pieces.map { (at, $0) } }
        return OutTable(
            [.integers("passage", all.map { Int64($0.0) }), .strings("kind", all.map(\.1.kind.rawValue))]
                + OutColumn.range("a", all.map(\.1.a)) + OutColumn.range("b", all.map(\.1.b)))
    }

    private var facts: OutTable {
        let facts = comparison.facts.facts
        return OutTable([
            .strings("kind", facts.map(\.kind.rawValue)), .strings("text", facts.map(\.text)),
            .numbers("weight", facts.map(\.weight)), places("a", facts.map(\.a)), places("b", facts.map(\.b)),
        ])
    }

    /// Of each fact the starts and ends of its places, in turn.
    private func places(_ name: String, _ places: [[Range<Int>]]) -> OutColumn {
        let bounds = places.flatMap { $0.flatMap { [Int64($0.lowerBound), Int64($0.upperBound)] } }
        return .lists(name, sizes: places.map { $0.count * 2 }, of: .integers("item", bounds))
    }
}
