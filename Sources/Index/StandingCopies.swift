import MinHash
import Overlap
import Records
import Stages
import Tables

extension Neighbourhood {
    /// Copy clusters in which those of the index stand: of each new near representative the cluster of the index whose
    /// representative it resembles most, of those that it has a passage in common with; where it has one with none, with
    /// others like it in a cluster of their own. A round-up that hangs together with several stories makes them no copies.
    ///
    /// - Parameters:
    ///   - found: as the stage found them, those of the index first.
    ///   - near: of each document its near representative.
    ///   - items: near representatives, those of the index that represent a copy cluster, in order of preference.
    ///   - passages: what is known of pairs.
    func standing(
        _ found: [DocumentNumber], _ near: [DocumentNumber], _ items: Numbering<OfItem, OfDocument>,
        _ passages: inout PassageScores
    ) -> [DocumentNumber] {
        var old: [DocumentNumber: [DocumentNumber]] = [:], new: [DocumentNumber] = []
        for item in items.wholes {
            if isOfIndex(item) {
                old[found[item.index], default: []].append(item)
            } else if isOfIndex(found[item.index]) {
                new.append(item)
            }
        }
        // Some of them: there is a limit to what hangs together.
        compare(
            new.flatMap { item in old[found[item.index]]!.prefix(Self.mostCompared).map { CandidatePair(item, $0) } },
            &passages)
        var chosen: [DocumentNumber: DocumentNumber] = [:], rest: [DocumentNumber: [DocumentNumber]] = [:]
        for item in new {
            var best: (score: Double, representative: DocumentNumber)?
            for representative in old[found[item.index]]! {
                guard let score = passages[item, representative], score > best?.score ?? 0 else { continue }
                best = (score, representative)
            }
            chosen[item] = best?.representative
            if best == nil { rest[found[item.index], default: []].append(item) }
        }
        for left in rest.values { group(left, &chosen, &passages) }
        return documents.numbers.map { document in
            let own = near[document.index]
            return isOfIndex(own) ? representative(of: own) : chosen[own] ?? found[document.index]
        }
    }

    private func representative(of document: DocumentNumber) -> DocumentNumber {
        DocumentNumber(newCount + history.representative(of: index(document), .copy))
    }

    private static let mostCompared = 64

    private func compare(_ pairs: [CandidatePair<OfDocument>], _ passages: inout PassageScores) {
        let left = pairs.filter { !passages.isCompared($0) }
        let comparison = CopyComparison(documents, recurring: recurring, run.options.workers)
        for (pair, overlap) in zip(left, comparison.overlaps(of: left)) { passages.add(pair, overlap) }
        passages.problems += comparison.problems
    }

    /// Around the first of them, those that have a passage in common with it; and so on with the others.
    private func group(
        _ items: [DocumentNumber], _ chosen: inout [DocumentNumber: DocumentNumber], _ passages: inout PassageScores
    ) {
        var left = items
        while let first = left.first {
            compare(left.dropFirst().map { CandidatePair(first, $0) }, &passages)
            for member in left where member == first || passages[first, member] != nil { chosen[member] = first }
            left.removeAll { chosen[$0] != nil }
        }
    }
}

/// Of pairs of documents that were compared, how much of one is in the other.
struct PassageScores {
    private let criteria: CopyCriteria
    /// Negative where they have no passage in common.
    private var scores: [CandidatePair<OfDocument>: Double] = [:]
    /// Of those that have one, in the order in which they were compared.
    private(set) var overlaps: [CandidatePair<OfDocument>: CopyOverlap] = [:]
    /// Texts that could not be read for it.
    var problems: [Problem] = []

    init(_ criteria: CopyCriteria) { self.criteria = criteria }

    mutating func add(_ pair: CandidatePair<OfDocument>, _ overlap: CopyOverlap?) {
        let score = overlap.flatMap {
            $0.hasPassage(by: criteria) ? max($0.a.containment, $0.b.containment) : nil
        }
        scores[CandidatePair(min(pair.a, pair.b), max(pair.a, pair.b))] = score ?? -1
        if score != nil { overlaps[pair] = overlap }
    }

    func isCompared(_ pair: CandidatePair<OfDocument>) -> Bool {
        scores[CandidatePair(min(pair.a, pair.b), max(pair.a, pair.b))] != nil
    }

    /// The larger share of one in the other; nil where they have no passage in common.
    subscript(a: DocumentNumber, b: DocumentNumber) -> Double? {
        scores[CandidatePair(min(a, b), max(a, b))].flatMap { $0 < 0 ? nil : $0 }
    }
}
