import Cluster
import MinHash
import Overlap
import Records
import Tables
import Workers

/// Candidates by banding, verified exactly, clustered.
package struct NearStage {
    /// Of each document, the document that represents its near cluster.
    package var labels: [DocumentNumber]
    /// Verified pairs of documents, `a` the preferred one: all that were found where they were asked for, else those
    /// with a representative.
    package var pairs: [VerifiedPair<OfDocument>]
    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem]

    /// - Parameter stands: documents that represent their clusters whatever they are like: the first in the order.
    package init(
        _ documents: Documents, _ sketches: SketchStore, exact: ExactStage, _ run: Run,
        stands: (DocumentNumber) -> Bool = { _ in false }
    ) {
        let (index, items) = run.times.measure(.bands) { Self.index(sketches, texts: exact.texts, run) }
        let definition = run.definition, threshold = definition.threshold
        let least = definition.leastAgreement, signatures = SignatureReader(sketches)
        let plausible: Plausible = {
            signatures.agreement(items[$0.a].index, items[$0.b].index) >= least
        }
        let verification = Verification(documents, run)
        let verify: Verify = { pairs in
            run.times.measure(.verify) { verification.overlaps(of: pairs.map { $0.named(by: items) }) }
        }

        func cluster(_ index: BucketIndex, anchors: Int = 0) -> StarClustering {
            run.times.measure(.cluster, apartFrom: .verify) {
                StarClustering(
                    index, threshold: threshold, anchors: anchors, limits: definition.buckets,
                    isStopped: run.workers.isStopped, plausible: plausible, verify: verify)
            }
        }
        let anchors = definition.keepsKnown ? items.wholes.count(where: documents.isKnown) : 0
        var star = cluster(index, anchors: anchors + items.wholes.count(where: stands))
        if anchors > 0, run.options.level > .near { star.join(anchors: cluster(index.first(anchors))) }
        let all = AllPairs(index, threshold: threshold, limits: definition.buckets, star: star)
        let wantsAll = run.options.pairs
        let found = wantsAll ? all.verified(plausible: plausible, verify: verify) : star.pairs
        let representatives =
            switch definition.linkage {
            case .star: star.representatives
            case .single where wantsAll: components(of: found, count: items.count)
            case .single: all.components(plausible: plausible, verify: verify)
            }
        labels = items.coarsen(exact.labels, by: representatives)
        pairs = found.map { $0.named(by: items) }
        problems = verification.problems
    }

    /// The buckets of all bands, and the documents of the items in them, in order of preference: those texts that share
    /// a band with another. The rest, most of a dump, is done with.
    private static func index(
        _ sketches: SketchStore, texts: Numbering<OfItem, OfDocument>, _ run: Run
    ) -> (index: BucketIndex, items: Numbering<OfItem, OfDocument>) {
        let numbers = texts.inverse(count: sketches.count), bands = sketches.banding.bands
        let threads = run.options.memory.threads(run.options.threads, items: sketches.count),
            isStopped = run.workers.isStopped
        var ofBands = Workers(count: threads).map(bands) { band in
            isStopped() ? Buckets() : sketches.buckets(band: band, numbers: numbers)
        }
        var buckets = Buckets()
        buckets.reserve(
            items: ofBands.reduce(0) { $0 + $1.items.count }, groups: ofBands.reduce(0) { $0 + $1.count })
        for band in 0..<bands {
            buckets.append(ofBands[band])
            ofBands[band] = Buckets()
        }
        var isShared = [Bool](repeating: false, count: texts.count)
        for text in buckets.items { isShared[text.index] = true }
        let shared: Numbering<OfItem, OfItem> = Numbering<OfItem, OfItem>(all: texts.count).filter {
            isShared[$0.index]
        }
        let renamed = shared.inverse(count: texts.count)
        buckets.rename { renamed[$0.index] }
        return (BucketIndex(buckets, itemCount: shared.count), Numbering(shared.wholes.map { texts[$0] }))
    }
}
