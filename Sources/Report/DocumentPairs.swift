import DedupKit
import Output
import Synchronization
import Workers

/// The pairs of documents that a clustering found: those of distinct texts, spread over the exact copies of both.
///
/// Where more than `most` pairs would come of one pair of texts, or of the copies of one text, only those with the
/// preferred copy are listed: a thousand copies of a page would be half a million pairs that say one thing.
package struct DocumentPairs {
    package struct Pair: Sendable {
        package var a, b: DocumentNumber
        /// `exact`, `near`, `copy`, or of a flag its relation.
        package var level: String
        /// Nil where it is to be counted when the pair is read again.
        package var shingles: SetOverlap?
    }

    static let most = 10_000

    package private(set) var pairs: [Pair] = []

    package init(_ clustering: Clustering) {
        let copies = Dictionary(
            uniqueKeysWithValues: ClusterList(clustering, .exact).clusters.map { ($0.representative, $0.members) })
        for text in clustering.documents.numbers {
            guard let copies = copies[text] else { continue }
            let all = copies.count * (copies.count - 1) / 2 <= Self.most
            for (i, a) in copies.enumerated() where all || a == text {
                for b in all ? copies[(i + 1)...] : copies[...] where a != b {
                    pairs.append(Pair(a: a, b: b, level: Level.exact.rawValue))
                }
            }
        }
        func add(_ textA: DocumentNumber, _ textB: DocumentNumber, _ level: Level, _ shingles: SetOverlap?) {
            var (a, b) = (copies[textA] ?? [textA], copies[textB] ?? [textB])
            if a.count * b.count > Self.most { (a, b) = ([textA], [textB]) }
            for a in a {
                for b in b {
                    pairs.append(Pair(a: a, b: b, level: level.rawValue, shingles: shingles))
                }
            }
        }
        for pair in clustering.pairs { add(pair.a, pair.b, .near, pair.overlap) }
        for link in clustering.copies { add(link.a, link.b, .copy, nil) }
    }

    /// Of each flagged copy, the document that it is compared with.
    init(_ flags: CopyFlags) {
        for (document, flag) in flags.flags.enumerated() {
            guard let of = flag.of, let relation = flag.relation else { continue }
            pairs.append(Pair(a: of, b: DocumentNumber(document), level: relation.rawValue))
        }
    }
}

extension RecordWriter {
    /// Adds a `pair` record each; reads the texts again for their passages, but for those that are exact copies.
    ///
    /// - Returns: what could not be read again. Such a pair has no passages, or is not there if nothing is known of it.
    mutating func add(
        _ pairs: DocumentPairs, _ clustering: Clustering
    ) throws(OutputError) -> [Problem] {
        let workers = clustering.options.workers, pairs = pairs.pairs
        let identifiers = clustering.documents.identifiers
        let lost = Mutex<[String: Problem]>([:])
        try addBlocks(of: pairs.count, size: 64, workers: workers) { numbers, json in
            let reader = PassageReader(clustering)
            for pair in pairs[numbers] {
                let isExact = pair.level == Level.exact.rawValue
                var found: (passages: PassageOverlap, shingles: SetOverlap)?
                do throws(Problem) {
                    if !isExact { found = try reader.overlap(pair.a, pair.b) }
                } catch {
                    lost.withLock { $0["\(error)"] = error }
                }
                guard let shingles = pair.shingles ?? found?.shingles ?? (isExact ? .all : nil) else { continue }
                json.beginRecord("pair")
                json.key("a")
                unsafe identifiers.withBytes(of: pair.a) { unsafe json.string($0) }
                json.key("b")
                unsafe identifiers.withBytes(of: pair.b) { unsafe json.string($0) }
                json.field("level", pair.level)
                json.field("jaccard", shingles.jaccard)
                json.field("containment_a", shingles.containmentA)
                json.field("containment_b", shingles.containmentB)
                if let found { json.fields(of: found.passages) }
                json.endRecord()
            }
        }
        return lost.withLock { lost in lost.sorted { $0.key < $1.key }.map(\.value) }
    }
}

extension SetOverlap {
    fileprivate static let all = SetOverlap(common: 1, a: 1, b: 1)
}
