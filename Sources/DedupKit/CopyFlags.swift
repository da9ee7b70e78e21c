public import Corpus
import MinHash
import Overlap
import Workers

/// What a document is to the one that it was taken from.
public enum Relation: String, Sendable, CaseIterable {
    /// The same words in the same order.
    case exact
    /// Jaccard similarity of the shingles at or above the threshold.
    case near
    /// A shorter text, nearly all of which is in the other.
    case abridged
    /// A longer text that holds nearly all of the other.
    case embedded
    /// Any other text of which a substantial part is the other's.
    case reprint
}

/// What is said of a document: where it comes from, or how many come from it.
public struct CopyFlag: Sendable, Equatable {
    /// The first document of the copy cluster as seen in this dump: the earliest, then the longest.
    public var original: Int
    /// The document that it is compared with; nil for an original. Never a later one.
    public var of: Int?
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

    /// - Parameter clustering: at level copy or further out, of `inputs`.
    /// - Complexity: reads every copy and what it is a copy of once more.
    public init(_ clustering: Clustering, of inputs: InputSet) {
        let lineage = Lineage(clustering)
        flags = clustering.documents.indices.map { lineage.flag($0) }
        var pairs: [CandidatePair] = []
        for document in flags.indices {
            guard let of = flags[document].of, flags[document].relation != .exact else { continue }
            pairs.append(CandidatePair(UInt32(of), UInt32(document)))
        }
        pairs.sort { ($0.a, $0.b) < ($1.a, $1.b) }
        let isNear = pairs.map { flags[Int($0.b)].relation == .near }
        // Near copies are alike as they stand; a frame that weighs nothing elsewhere is part of what they share.
        compare(pairs, isNear, true, clustering, inputs, recurring: RecurringKeys())
        compare(pairs, isNear, false, clustering, inputs, recurring: clustering.recurring)
    }

    private mutating func compare(
        _ all: [CandidatePair], _ isNear: [Bool], _ wanted: Bool, _ clustering: Clustering, _ inputs: InputSet,
        recurring: RecurringKeys
    ) {
        let pairs = zip(all, isNear).filter { $0.1 == wanted }.map(\.0)
        let documents = clustering.documents
        let comparison = CopyComparison(
            inputs, documents, items: documents.indices.map { UInt32($0) }, recurring: recurring,
            workers: Workers(count: clustering.parameters.threads))
        for (pair, overlap) in zip(pairs, comparison.overlaps(of: pairs)) {
            guard let overlap else { continue }
            flags[Int(pair.b)].describe(overlap)
        }
        problems += comparison.problems
    }
}

extension CopyFlag {
    /// - Parameter overlap: `a` is the other text, `b` this one.
    mutating func describe(_ overlap: CopyOverlap) {
        let (other, this) = (overlap.a.containment, overlap.b.containment)
        share = this
        score = max(this, other)
        figuresDiffer = overlap.figuresDiffer
        guard relation != .near else { return }
        let nearlyAll = 0.8, much = 1.25
        let ratio = Double(overlap.b.tokens) / Double(max(1, overlap.a.tokens))
        if ratio <= 1 / much, this >= nearlyAll {
            relation = .abridged
        } else if ratio >= much, other >= nearlyAll {
            relation = .embedded
        } else {
            relation = .reprint
        }
    }
}

/// Who was before whom in each cluster.
private struct Lineage {
    private let clustering: Clustering
    private let documents: Documents
    /// Place of each document in the order of preference: earliest first.
    private var rank: [UInt32]
    /// By copy and by near representative, the first document of the cluster.
    private var firstCopy: [UInt32]
    private var firstNear: [UInt32]
    private var sizes: [UInt32]
    /// Of each near representative, the first near representative that it is directly linked with.
    private var firstLink: [UInt32: UInt32] = [:]

    init(_ clustering: Clustering) {
        self.clustering = clustering
        documents = clustering.documents
        let order = preferenceOrder(documents)
        let count = order.count
        rank = Array(repeating: 0, count: count)
        for (place, document) in order.enumerated() { rank[Int(document)] = UInt32(place) }
        firstCopy = Array(repeating: .max, count: count)
        firstNear = firstCopy
        sizes = Array(repeating: 0, count: count)
        for document in order {
            let copy = Int(clustering.label(.copy, of: Int(document)))
            let near = Int(clustering.label(.near, of: Int(document)))
            if firstCopy[copy] == .max { firstCopy[copy] = document }
            if firstNear[near] == .max { firstNear[near] = document }
            sizes[copy] += 1
        }
        for link in clustering.copies
        where clustering.label(.copy, of: Int(link.a)) == clustering.label(.copy, of: Int(link.b)) {
            let (early, late) = rank[Int(link.a)] < rank[Int(link.b)] ? (link.a, link.b) : (link.b, link.a)
            if let held = firstLink[late], rank[Int(held)] < rank[Int(early)] { continue }
            firstLink[late] = early
        }
    }

    func flag(_ document: Int) -> CopyFlag {
        let copy = Int(clustering.label(.copy, of: document))
        let original = Int(firstCopy[copy])
        var flag = CopyFlag(original: original)
        guard document != original else {
            flag.copies = Int(sizes[copy]) - 1
            return flag
        }
        (flag.of, flag.relation) = source(of: document, original: original)
        if let first = documents.date(of: original), let date = documents.date(of: document) {
            flag.daysAfter = Double(date - first) / 86_400
        }
        return flag
    }

    /// The closest relative before a document: that is what keeps flags from running in a circle.
    private func source(of document: Int, original: Int) -> (Int, Relation) {
        func isBefore(_ other: Int) -> Bool { rank[other] < rank[document] }
        let exact = Int(clustering.label(.exact, of: document))
        if isBefore(exact) { return (exact, .exact) }
        let near = Int(clustering.label(.near, of: document))
        if isBefore(near) { return (near, .near) }
        if isBefore(Int(firstNear[near])) { return (Int(firstNear[near]), .near) }
        if let link = firstLink[UInt32(near)].map(Int.init), isBefore(link) { return (link, .reprint) }
        return (original, .reprint)
    }
}
