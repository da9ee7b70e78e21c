import Cluster
import Corpus
import MinHash
import Overlap
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
        _ parameters: Parameters, _ stages: StageTimes, progress: Progress?
    ) {
        let items = exact.items
        let index = stages.measure(.bands) { Self.index(sketches, items: items, parameters) }
        let least = ByteSignature.leastAgreement(threshold: parameters.threshold)
        let plausible: Plausible = { pair in
            let a = sketches.bytes(of: Int(items[Int(pair.a)])), b = sketches.bytes(of: Int(items[Int(pair.b)]))
            return ByteSignature.agreement(a, b) >= least
        }
        let verification = Verification(
            inputs, locations: items.map { documents.locations[Int($0)] }, parameters, progress: progress)
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

    private static func index(_ sketches: SketchStore, items: [UInt32], _ parameters: Parameters) -> BucketIndex {
        var numbers = [UInt32](repeating: .max, count: sketches.count)
        for (number, document) in items.enumerated() { numbers[Int(document)] = UInt32(number) }
        let bands = PerWorker<Buckets>(count: sketches.banding.bands) { Buckets() }
        Workers(count: parameters.threads).forEach(sketches.banding.bands) { [numbers] band, _ in
            bands[band] = sketches.buckets(band: band, numbers: numbers)
        }
        var buckets = Buckets()
        for band in 0..<sketches.banding.bands {
            buckets.append(bands[band])
            bands[band] = Buckets()
        }
        return BucketIndex(buckets, itemCount: items.count)
    }
}
