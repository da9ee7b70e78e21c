import Overlap
import Report

/// The compared texts of a cluster: in a small one all pairs, in a larger one each with the representative of its copy
/// group and with that of the cluster.
struct TextPairs {
    private var overlaps: [Pair: PassageOverlap] = [:]

    private struct Pair: Hashable, Comparable {
        var a, b: Int
        static func < (one: Pair, other: Pair) -> Bool { (one.a, one.b) < (other.a, other.b) }
    }

    /// Texts up to which all pairs are compared.
    private static let small = 6

    init(_ held: StoryTexts, _ order: ClusterOrder, _ content: PageContent) {
        let texts = held.all
        let center = held[content.stories[order.representative]]
        for a in texts.indices {
            let group = content.stories[texts[a].story].copy
            var others = [center, held[content.stories[group]]].compactMap { $0 }
            if texts.count <= Self.small { others = Array(texts.indices) }
            for b in others where a != b {
                let pair = Pair(a: min(a, b), b: max(a, b))
                if overlaps[pair] == nil { overlaps[pair] = PassageOverlap(texts[pair.a].utf8, texts[pair.b].utf8) }
            }
        }
    }

    subscript(a: Int, b: Int) -> PassageOverlap? { overlaps[Pair(a: min(a, b), b: max(a, b))] }

    /// Ranges are in UTF-16 units; of passages and their differences `[start, end, start, end]`, first those of `a`.
    func write(_ texts: [StoryText], to json: inout JSONWriter) {
        for pair in overlaps.keys.sorted() {
            let overlap = overlaps[pair]!
            let (a, b) = (texts[pair.a], texts[pair.b])
            func range(_ ofA: Range<Int>, _ ofB: Range<Int>, _ json: inout JSONWriter) {
                for units in [a.units(ofA), b.units(ofB)] {
                    json.number(units.lowerBound)
                    json.number(units.upperBound)
                }
            }
            json.object { json in
                json.field("a", pair.a)
                json.field("b", pair.b)
                json.field("jaccard", overlap.shingles.jaccard)
                json.field("a_in_b", overlap.a.share)
                json.field("b_in_a", overlap.b.share)
                json.field("run", overlap.longestRun)
                json.key("passages")
                json.array { json in
                    for passage in overlap.passages
                    where passage.a.lowerBound < a.shown && passage.b.lowerBound < b.shown {
                        json.object { json in
                            json.key("at")
                            json.array { range(passage.a, passage.b, &$0) }
                            json.field("words", passage.equalTokens)
                            if passage.isBoilerplate { json.field("boilerplate", true) }
                            json.key("edits")
                            json.array { json in
                                for piece in passage.pieces where piece.kind != .equal {
                                    json.array { range(piece.a, piece.b, &$0) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
