import Containment
import MinHash
import Overlap
public import Records
public import Stages
import Tables

/// What is said of a document: where it comes from, or how many come from it.
public struct CopyFlag: Sendable, Equatable {
    /// The first document of the copy cluster as seen in this dump: the earliest, then the longest.
    public var original: DocumentNumber
    /// The document that it is compared with; nil for an original. Never a later one.
    public var of: DocumentNumber?
    public var relation: Relation?
    /// Share of this text that is in the other, and the larger of that and the share of the other in this; 0...1.
    public var share = 1.0, score = 1.0
    /// From the original's date to this one's, where both are known.
    public var daysAfter: Double?
    /// Same words around other figures: yesterday's market page rather than a copy.
    public var figuresDiffer = false
    /// Other documents in the cluster, for an original.
    public var copies = 0
}

/// A flag for each document, in input order.
public struct CopyFlags: Sendable {
    public private(set) var flags: [CopyFlag]
    public private(set) var problems: [Problem] = []

    /// - Parameters:
    ///   - clustering: at level copy or further out.
    ///   - wanted: the documents whose flags are asked for, nil for all; the others are left as originals without copies.
    /// - Complexity: reads every copy and what it is a copy of once more.
    public init(_ clustering: Clustering, of wanted: [DocumentNumber]? = nil) {
        self.init(clustering, of: wanted, compared: [:])
    }

    /// - Parameter compared: what is known already of pairs at level copy.
    package init(
        _ clustering: Clustering, of wanted: [DocumentNumber]?, compared: [CandidatePair<OfDocument>: CopyOverlap]
    ) {
        precondition(clustering.labels[.copy] != nil, "flags need level copy or further out")
        let lineage = Lineage(clustering)
        if let wanted {
            flags = clustering.documents.numbers.map { CopyFlag(original: $0) }
            for document in wanted { flags[document.index] = lineage.flag(document) }
        } else {
            flags = clustering.documents.numbers.map { lineage.flag($0) }
        }
        let lost = LostTexts()
        verifyNear(lineage, clustering, lost)
        // Near copies are alike as they stand; a frame that weighs nothing elsewhere is part of what they share.
        compare(pairs { $0 == .near }, clustering, RecurringKeys(), lost)
        let copies = pairs { $0 != .near && $0 != .exact }
        for pair in copies { if let overlap = compared[pair] { flags[pair.b.index].describe(overlap) } }
        compare(copies.filter { compared[$0] == nil }, clustering, clustering.recurring, lost)
        problems = lost.problems
    }

    /// Copies and what each is a copy of, where their relation is wanted.
    private func pairs(where isWanted: (Relation) -> Bool) -> [CandidatePair<OfDocument>] {
        flags.indices.compactMap { document in
            guard let of = flags[document].of, let relation = flags[document].relation, isWanted(relation) else {
                return nil
            }
            return CandidatePair(of, DocumentNumber(document))
        }
    }

    /// Two members of a near cluster need not be near copies of each other.
    private mutating func verifyNear(_ lineage: Lineage, _ clustering: Clustering, _ lost: LostTexts) {
        let unknown = pairs { $0 == .near }.filter {
            !lineage.isVerifiedNear($0.b, $0.a)
        }
        guard !unknown.isEmpty else { return }
        var options = clustering.options
        options.progress = nil
        let verification = Verification(
            clustering.documents, Run(clustering.definition, options), lost: lost)
        for (pair, overlap) in zip(unknown, verification.overlaps(of: unknown))
        where overlap.jaccard < clustering.definition.threshold {
            flags[pair.b.index].relation = .reprint
        }
    }

    private mutating func compare(
        _ pairs: [CandidatePair<OfDocument>], _ clustering: Clustering, _ recurring: RecurringKeys, _ lost: LostTexts
    ) {
        let comparison = CopyComparison(
            clustering.documents, recurring: recurring, clustering.options.workers, lost: lost)
        for (pair, overlap) in zip(pairs, comparison.overlaps(of: pairs)) {
            guard let overlap else { continue }
            flags[pair.b.index].describe(overlap)
        }
    }
}

extension CopyFlag {
    /// - Parameter overlap: `a` is the other text, `b` this one.
    mutating func describe(_ overlap: CopyOverlap) {
        let kinship = Kinship(overlap)
        share = kinship.share
        score = kinship.score
        figuresDiffer = overlap.figuresDiffer
        if relation != .near { relation = kinship.relation }
    }
}
