import Stages

/// Who was before whom in each cluster.
struct Lineage {
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
        let order = documents.preferenceOrder()
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

    /// Whether a document and another of its near cluster were compared when it was made: each member was with its
    /// representative.
    func isVerifiedNear(_ document: Int, _ other: Int) -> Bool {
        let near = clustering.label(.near, of: document)
        return clustering.definition.linkage == .star
            && (clustering.label(.exact, of: document) == near || clustering.label(.exact, of: other) == near)
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
