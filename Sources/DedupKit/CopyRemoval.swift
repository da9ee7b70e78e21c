import MinHash
import Overlap
import Records
import Stages
import Tables

/// Which near representatives go at level copy.
///
/// The members of a copy cluster hang together by links, and may owe their representative no more than a passage. A
/// filter promises more: what goes is a copy of what stays. So representatives are chosen anew, greedily along the
/// links in the order of preference, and a near cluster goes as a whole, when each of its texts is a copy of the same
/// kept one; else its own representative stays.
struct CopyRemoval {
    struct Copy {
        var of: DocumentNumber
        var score: Double
    }

    /// By near representative and by distinct text of its cluster.
    private(set) var removed: [DocumentNumber: [DocumentNumber: Copy]] = [:]
    private(set) var problems: [Problem] = []

    private let criteria: CopyCriteria
    private let order: [DocumentNumber]
    private let rank: [DocumentNumber: Int]
    private var neighbours: [DocumentNumber: [DocumentNumber]] = [:]
    /// The distinct texts of each near cluster that has a link.
    private var texts: [DocumentNumber: [DocumentNumber]] = [:]
    private var staying: Set<DocumentNumber> = []

    init(_ clustering: Clustering) {
        criteria = clustering.definition.copy.criteria
        for link in clustering.copies {
            neighbours[link.a, default: []].append(link.b)
            neighbours[link.b, default: []].append(link.a)
        }
        order = clustering.documents.preferenceOrder(clustering.definition).filter { [neighbours] in
            neighbours[$0] != nil
        }
        rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let exact = clustering.labels[.exact]!, near = clustering.labels[.near]!
        for text in clustering.documents.numbers where exact[text.index] == text && neighbours[near[text.index]] != nil
        {
            texts[near[text.index], default: []].append(text)
        }
        let comparison = CopyComparison(
            clustering.documents, recurring: clustering.recurring, clustering.options.workers)
        if clustering.definition.keepsKnown { staying = Set(order.filter(clustering.documents.isKnown)) }
        // Each round keeps at least one more, and the first settles nearly all.
        while !choose(comparison) {}
        problems = comparison.problems
    }

    /// Chooses and compares; false where a near cluster turned out to be no copy as a whole.
    private mutating func choose(_ comparison: CopyComparison) -> Bool {
        let centres = centres()
        var pairs: [CandidatePair<OfDocument>] = []
        for item in order {
            guard let centre = centres[item], removed[item]?.first?.value.of != centre else { continue }
            removed[item] = [:]
            pairs += texts[item]!.map { CandidatePair(centre, $0) }
        }
        for item in removed.keys where centres[item] == nil { removed[item] = nil }
        let owner = Dictionary(
            texts.flatMap { near, texts in texts.map { ($0, near) } }, uniquingKeysWith: { first, _ in first })
        let before = staying.count
        for (pair, overlap) in zip(pairs, comparison.overlaps(of: pairs)) {
            let (centre, text) = (pair.a, pair.b), item = owner[text]!
            guard let overlap, overlap.isCopy(by: criteria) else {
                staying.insert(item)
                continue
            }
            removed[item]![text] = Copy(of: centre, score: max(overlap.a.containment, overlap.b.containment))
        }
        return staying.count == before
    }

    /// Of each representative that goes, the first kept one that it is linked with.
    private func centres() -> [DocumentNumber: DocumentNumber] {
        var centres: [DocumentNumber: DocumentNumber] = [:]
        for item in order where !staying.contains(item) {
            let kept = neighbours[item]!.filter { rank[$0]! < rank[item]! && centres[$0] == nil }
            centres[item] = kept.min { rank[$0]! < rank[$1]! }
        }
        return centres
    }
}
