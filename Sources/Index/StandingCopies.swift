import MinHash
import Overlap
import Records
import Stages
import Tables

extension Neighbourhood {
    /// Copy clusters in which those of the index stand: of each new near representative the cluster of the index that it
    /// resembles most, among those with whose representative it has a passage in common; where it has one with none, with
    /// others like it in a cluster of their own. A round-up that hangs together with several stories makes them no copies.
    ///
    /// - Parameters:
    ///   - found: as the stage found them, those of the index first.
    ///   - near: of each document its near representative.
    ///   - items: the near representatives, in order of preference.
    func standing(
        _ found: [DocumentNumber], _ near: [DocumentNumber], _ items: Numbering<OfItem, OfDocument>
    ) -> [DocumentNumber] {
        var old: [DocumentNumber: [DocumentNumber]] = [:], new: [DocumentNumber] = []
        for item in items.wholes {
            if isOfIndex(item) {
                old[found[item.index], default: []].append(item)
            } else if isOfIndex(found[item.index]) {
                new.append(item)
            }
        }
        let scores = scores(of: new.map { item in (item, old[found[item.index]]!) })
        var chosen: [DocumentNumber: DocumentNumber] = [:], rest: [DocumentNumber: [DocumentNumber]] = [:]
        for item in new {
            var best: (score: Double, representative: DocumentNumber)?
            for other in old[found[item.index]]! {
                let representative = representative(of: other)
                guard let score = scores[CandidatePair(item, other)],
                    scores[CandidatePair(item, representative)] != nil, score > best?.score ?? 0
                else { continue }
                best = (score, representative)
            }
            chosen[item] = best?.representative
            if best == nil { rest[found[item.index], default: []].append(item) }
        }
        for left in rest.values { group(left, &chosen) }
        return documents.numbers.map { document in
            if isOfIndex(document) { return representative(of: document) }
            return chosen[near[document.index]] ?? found[document.index]
        }
    }

    private func representative(of document: DocumentNumber) -> DocumentNumber {
        DocumentNumber(newCount + history.representative(of: index(document), .copy))
    }

    /// Of those that have a passage in common the larger share of one in the other.
    private func scores(
        of items: [(item: DocumentNumber, others: [DocumentNumber])]
    ) -> [CandidatePair<OfDocument>: Double] {
        var pairs: Set<CandidatePair<OfDocument>> = []
        for (item, others) in items {
            // Those with whom it hangs together, some of them: many of one story say the same.
            for other in others.prefix(Self.mostCompared) {
                pairs.insert(CandidatePair(item, other))
                pairs.insert(CandidatePair(item, representative(of: other)))
            }
        }
        return scores(of: pairs.sorted())
    }

    private static let mostCompared = 64

    private func scores(of pairs: [CandidatePair<OfDocument>]) -> [CandidatePair<OfDocument>: Double] {
        let comparison = CopyComparison(documents, recurring: recurring, run.options.workers)
        let criteria = run.definition.copy.criteria
        var scores: [CandidatePair<OfDocument>: Double] = [:]
        for (pair, overlap) in zip(pairs, comparison.overlaps(of: pairs)) {
            guard let overlap, overlap.hasPassage(by: criteria) else { continue }
            scores[pair] = max(overlap.a.containment, overlap.b.containment)
        }
        return scores
    }

    /// Around the first of them, those that have a passage in common with it; and so on with the others.
    private func group(_ items: [DocumentNumber], _ chosen: inout [DocumentNumber: DocumentNumber]) {
        var left = items
        while let first = left.first {
            let scores = scores(of: left.dropFirst().map { CandidatePair(first, $0) })
            let members = left.filter { $0 == first || scores[CandidatePair(first, $0)] != nil }
            for member in members { chosen[member] = first }
            left.removeAll { chosen[$0] != nil }
        }
    }
}
