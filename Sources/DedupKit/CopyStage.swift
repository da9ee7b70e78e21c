import Cluster
import Corpus
import MinHash
import Overlap
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
    var boilerplate: [Boilerplate] = []
    var problems: [Problem] = []

    init(
        _ inputs: InputSet, _ documents: Documents, _ samples: SampleStore, near: [UInt32], items: [UInt32],
        _ parameters: Parameters
    ) {
        let items = items.filter { near[Int($0)] == $0 }
        let workers = Workers(count: parameters.threads)
        let shared = SharedShingles(samples, items: items, sources: documents.sources, limits: parameters.copy) {
            count, body in workers.forEach(count) { item, _ in body(item) }
        }
        let comparison = CopyComparison(
            inputs, documents, recurring: shared.recurring, workers: workers)
        let found = comparison.links(among: items, shared)
        let clustering = CopyClustering(found, count: items.count) { pairs in
            comparison.overlaps(of: pairs.map { CandidatePair(items[Int($0.a)], items[Int($0.b)]) })
                .map { $0?.hasPassage ?? false }
        }
        labels = near
        for (item, representative) in clustering.representatives.enumerated() {
            labels[Int(items[item])] = items[Int(representative)]
        }
        for document in documents.indices { labels[document] = labels[Int(near[document])] }
        links = clustering.links.map {
            CopyLink(a: items[Int($0.a)], b: items[Int($0.b)], partsOfA: $0.partsOfA, partsOfB: $0.partsOfB)
        }
        boilerplate = Boilerplate.list(inputs, documents, shared.recurring)
        problems = comparison.problems
    }
}

/// Reads texts again, two at a time, and aligns them.
final class CopyComparison: Sendable {
    private let documents: Documents
    private let workers: Workers
    private let readers: PerWorker<CopyReader>
    private let unreadable = Mutex<[Problem]>([])

    init(_ inputs: InputSet, _ documents: Documents, recurring: RecurringKeys, workers: Workers) {
        self.documents = documents
        self.workers = workers
        readers = PerWorker(count: workers.count) { CopyReader(inputs, recurring) }
    }

    /// Texts that could be read in the first pass and not again.
    var problems: [Problem] { unreadable.withLock { $0 } }

    /// The copies among some documents, by number in `items`, ascending.
    func links(among items: [UInt32], _ shared: SharedShingles) -> [CopyLink] {
        let counters = PerWorker(count: workers.count) { CandidateCounter(itemCount: items.count) }
        let found = PerWorker<[CopyLink]>(count: workers.count) { [] }
        workers.forEach(items.count) { item, worker in
            for pair in counters[worker].candidates(of: UInt32(item), in: shared) {
                let overlap = overlap(items[Int(pair.b)], items[Int(pair.a)], readers[worker])
                guard let overlap, overlap.isCopy else { continue }
                found[worker].append(
                    CopyLink(a: pair.a, b: pair.b, partsOfA: overlap.b.parts, partsOfB: overlap.a.parts))
            }
        }
        return (0..<workers.count).flatMap { found[$0] }.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// The overlap of each pair of documents; nil where one could not be read again. Pairs with the same `a` should
    /// stand together.
    func overlaps(of pairs: [CandidatePair]) -> [CopyOverlap?] {
        let results = PerWorker<CopyOverlap?>(count: pairs.count) { nil }
        let taskSize = 16
        workers.forEach((pairs.count + taskSize - 1) / taskSize) { task, worker in
            for at in task * taskSize..<min(pairs.count, (task + 1) * taskSize) {
                results[at] = overlap(pairs[at].a, pairs[at].b, readers[worker])
            }
        }
        return pairs.indices.map { results[$0] }
    }

    private func overlap(_ a: UInt32, _ b: UInt32, _ reader: CopyReader) -> CopyOverlap? {
        do throws(Problem) {
            return try reader.overlap((a, documents.locations[Int(a)]), (b, documents.locations[Int(b)]))
        } catch {
            unreadable.withLock { $0.append(error) }
            return nil
        }
    }
}

/// One worker's pair of texts.
final class CopyReader {
    private let inputs: InputSet
    private let recurring: RecurringKeys
    private let reader: RecordReader
    private let held = CopyText()
    private let other = CopyText()
    private let aligner: PassageAligner
    private var heldDocument: UInt32?

    init(_ inputs: InputSet, _ recurring: RecurringKeys) {
        self.inputs = inputs
        self.recurring = recurring
        reader = RecordReader(fields: inputs.fields)
        aligner = PassageAligner(held)
    }

    func overlap(
        _ a: (document: UInt32, location: RecordLocation), _ b: (document: UInt32, location: RecordLocation)
    ) throws(Problem) -> CopyOverlap {
        if heldDocument != a.document {
            heldDocument = nil
            try inputs.withRecord(at: a.location, using: reader) { held.read($0.text, recurring: recurring) }
            aligner.hold()
            heldDocument = a.document
        }
        try inputs.withRecord(at: b.location, using: reader) { other.read($0.text, recurring: recurring) }
        return aligner.overlap(with: other)
    }
}

/// `SharedShingles.Counter` where it can be kept.
private final class CandidateCounter {
    private var counter: SharedShingles.Counter

    init(itemCount: Int) { counter = SharedShingles.Counter(itemCount: itemCount) }

    func candidates(of item: UInt32, in shared: SharedShingles) -> [CandidatePair] {
        shared.candidates(of: item, &counter)
    }
}
