import Arrow
import DedupKit
import Report
import Workers

/// The pairs of a clustering, and the passages of each that is no exact copy.
struct PairTables {
    private struct Found: Sendable {
        var shingles: SetOverlap?
        var passages: PassageOverlap?
    }

    private let ids: IdColumn
    private let listed: [(pair: DocumentPairs.Pair, found: Found)]

    /// Reads the texts of every pair again.
    init(_ clustering: Clustering, _ ids: IdColumn) {
        self.ids = ids
        let pairs = DocumentPairs(clustering).pairs
        let found = clustering.options.workers.map(pairs.count, scratch: { PassageReader(clustering) }) { reader, at in
            let pair = pairs[at]
            if pair.level == Level.exact.rawValue { return Found(shingles: SetOverlap(common: 1, a: 1, b: 1)) }
            let overlap = try? reader.overlap(pair.a, pair.b)
            return Found(shingles: pair.shingles ?? overlap?.shingles, passages: overlap?.passages)
        }
        listed = zip(pairs, found).filter { $0.1.shingles != nil }.map { ($0.0, $0.1) }
    }

    var pairs: OutTable {
        OutTable([
            ids.column("a", listed.map(\.pair.a)), ids.column("b", listed.map(\.pair.b)),
            .integers("a_row", listed.map { Int64($0.pair.a.index) }),
            .integers("b_row", listed.map { Int64($0.pair.b.index) }), .strings("level", listed.map(\.pair.level)),
            .numbers("jaccard", listed.map { $0.found.shingles!.jaccard }),
            .numbers("containment_a", listed.map { $0.found.shingles!.containmentA }),
            .numbers("containment_b", listed.map { $0.found.shingles!.containmentB }),
            .numbers("share_a", listed.map { $0.found.passages?.a.share }),
            .numbers("share_b", listed.map { $0.found.passages?.b.share }),
            .integers("longest_run", listed.map { $0.found.passages.map { Int64($0.longestRun) } }),
        ])
    }

    var passages: OutTable {
        let all = listed.flatMap { pair, found in (found.passages?.passages ?? []).map { (pair: pair, passage: $0) } }
        return OutTable(
            [
                ids.column("a", all.map(\.pair.a)), ids.column("b", all.map(\.pair.b)),
                .integers("a_row", all.map { Int64($0.pair.a.index) }),
                .integers("b_row", all.map { Int64($0.pair.b.index) }),
            ] + OutColumn.passages(all.map(\.passage)))
    }
}

extension OutColumn {
    /// Two columns of a half-open range of bytes.
    static func range(_ name: String, _ ranges: [Range<Int>]) -> [OutColumn] {
        [
            .integers("\(name)_start", ranges.map { Int64($0.lowerBound) }),
            .integers("\(name)_end", ranges.map { Int64($0.upperBound) }),
        ]
    }

    static func passages(_ passages: [PassageOverlap.Passage]) -> [OutColumn] {
        range("a", passages.map(\.a)) + range("b", passages.map(\.b)) + [
            .integers("tokens", passages.map { Int64($0.equalTokens) }),
            .booleans("boilerplate", passages.map(\.isBoilerplate)),
        ]
    }
}
