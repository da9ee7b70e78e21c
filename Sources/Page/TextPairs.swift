import DedupKit
import JSON
import Report

/// The compared texts of a cluster: in a small one all pairs, in a larger one each with the representative of its copy
/// group and with that of the cluster.
struct TextPairs {
    struct Pair: Hashable, Comparable {
        /// Numbers of texts, `a < b`.
        var a, b: Int

        static func < (one: Pair, other: Pair) -> Bool { (one.a, one.b) < (other.a, other.b) }
    }

    private struct Comparison {
        var overlap: PassageOverlap
        /// Of a text and the cluster's representative where neither was taken from the other: what else they share, of
        /// each fact the places in `a` and `b`.
        var facts: [(fact: FactOverlap.Fact, a: [Range<Int>], b: [Range<Int>])] = []
    }

    private let texts: [StoryText]
    private var comparisons: [Pair: Comparison] = [:]

    /// Texts up to which all pairs are compared.
    private static let small = 6
    /// Facts of a pair, of each kind, and places of a fact in a text, that a page has.
    private static let mostFacts = 12, mostPlaces = 12

    init(_ held: StoryTexts, _ order: ClusterOrder, _ content: PageContent, _ facts: ClusterFacts) {
        texts = held.all
        let center = held[content.stories[order.representative]]
        for a in texts.indices {
            let group = content.stories[texts[a].story].copy
            var others = [center, held[content.stories[group]]].compactMap { $0 }
            if texts.count <= Self.small { others = Array(texts.indices) }
            for b in others where a != b {
                let pair = Pair(a: min(a, b), b: max(a, b))
                guard comparisons[pair] == nil else { continue }
                var comparison = Comparison(overlap: overlap(of: pair, content))
                let isCopy = content.stories[texts[b].story].copy == group
                if !isCopy, let center, pair.a == center || pair.b == center {
                    let isFirst = pair.a == center, other = texts[isFirst ? pair.b : pair.a].story
                    comparison.facts = Self.heaviest(facts.overlap(with: content.stories[other].exact)).map {
                        isFirst ? ($0, $0.a, $0.b) : ($0, $0.b, $0.a)
                    }
                }
                comparisons[pair] = comparison
            }
        }
    }

    /// Some of each kind, the heaviest first.
    private static func heaviest(_ overlap: FactOverlap?) -> [FactOverlap.Fact] {
        var counts: [FactOverlap.Fact.Kind: Int] = [:]
        return (overlap?.facts ?? []).filter { fact in
            counts[fact.kind, default: 0] += 1
            return counts[fact.kind]! <= mostFacts
        }
    }

    /// Boilerplate is left aside as the level does on which the two are together: near copies are alike as they stand.
    private func overlap(of pair: Pair, _ content: PageContent) -> PassageOverlap {
        let (a, b) = (texts[pair.a], texts[pair.b])
        let areNear = content.stories[a.story].near == content.stories[b.story].near
        return areNear ? PassageOverlap(a.allTokens, b.allTokens) : PassageOverlap(a.tokens, b.tokens)
    }

    /// The overlap of two texts, in either order; nil where they were not compared.
    subscript(a: Int, b: Int) -> PassageOverlap? { comparisons[Pair(a: min(a, b), b: max(a, b))]?.overlap }

    /// Ranges are in UTF-16 units; of passages and their differences `[start, end, start, end]`, first those of `a`.
    func write(to json: inout JSONWriter) {
        for pair in comparisons.keys.sorted() {
            let comparison = comparisons[pair]!, overlap = comparison.overlap
            json.object { json in
                json.field("a", pair.a)
                json.field("b", pair.b)
                json.field("jaccard", overlap.shingles.jaccard)
                json.field("a_in_b", overlap.a.share)
                json.field("b_in_a", overlap.b.share)
                json.field("run", overlap.longestRun)
                json.key("passages")
                json.array { json in for passage in overlap.passages { write(passage, of: pair, to: &json) } }
                json.key("facts")
                json.array { json in
                    for each in comparison.facts { write(each.fact, each.a, each.b, of: pair, to: &json) }
                }
            }
        }
    }

    private func write(_ passage: PassageOverlap.Passage, of pair: Pair, to json: inout JSONWriter) {
        let (a, b) = (texts[pair.a], texts[pair.b])
        // What was cut off is not there to be marked.
        guard passage.a.lowerBound < a.shown, passage.b.lowerBound < b.shown else { return }
        json.object { json in
            json.key("at")
            json.array { $0.ranges([a.units(passage.a), b.units(passage.b)]) }
            json.field("tokens", passage.equalTokens)
            if passage.isBoilerplate { json.field("boilerplate", true) }
            json.key("edits")
            json.array { json in
                for piece in passage.pieces where piece.kind != .equal {
                    json.array { $0.ranges([a.units(piece.a), b.units(piece.b)]) }
                }
            }
        }
    }

    private func write(
        _ fact: FactOverlap.Fact, _ a: [Range<Int>], _ b: [Range<Int>], of pair: Pair, to json: inout JSONWriter
    ) {
        json.object { json in
            json.field("kind", fact.kind.rawValue)
            json.field("text", fact.text)
            for (name, text, places) in [("a", texts[pair.a], a), ("b", texts[pair.b], b)] {
                let shown = places.prefix(Self.mostPlaces).filter { $0.upperBound <= text.shown }
                json.key(name)
                json.array { $0.ranges(shown.map(text.units)) }
            }
        }
    }
}
