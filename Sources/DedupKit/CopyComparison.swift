import Containment
import Inputs
import MinHash
import Overlap
public import Records
import Workers

/// Reads texts again, two at a time, and aligns them.
final class CopyComparison: Sendable {
    private let documents: Documents
    private let items: [UInt32]
    private let workers: Workers
    private let readers: PerWorker<CopyReader>
    private let lost: LostTexts

    /// - Parameter items: the documents that are compared, by their numbers in pairs.
    init(
        _ inputs: InputSet, _ documents: Documents, items: [UInt32], recurring: RecurringKeys, workers: Workers,
        lost: LostTexts = LostTexts()
    ) {
        self.lost = lost
        self.documents = documents
        self.items = items
        self.workers = workers
        readers = PerWorker(count: workers.count) { CopyReader(inputs, recurring) }
    }

    /// Texts that could be read in the first pass and not again.
    var problems: [Problem] { lost.problems }

    /// The overlap of each pair of items, in their order; nil where one could not be read again.
    ///
    /// They are worked on by their first items, which are read and indexed once for all of their pairs.
    func overlaps(of pairs: [CandidatePair]) -> [CopyOverlap?] {
        let order = pairs.indices.sorted { (pairs[$0].a, pairs[$0].b) < (pairs[$1].a, pairs[$1].b) }
        let results = PerWorker<CopyOverlap?>(count: pairs.count) { nil }
        let taskSize = 16
        workers.forEach((pairs.count + taskSize - 1) / taskSize) { task, worker in
            for at in order[task * taskSize..<min(pairs.count, (task + 1) * taskSize)] {
                results[at] = overlap(of: pairs[at], readers[worker])
            }
        }
        return pairs.indices.map { results[$0] }
    }

    private func overlap(of pair: CandidatePair, _ reader: CopyReader) -> CopyOverlap? {
        let (a, b) = (items[Int(pair.a)], items[Int(pair.b)])
        guard !lost.contains(a), !lost.contains(b) else { return nil }
        let held = lost.attempt(a) { () throws(Problem) in try reader.hold(a, at: documents.locations[Int(a)]) }
        guard held != nil else { return nil }
        return lost.attempt(b) { () throws(Problem) in
            try reader.overlap(withTextAt: documents.locations[Int(b)])
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

    /// Indexes the text that others are to be aligned with.
    func hold(_ document: UInt32, at location: RecordLocation) throws(Problem) {
        guard heldDocument != document else { return }
        heldDocument = nil
        try inputs.withRecord(at: location, using: reader) { held.read($0.text, recurring: recurring) }
        aligner.hold()
        heldDocument = document
    }

    /// Of the text that is held and another.
    func overlap(withTextAt location: RecordLocation) throws(Problem) -> CopyOverlap {
        try inputs.withRecord(at: location, using: reader) { other.read($0.text, recurring: recurring) }
        return aligner.overlap(with: other)
    }
}
