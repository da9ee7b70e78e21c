public import Cluster
import Containment
public import Overlap
public import Records
public import Stages

/// The answer: of each document the representative of its cluster, at each level asked for.
public struct Clustering: Sendable {
    public internal(set) var documents: Documents
    public let definition: Definition
    public let options: RunOptions
    /// Documents with too few words to be like another: only with those that have the same are they together, and that
    /// at every level. Those of no words are clusters of their own.
    public let tooShort: [Bool]
    /// By level, of each document the number of the document that represents its cluster.
    public internal(set) var labels: [Level: [DocumentNumber]] = [:]
    /// Verified pairs of distinct texts, `a` the preferred one: all that were found where they were asked for, else those
    /// with a representative.
    public internal(set) var pairs: [VerifiedPair<OfDocument>] = []
    /// Pairs of near representatives of which one was taken from the other, `a` the preferred one.
    public internal(set) var copies: [CopyLink<OfDocument>] = []
    /// Of each near representative that is a copy, how it stands to the representative of its copy cluster.
    public internal(set) var kinships: [DocumentNumber: Kinship] = [:]
    /// Why reports are taken to be of one event; nothing below level event.
    public internal(set) var evidence = EventEvidence()
    /// Text that recurs across unrelated stories and weighs nothing at the copy level, most frequent first.
    public internal(set) var boilerplate: [Boilerplate] = []
    /// Of its shingles, those by which it is known again.
    var recurring = RecurringKeys()
    /// What could not be read, in input order, at most `ChunkReport.problemLimit` a chunk.
    public internal(set) var problems: [Problem] = []
    /// All that could not be read.
    public internal(set) var unreadable = 0
    /// Records with a title but no text field, read as documents of no words.
    public internal(set) var withoutText = 0
    /// Records that could not be read since they have neither.
    public internal(set) var withoutTextAndTitle = 0
    /// The names of the fields of the first record without a text; empty where that is not known.
    public internal(set) var namesWithoutText: [String] = []
    /// Under which names fields were found.
    public internal(set) var fieldUse = FieldUse()
    /// Records that were read after repair of broken Unicode.
    public internal(set) var repaired = 0
    /// Texts that have lost most of their letters; each is a cluster of its own at every level.
    public internal(set) var illegible = Illegible()

    init(_ documents: Documents, _ definition: Definition, _ options: RunOptions) {
        (self.documents, self.definition, self.options) = (documents, definition, options)
        let shortest = definition.shingleWidth
        tooShort = documents.lengths.map { $0 < shortest }
    }

    /// Documents with labels that something else found.
    package init(
        _ documents: Documents, _ definition: Definition, _ options: RunOptions, labels: [Level: [DocumentNumber]],
        recurring: RecurringKeys = RecurringKeys(), boilerplate: [Boilerplate] = [], reports: [ChunkReport] = []
    ) {
        self.init(documents, definition, options)
        (self.labels, self.recurring, self.boilerplate) = (labels, recurring, boilerplate)
        add(reports)
    }

    public var levels: [Level] { Level.allCases.filter { labels[$0] != nil } }

    public func label(_ level: Level, of document: DocumentNumber) -> DocumentNumber { labels[level]![document.index] }

    /// Clusters at a level, those of one document included.
    public func clusterCount(_ level: Level) -> Int {
        labels[level]!.enumerated().count { $0 == $1.index }
    }

    /// Of each distinct text what it is near to: the representative of its near cluster, or the known document that made
    /// it join; nil at level exact. O(documents + pairs); 4 bytes a document.
    public func nearSimilarity() -> NearSimilarity? {
        labels[.near].map { near in
            NearSimilarity(pairs, near: near) { [documents, stays = definition.keepsKnown] pair in
                near[pair.b.index] == pair.a || stays && documents.isKnown(pair.a) && !documents.isKnown(pair.b)
            }
        }
    }
}

extension Clustering {
    /// Counts what could not be read.
    public mutating func add(_ problems: [Problem]) {
        self.problems += problems
        unreadable += problems.count
    }

    mutating func add(_ reports: [ChunkReport]) {
        for (report, lines) in zip(reports, reports.linesBefore) {
            problems += report.problems(linesBefore: lines)
            unreadable += report.unreadable
            repaired += report.repaired
            withoutText += report.withoutText
            illegible.add(report.illegible, linesBefore: lines)
            withoutTextAndTitle += report.withoutTextAndTitle
            if namesWithoutText.isEmpty { namesWithoutText = report.namesWithoutText }
            fieldUse += report.fieldUse
        }
    }

    mutating func add(_ copy: CopyStage) {
        copies = copy.links
        kinships = copy.kinships
        boilerplate = copy.boilerplate
        recurring = copy.recurring
        add(copy.problems)
    }
}

/// See `Clustering.nearSimilarity`.
public struct NearSimilarity: Sendable {
    private let pairs: [VerifiedPair<OfDocument>]
    /// Of each document, the pair by which it belongs to its cluster.
    private var places: [UInt32]

    fileprivate init(
        _ pairs: [VerifiedPair<OfDocument>], near: [DocumentNumber],
        joins: (VerifiedPair<OfDocument>) -> Bool
    ) {
        self.pairs = pairs
        places = Array(repeating: .max, count: near.count)
        for (place, pair) in pairs.enumerated() where near[pair.a.index] == near[pair.b.index] {
            if near[pair.a.index] == pair.b { places[pair.a.index] = UInt32(place) }
            guard joins(pair) else { continue }
            let held = places[pair.b.index]
            if held == .max || pairs[Int(held)].overlap.jaccard < pair.overlap.jaccard {
                places[pair.b.index] = UInt32(place)
            }
        }
    }

    /// Jaccard similarity, −1 where a text is its own representative or the two were not compared.
    public subscript(document: DocumentNumber) -> Double { pair(of: document)?.overlap.jaccard ?? -1 }

    /// The other of that pair.
    public func nearest(to document: DocumentNumber) -> DocumentNumber? {
        pair(of: document).map { $0.a == document ? $0.b : $0.a }
    }

    private func pair(of document: DocumentNumber) -> VerifiedPair<OfDocument>? {
        let place = places[document.index]
        return place == .max ? nil : pairs[Int(place)]
    }
}
