import CPage
import Dates
public import DedupKit
import JSON
public import Output
import Report

/// Two texts side by side as one HTML file: passages and facts are links from one text to the other, also without
/// JavaScript, which only keeps the other text where it is.
public struct ComparisonPage {
    private let comparison: Comparison
    private let unit: String
    private let markers: [TextMarker]
    private let linkedFacts: Set<Int>

    public static func write(_ comparison: Comparison, to output: OutputFile) throws(OutputError) {
        var html: [UInt8] = []
        unsafe Template(cpage_compare).render(ComparisonPage(comparison).filling, to: &html)
        try output.write(html)
    }

    private init(_ comparison: Comparison) {
        self.comparison = comparison
        unit = TextMarker.unit(comparison.a.text, tokens: comparison.overlap.a.tokens)
        let facts = comparison.facts.facts, passages = comparison.overlap.passages
        var a = TextMarker(
            comparison.a.text, side: 0, unit, passages: passages.map { ($0, $0.a, $0.pieces.map(\.a)) },
            facts: facts.map(\.a))
        var b = TextMarker(
            comparison.b.text, side: 1, unit, passages: passages.map { ($0, $0.b, $0.pieces.map(\.b)) },
            facts: facts.map(\.b))
        linkedFacts = a.facts.intersection(b.facts)
        a.keepFacts(linkedFacts)
        b.keepFacts(linkedFacts)
        markers = [a, b]
    }

    private var filling: Template.Filling {
        let style = unsafe embedded(cpage_style), script = unsafe embedded(cpage_compare_script)
        let overlap = comparison.overlap
        let hasPassages = !overlap.passages.isEmpty
        let jaccard = "Jaccard similarity \(fixed(overlap.shingles.jaccard, decimals: 2)) of shingles of five \(unit)s"
        let rest = "\(jaccard), longest run \(counted(overlap.longestRun, unit, unit + "s")), "
        return [
            "script_hash": "sha256-\(contentHash(script))", "style_hash": "sha256-\(contentHash(style))",
            "style": .utf8(style), "script": .utf8(script), "a": "\(comparison.a.name)", "b": "\(comparison.b.name)",
            "unit": "\(unit)",
            "verdict": hasPassages
                ? "\(wholePercent(overlap.a.share)) of A is in B, \(wholePercent(overlap.b.share)) of B is in A."
                : "No passage in common.",
            "rest": "\(hasPassages ? rest + counted(overlap.passages.count, "passage", "passages") : jaccard).",
            "passages": .list(hasPassages ? [["chips": .list(chips)]] : []),
            "facts": .list(linkedFacts.isEmpty ? [] : [["kinds": .list(facts)]]),
            "sides": .list([side(comparison.a, markers[0]), side(comparison.b, markers[1])]),
        ]
    }

    private var chips: [Template.Filling] {
        comparison.overlap.passages.enumerated().map { at, passage in
            [
                "number": "\(at + 1)", "hue": "\(at % TextMarker.hues)",
                "size": "\(counted(passage.equalTokens, unit, unit + "s"))",
                "boilerplate": .truth(passage.isBoilerplate),
            ]
        }
    }

    /// By kind, those that both texts have outside passages.
    private var facts: [Template.Filling] {
        let all = comparison.facts.facts.enumerated().filter { linkedFacts.contains($0.offset) }
        return FactOverlap.Fact.Kind.allCases.compactMap { kind in
            let facts = all.filter { $0.element.kind == kind }
            guard !facts.isEmpty else { return nil }
            return [
                "kind": "\(kind.plural)",
                "items": .list(facts.map { ["fact": "\($0.offset)", "text": "\($0.element.text)"] }),
            ]
        }
    }

    private func side(_ text: ComparedText, _ marker: TextMarker) -> Template.Filling {
        let by = [text.source, text.date.map(dateAndTime)].compactMap { $0 }.joined(separator: ", ")
        return [
            "letter": "\(marker.letter)", "heading": "\(text.title ?? text.name)", "name": "\(text.name)",
            "by": .list(by.isEmpty ? [] : [["text": "\(by)"]]), "segments": .list(marker.segments),
        ]
    }
}

extension FactOverlap.Fact.Kind {
    /// As it is called on the page.
    fileprivate var plural: String {
        switch self {
        case .name: "names"
        case .term: "rare words"
        case .number: "numbers"
        case .date: "dates"
        case .quotation: "quotations"
        }
    }
}
