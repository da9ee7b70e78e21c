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
    package var links: [CopyLink<OfDocument>]
    /// Of each document that is a copy, how it stands to the representative of its copy cluster.
    package var kinships: [DocumentNumber: Kinship] = [:]
    package var boilerplate: [Boilerplate]
    package var recurring: RecurringKeys
    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem]

    /// - Parameters:
    ///   - samples: of all documents; emptied.
    ///   - items: the near representatives, so that near clusters stay together.
    ///   - known: keys of shingles that recur among texts that are not here; they are in no sample.
    ///   - standing: so many items, the first, are not compared with one another.
    ///   - compared: is told of each pair that was compared, and what came of it.
    package init(
        _ documents: Documents, taking samples: inout SampleStore, items: Numbering<OfItem, OfDocument>, _ run: Run,
        known: [RecurringKeys.Entry] = [], standing: Int = 0,
        compared note: (CandidatePair<OfDocument>, CopyOverlap?) -> Void = { _, _ in }
    ) {
        let workers = run.workers, criteria = run.definition.copy.criteria
        let allSources = documents.sources.map { $0 }, sources = items.wholes.map { allSources[$0.index] }
        let shared = SharedShingles(
            taking: &samples, numbers: items.inverse(count: documents.count), sources: sources,
            limits: run.definition.copy.candidates,
            ignored: run.definition.copy.ignored.reduce(into: []) { $0.formUnion(CopyText.shingles(of: $1)) },
            known: known, workers: workers)
        let comparison = CopyComparison(documents, recurring: shared.recurring, workers)
        // Of most pairs only one is asked for in the end: of a representative and a member.
        var compared: [(pair: CandidatePair<OfItem>, kinship: Kinship)] = []
        func overlaps(of pairs: [CandidatePair<OfItem>]) -> [CopyOverlap?] {
            let overlaps = comparison.overlaps(of: pairs.map { $0.named(by: items) })
            for (pair, overlap) in zip(pairs, overlaps) {
                note(pair.named(by: items), overlap)
                if let overlap, overlap.isCopy(by: criteria) || overlap.hasPassage(by: criteria) {
                    compared.append((pair, Kinship(overlap)))
                }
            }
            return overlaps
        }
        var search = CopySearch(shared, sources: sources, criteria, standing: standing, workers)
        let clustering = CopyClustering(search.links { overlaps(of: $0) }, count: items.count) { pairs in
            overlaps(of: pairs).map { $0?.hasPassage(by: criteria) ?? false }
        }
        representatives = clustering.representatives
        for (pair, kinship) in compared where clustering.representatives[pair.b.index] == pair.a {
            kinships[items[pair.b]] = kinship
        }
        links = clustering.links.map { $0.named(by: items) }
        recurring = shared.recurring
        boilerplate = Boilerplate.list(documents, items, shared.recurring)
        problems = comparison.problems
    }
}
