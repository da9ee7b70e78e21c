public import Columns
import MinHash
public import Records
public import Stages

/// A document that a filter drops, and the kept one that it duplicates.
public struct Removal: Sendable, Equatable, BitwiseCopyable {
    public var document: DocumentNumber
    public var of: DocumentNumber
    /// The innermost level at which the two are the same.
    public var relation: Level
    /// Jaccard similarity (exact, near) or the larger containment (copy) of the two, 0...1; nil at level event, whose
    /// measure is an average over the cluster.
    public var score: Double?
}

/// What a filter drops: at each level only documents that duplicate a kept one at or above the threshold, not one
/// that was dropped itself. At level near no two kept documents reach the threshold. Where known documents stay, none of
/// them goes, and what is like one of them does.
public struct Removals: Sendable {
    /// In input order; in a temporary file where the documents are.
    public private(set) var all = Column<Removal>()
    /// Texts that could not be read again; they are kept.
    public private(set) var problems: [Problem] = []

    /// - Parameter clustering: by stars.
    /// - Complexity: O(documents); at level copy, reads what is a copy and what of once more.
    public init(_ clustering: Clustering) throws(SpillError) {
        precondition(clustering.definition.linkage == .star, "a chain's end duplicates nothing that is kept")
        var copies: CopyRemoval?
        if clustering.options.level == .copy {
            copies = CopyRemoval(clustering)
            problems = copies!.problems
        }
        let exact = clustering.labels[.exact]!, near = clustering.labels[.near]
        let event = clustering.labels[.event]
        let similarity = clustering.nearSimilarity()
        var block: [Removal] = []
        let folder = clustering.options.memory.folder.another()
        if clustering.documents.isSpilled { all.spill(to: folder) }
        let stays = clustering.definition.keepsKnown
        func isKnown(_ document: DocumentNumber) -> Bool { stays && clustering.documents.isKnown(document) }
        for document in clustering.documents.numbers where !isKnown(document) {
            let text = exact[document.index], representative = near?[document.index] ?? text
            let nearest = text == representative ? nil : similarity?.nearest(to: text) ?? representative
            let copy = copies?.removed[representative]?[text]
            // What is known stays for sure, and the closer of it says more.
            let known = [text, nearest].lazy.compactMap { $0 }.first(where: isKnown)
            let kept = known ?? copy?.of ?? event?[document.index] ?? nearest ?? text
            guard kept != document else { continue }
            var removal = Removal(document: document, of: kept, relation: .event)
            if text == kept {
                (removal.relation, removal.score) = (.exact, 1)
            } else if nearest == kept {
                (removal.relation, removal.score) = (.near, similarity![text])
            } else if let copy {
                (removal.relation, removal.score) = (.copy, copy.score)
            }
            block.append(removal)
            if block.count == 1 << 12 {
                all.append(contentsOf: block)
                block.removeAll(keepingCapacity: true)
            }
        }
        all.append(contentsOf: block)
        if let failure = folder.failure { throw failure }
    }
}
