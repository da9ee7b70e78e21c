import Inputs
import MinHash
import Overlap
public import Records
import Shingle
import Workers

/// Reads candidates again and compares their shingle sets exactly: no set is held longer than its pair needs it.
final class Verification: Sendable {
    private let workers: Workers
    private let scratch: PerWorker<PairReader>
    private let documents: Documents
    private let items: [UInt32]
    private let progress: Progress?
    private let lost: LostTexts

    /// - Parameter items: of each item, its document.
    init(
        _ inputs: InputSet, _ documents: Documents, items: [UInt32], _ parameters: Parameters, progress: Progress?,
        lost: LostTexts = LostTexts()
    ) {
        self.lost = lost
        self.progress = progress
        self.documents = documents
        self.items = items
        workers = Workers(count: parameters.threads)
        scratch = PerWorker(count: workers.count) { PairReader(inputs, width: parameters.shingleWidth) }
    }

    /// Inputs that could be read in the first pass and not again.
    var problems: [Problem] { lost.problems }

    /// The overlap of each pair, in their order.
    ///
    /// They are worked on in the order in which their first items were read: that item's set is made once, and half
    /// of the reading is sequential.
    func overlaps(of pairs: [CandidatePair]) -> [SetOverlap] {
        let taskSize = 64
        let order = pairs.indices.sorted { items[Int(pairs[$0].a)] < items[Int(pairs[$1].a)] }
        let tasks = (pairs.count + taskSize - 1) / taskSize
        let done = ProgressCounter(progress, .comparing, total: tasks)
        return Array(unsafeUninitializedCapacity: pairs.count) { results, count in
            nonisolated(unsafe) let results = results
            workers.forEach(tasks) { task, worker in
                for at in order[task * taskSize..<min(pairs.count, (task + 1) * taskSize)] {
                    results.initializeElement(at: at, to: overlap(of: pairs[at], scratch[worker]))
                }
                done.advance()
            }
            count = pairs.count
        }
    }

    private func overlap(of pair: CandidatePair, _ reader: PairReader) -> SetOverlap {
        let nothing = SetOverlap(common: 0, a: 0, b: 0)
        guard !lost.contains(pair.a), !lost.contains(pair.b) else { return nothing }
        let held = lost.attempt(pair.a) { () throws(Problem) in
            try reader.hold(pair.a) { location(of: pair.a) }
        }
        guard held != nil else { return nothing }
        return lost.attempt(pair.b) { () throws(Problem) in
            try reader.overlap(withTextAt: location(of: pair.b))
        } ?? nothing
    }

    private func location(of item: UInt32) -> RecordLocation { documents.locations[Int(items[Int(item)])] }
}

/// One worker's memory of the texts that it compares.
final class PairReader {
    private let inputs: InputSet
    private let reader: RecordReader
    private let shingler: Shingler
    private let counter = OverlapCounter()
    private var held: [UInt64] = []
    private var heldItem: UInt32?

    init(_ inputs: InputSet, width: Int) {
        self.inputs = inputs
        reader = RecordReader(fields: inputs.fields)
        shingler = Shingler(width: width)
    }

    /// Makes an item the first of the pairs to come.
    func hold(_ item: UInt32, at location: () -> RecordLocation) throws(Problem) {
        guard heldItem != item else { return }
        heldItem = nil
        let shingles = try shingles(at: location())
        held.removeAll(keepingCapacity: true)
        held.append(contentsOf: shingles)
        heldItem = item
    }

    /// Of the item that is held and another text.
    func overlap(withTextAt location: RecordLocation) throws(Problem) -> SetOverlap {
        let other = try shingles(at: location)
        return held.withUnsafeBufferPointer { counter.overlap($0, other) }
    }

    /// Valid until the next call.
    private func shingles(at location: RecordLocation) throws(Problem) -> UnsafeBufferPointer<UInt64> {
        try inputs.withRecord(at: location, using: reader) { record in
            shingler.read(record.text)
            return UnsafeBufferPointer(shingler.shingles())
        }
    }
}
