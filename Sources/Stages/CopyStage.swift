import Cluster
import Containment
import MinHash
import Overlap
import Records
import Tables

/// Texts taken from one another: candidates by shared rare shingles, compared passage by passage, clustered.
package struct CopyStage {
    /// Of each item, the item that represents its copy cluster.
    package var representatives: [ItemNumber]
    /// Pairs of documents, `a` the preferred one.
    package var links: [CopyLink]
    /// Of each document that is a copy, how it stands to the representative of its copy cluster.
    package var kinships: [DocumentNumber: Kinship] = [:]
    package var boilerplate: [Boilerplate]
    package var recurring: RecurringKeys
    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem]

    /// - Parameters:
    ///   - samples: of all documents; emptied.
    ///   - items: the near representatives, so that near clusters stay together.
    package init(
        _ documents: Documents, taking samples: inout SampleStore, items: Numbering<OfItem, OfDocument>, _ run: Run
    ) {
        let workers = run.workers, criteria = run.definition.copy.criteria
        let allSources = documents.sources.map { $0 }, sources = items.wholes.map { allSources[$0.index] }
        let shared = SharedShingles(
            taking: &samples, items: items.wholes.map(\.rawValue), sources: sources,
            limits: run.definition.copy.candidates,
            workers: workers)
        let comparison = CopyComparison(documents, items: items, recurring: shared.recurring, workers)
        // Of most pairs only one is asked for in the end: of a representative and a member.
        var compared: [(pair: CandidatePair, kinship: Kinship)] = []
        func overlaps(of pairs: [CandidatePair]) -> [CopyOverlap?] {
            let overlaps = comparison.overlaps(of: pairs)
            for (pair, overlap) in zip(pairs, overlaps) {
                if let overlap, overlap.isCopy(by: criteria) || overlap.hasPassage(by: criteria) {
                    compared.append((pair, Kinship(overlap)))
                }
            }
            return overlaps
        }
        var search = CopySearch(shared, sources: sources, criteria, workers)
        let clustering = CopyClustering(search.links { overlaps(of: $0) }, count: items.count) { pairs in
            overlaps(of: pairs).map { $0?.hasPassage(by: criteria) ?? false }
        }
        representatives = clustering.representatives.map(ItemNumber.init(rawValue:))
        for (pair, kinship) in compared where clustering.representatives[Int(pair.b)] == pair.a {
            kinships[items[ItemNumber(rawValue: pair.b)]] = kinship
        }
        links = clustering.links.map { $0.renamed(by: items) }
        recurring = shared.recurring
        boilerplate = Boilerplate.list(documents, shared.recurring)
        problems = comparison.problems
    }
}

extension CopyLink {
    fileprivate func renamed(by items: Numbering<OfItem, OfDocument>) -> CopyLink {
        var link = self
        (link.a, link.b) = (items[ItemNumber(rawValue: a)].rawValue, items[ItemNumber(rawValue: b)].rawValue)
        return link
    }
}
