import Cluster
import Inputs
import MinHash
import Overlap
public import Records
import Workers

/// Candidates by banding, verified exactly, clustered.
struct NearStage {
    /// Of each document, the document that represents its near cluster.
    var labels: [UInt32]
    /// Verified pairs of documents, `a` the preferred one: all that were found where they were asked for, else those
    /// with a representative.
    var pairs: [VerifiedPair]
    var problems: [Problem] = []

    init(
        _ inputs: InputSet, _ documents: Documents, _ sketches: SketchStore, exact: ExactStage,
        _ parameters: Parameters, _ memory: Memory, _ stages: StageTimes, progress: Progress?
    ) {
        let (index, items) = stages.measure(.bands) {
            Self.index(sketches, texts: exact.items, workers: memory.workers(parameters.threads, items: sketches.count))
        }
        let least = ByteSignature.leastAgreement(threshold: parameters.threshold)
        let signatures = SignatureReader(sketches)
        let plausible: Plausible = { signatures.agreement(Int(items[Int($0.a)]), Int(items[Int($0.b)])) >= least }
        let verification = Verification(inputs, documents, items: items, parameters, progress: progress)
        let verify: Verify = { pairs in stages.measure(.verify) { verification.overlaps(of: pairs) } }

        let star = stages.measure(.cluster, apartFrom: .verify) {
            StarClustering(index, threshold: parameters.threshold, plausible: plausible, verify: verify)
        }
        let all = AllPairs(index, threshold: parameters.threshold, star: star)
        let found = parameters.pairs ? all.verified(plausible: plausible, verify: verify) : star.pairs
        let representatives =
            switch parameters.linkage {
            case .star: star.representatives
            case .single where parameters.pairs: components(of: found, count: items.count)
            case .single: all.components(plausible: plausible, verify: verify)
            }

        labels = exact.labels
        for (item, representative) in zip(items, representatives) { labels[Int(item)] = items[Int(representative)] }
        for document in documents.indices { labels[document] = labels[Int(exact.labels[document])] }
        pairs = found.map { VerifiedPair(a: items[Int($0.a)], b: items[Int($0.b)], overlap: $0.overlap) }
        problems = verification.problems
    }

    /// The buckets of all bands, and the documents of the items in them, in order of preference: those texts that share
    /// a band with another. The rest, most of a dump, is done with.
    private static func index(
        _ sketches: SketchStore, texts: [UInt32], workers: Workers
    ) -> (index: BucketIndex, items: [UInt32]) {
        var numbers = [UInt32](repeating: .max, count: sketches.count)
        for (number, document) in texts.enumerated() { numbers[Int(document)] = UInt32(number) }
        let bands = PerWorker<Buckets>(count: sketches.banding.bands) { Buckets() }
        workers.forEach(sketches.banding.bands) { [numbers] band, _ in
            bands[band] = sketches.buckets(band: band, numbers: numbers)
        }
        var buckets = Buckets()
        buckets.reserve(
            items: (0..<sketches.banding.bands).reduce(0) { $0 + bands[$1].items.count },
            groups: (0..<sketches.banding.bands).reduce(0) { $0 + bands[$1].count })
        for band in 0..<sketches.banding.bands {
            buckets.append(bands[band])
            bands[band] = Buckets()
        }
        var isShared = [Bool](repeating: false, count: texts.count)
        for text in buckets.items { isShared[Int(text)] = true }
        var items: [UInt32] = []
        for (text, document) in texts.enumerated() where isShared[text] {
            numbers[text] = UInt32(items.count)
            items.append(document)
        }
        buckets.rename { numbers[Int($0)] }
        return (BucketIndex(buckets, itemCount: items.count), items)
    }
}
