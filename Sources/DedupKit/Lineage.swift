import Records
import Stages

/// Who was before whom in each cluster.
struct Lineage {
    private let clustering: Clustering
    private let documents: Documents
    /// Place of each document in the order of preference: earliest first.
    private var rank: [UInt32]
    /// By copy and by near representative, the first document of the cluster.
    private var firstCopy: [DocumentNumber]
    private var firstNear: [DocumentNumber]
    private var sizes: [UInt32]
    /// Of each near representative, the first near representative that it is directly linked with.
    private var firstLink: [DocumentNumber: DocumentNumber] = [:]

    init(_ clustering: Clustering) {
        self.clustering = clustering
        documents = clustering.documents
        let order = documents.preferenceOrder()
        let count = order.count
        rank = Array(repeating: 0, count: count)
        for (place, document) in order.enumerated() { rank[document.index] = UInt32(place) }
        firstCopy = Array(repeating: .none, count: count)
        firstNear = firstCopy
        sizes = Array(repeating: 0, count: count)
        for document in order {
            let copy = clustering.label(.copy, of: document).index
            let near = clustering.label(.near, of: document).index
            if firstCopy[copy] == .none { firstCopy[copy] = document }
            if firstNear[near] == .none { firstNear[near] = document }
            sizes[copy] += 1
        }
        for link in clustering.copies {
            guard clustering.label(.copy, of: link.a) == clustering.label(.copy, of: link.b) else { continue }
            let (early, late) = rank[link.a.index] < rank[link.b.index] ? (link.a, link.b) : (link.b, link.a)
            if let held = firstLink[late], rank[held.index] < rank[early.index] { continue }
            firstLink[late] = early
        }
    }

    func flag(_ document: DocumentNumber) -> CopyFlag {
        let copy = clustering.label(.copy, of: document).index
        let original = firstCopy[copy]
        var flag = CopyFlag(original: original)
        guard document != original else {
            flag.copies = Int(sizes[copy]) - 1
            return flag
        }
        (flag.of, flag.relation) = source(of: document, original: original)
        if let first = documents.day(of: original), let date = documents.day(of: document) {
            flag.daysAfter = Double(date - first) / 86_400
        }
        return flag
    }

    /// Whether a document and another of its near cluster were compared when it was made: each member was with its
    /// representative.
    func isVerifiedNear(_ document: DocumentNumber, _ other: DocumentNumber) -> Bool {
        let near = clustering.label(.near, of: document)
        return clustering.definition.linkage == .star
            && (clustering.label(.exact, of: document) == near || clustering.label(.exact, of: other) == near)
    }

    /// The closest relative before a document: that is what keeps flags from running in a circle.
    private func source(of document: DocumentNumber, original: DocumentNumber) -> (DocumentNumber, Relation) {
        func isBefore(_ other: DocumentNumber) -> Bool { rank[other.index] < rank[document.index] }
        let exact = clustering.label(.exact, of: document)
        if isBefore(exact) { return (exact, .exact) }
        let near = clustering.label(.near, of: document)
        if isBefore(near) { return (near, .near) }
        if isBefore(firstNear[near.index]) { return (firstNear[near.index], .near) }
        if let link = firstLink[near], isBefore(link) { return (link, .reprint) }
        return (original, .reprint)
    }
}
