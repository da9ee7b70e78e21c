import MinHash
import Overlap
public import Records
public import Stages

/// A document of one set that duplicates one of another.
public struct Match: Sendable, Equatable {
    public var document: DocumentNumber
    public var of: DocumentNumber
    /// The innermost level at which the two are the same.
    public var relation: Level
    /// Jaccard similarity (exact, near) or the larger containment (copy) of the two, 0...1; nil at level event, whose
    /// measure is an average over the cluster.
    public var score: Double?
}

/// Which documents of a second set duplicate one of a first: a training set's that stand in its test set.
///
/// A filter of both as one would keep the preferred of two alike documents, wherever it stands, and compare with
/// representatives alone. Here each pair of the two sets counts.
public struct Matches: Sendable {
    /// In the order of the second set, a document at most once: the innermost level, then the highest score.
    public private(set) var all: [Match] = []
    /// Texts that could not be read again.
    public private(set) var problems: [Problem] = []

    private let exact: [DocumentNumber]
    private var known: [DocumentNumber: DocumentNumber] = [:]

    /// - Parameters:
    ///   - clustering: of both sets as one, the first in front, with all pairs.
    ///   - count: documents of the first set.
    /// - Complexity: O(documents + pairs); at level copy, reads what may be a copy once more.
    public init(_ clustering: Clustering, first count: Int) {
        precondition(clustering.options.pairs || clustering.options.level == .exact, "matches need all pairs")
        exact = clustering.labels[.exact]!
        known = Self.first(count, by: exact)
        let second = clustering.documents.numbers.dropFirst(count)
        var near: [DocumentNumber: Match] = [:]
        for pair in clustering.pairs {
            for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                guard let of = known[one], near[other].map({ $0.score! < pair.overlap.jaccard }) ?? true else {
                    continue
                }
                near[other] = Match(document: other, of: of, relation: .near, score: pair.overlap.jaccard)
            }
        }
        let copies = clustering.labels[.copy] == nil ? [:] : copies(clustering, count, besides: Set(near.keys))
        let events = clustering.labels[.event].map { (labels: $0, first: Self.first(count, by: $0)) }
        for document in second {
            let text = exact[document.index]
            if let of = known[text] {
                all.append(Match(document: document, of: of, relation: .exact, score: 1))
            } else if var match = near[text] ?? copies[text] {
                match.document = document
                all.append(match)
            } else if let events, let of = events.first[events.labels[document.index]] {
                all.append(Match(document: document, of: of, relation: .event, score: nil))
            }
        }
    }

    /// By label, the first document of the first set that has it.
    private static func first(_ count: Int, by labels: [DocumentNumber]) -> [DocumentNumber: DocumentNumber] {
        Dictionary(
            labels[..<count].enumerated().map { ($1, DocumentNumber($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Most texts of the first set with which one of the second is compared.
    private static let most = 8

    /// By distinct text of the second set. Candidates are those whose near clusters are linked, or the same.
    private mutating func copies(
        _ clustering: Clustering, _ count: Int, besides matched: Set<DocumentNumber>
    ) -> [DocumentNumber: Match] {
        let near = clustering.labels[.near]!, firstOf = Self.first(count, by: near)
        var linked: [DocumentNumber: [DocumentNumber]] = [:]
        for link in clustering.copies {
            if let of = firstOf[link.a] { linked[link.b, default: []].append(of) }
            if let of = firstOf[link.b] { linked[link.a, default: []].append(of) }
        }
        var pairs: [CandidatePair<OfDocument>] = []
        for text in clustering.documents.numbers.dropFirst(count)
        where exact[text.index] == text && known[text] == nil && !matched.contains(text) {
            let cluster = near[text.index], own = firstOf[cluster].map { [$0] } ?? []
            for other in (own + (linked[cluster] ?? [])).prefix(Self.most) { pairs.append(CandidatePair(other, text)) }
        }
        let comparison = CopyComparison(
            clustering.documents, recurring: clustering.recurring, clustering.options.workers)
        var found: [DocumentNumber: Match] = [:]
        for (pair, overlap) in zip(pairs, comparison.overlaps(of: pairs)) {
            guard let overlap, overlap.isCopy(by: clustering.definition.copy.criteria) else { continue }
            let score = max(overlap.a.containment, overlap.b.containment)
            if found[pair.b].map({ $0.score! < score }) ?? true {
                found[pair.b] = Match(document: pair.b, of: pair.a, relation: .copy, score: score)
            }
        }
        problems = comparison.problems
        return found
    }
}
