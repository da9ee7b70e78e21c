import Cluster
import Containment
import Inputs
import MinHash
import Overlap
public import Records
import Synchronization
import Workers

/// Texts taken from one another: candidates by shared rare shingles, compared passage by passage, clustered.
///
/// The items are the near representatives, so that near clusters stay together.
struct CopyStage {
    /// Of each document, the document that represents its copy cluster.
    var labels: [UInt32]
    /// Pairs of near representatives, `a` the preferred one.
    var links: [CopyLink] = []
    /// Of each near representative that is a copy, how it stands to the representative of its copy cluster.
    var kinships: [UInt32: Kinship] = [:]
    var boilerplate: [Boilerplate] = []
    var recurring: RecurringKeys
    var problems: [Problem] = []

    init(
        _ inputs: InputSet, _ documents: Documents, taking samples: inout SampleStore, near: [UInt32], items: [UInt32],
        _ parameters: Parameters
    ) {
        let items = items.filter { near[Int($0)] == $0 }
        let workers = Workers(count: parameters.threads)
        let allSources = documents.sources.map { $0 }, sources = items.map { allSources[Int($0)] }
        let shared = SharedShingles(
            taking: &samples, items: items, sources: sources, limits: parameters.copy.candidates, workers: workers)
        let criteria = parameters.copy.criteria
        let comparison = CopyComparison(
            inputs, documents, items: items, recurring: shared.recurring, workers: workers)
        var search = CopySearch(shared, sources: sources, criteria, workers: workers)
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
        let found = search.links { overlaps(of: $0) }
        let clustering = CopyClustering(found, count: items.count) { pairs in
            overlaps(of: pairs).map { $0?.hasPassage(by: criteria) ?? false }
        }
        labels = near
        for (item, representative) in clustering.representatives.enumerated() where item != Int(representative) {
            labels[Int(items[item])] = items[Int(representative)]
        }
        for (pair, kinship) in compared where clustering.representatives[Int(pair.b)] == pair.a {
            kinships[items[Int(pair.b)]] = kinship
        }
        for document in documents.indices { labels[document] = labels[Int(near[document])] }
        links = clustering.links.map {
            CopyLink(
                a: items[Int($0.a)], b: items[Int($0.b)], partsOfA: $0.partsOfA, partsOfB: $0.partsOfB,
                haveRests: $0.haveRests)
        }
        recurring = shared.recurring
        boilerplate = Boilerplate.list(inputs, documents, shared.recurring)
        problems = comparison.problems
    }
}
