import Corpus
import MinHash
import Overlap
import Shingle
import Synchronization
import Workers

/// Reads candidates again and compares their shingle sets exactly: no set is held longer than its pair needs it.
final class Verification: Sendable {
    private let workers: Workers
    private let scratch: PerWorker<PairReader>
    private let locations: [RecordLocation]
    private let progress: Progress?
    private let unreadable = Mutex<[Problem]>([])

    /// - Parameter locations: of each item.
    init(_ inputs: InputSet, locations: [RecordLocation], _ parameters: Parameters, progress: Progress?) {
        self.progress = progress
        workers = Workers(count: parameters.threads)
        self.locations = locations
        scratch = PerWorker(count: workers.count) { PairReader(inputs, width: parameters.shingleWidth) }
    }

    /// Inputs that could be read in the first pass and not again.
    var problems: [Problem] { unreadable.withLock { $0 } }

    /// The overlap of each pair, in their order.
    ///
    /// They are worked on in the order in which their first items were read: that item's set is made once, and half
    /// of the reading is sequential.
    func overlaps(of pairs: [CandidatePair]) -> [SetOverlap] {
        let taskSize = 64
        let order = pairs.indices.sorted { locations[Int(pairs[$0].a)] < locations[Int(pairs[$1].a)] }
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
        do throws(Problem) {
            return try reader.overlap(
                (pair.a, locations[Int(pair.a)]), (pair.b, locations[Int(pair.b)]))
        } catch {
            unreadable.withLock { $0.append(error) }
            return SetOverlap(common: 0, a: 0, b: 0)
        }
    }
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

    func overlap(
        _ a: (item: UInt32, location: RecordLocation), _ b: (item: UInt32, location: RecordLocation)
    ) throws(Problem) -> SetOverlap {
        if heldItem != a.item {
            heldItem = nil
            let shingles = try shingles(at: a.location)
            held.removeAll(keepingCapacity: true)
            held.append(contentsOf: shingles)
            heldItem = a.item
        }
        let other = try shingles(at: b.location)
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
