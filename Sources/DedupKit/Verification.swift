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
    private let unreadable = Mutex<[Problem]>([])

    /// - Parameter locations: of each item.
    init(_ inputs: InputSet, locations: [RecordLocation], _ parameters: Parameters) {
        workers = Workers(count: parameters.threads)
        self.locations = locations
        scratch = PerWorker(count: workers.count) { PairReader(inputs, width: parameters.shingleWidth) }
    }

    /// Inputs that could be read in the first pass and not again.
    var problems: [Problem] { unreadable.withLock { $0 } }

    /// The overlap of each pair, in their order.
    ///
    /// Pairs with the same first item should stand together: its set is made once for up to `taskSize` of them.
    func overlaps(of pairs: [CandidatePair]) -> [SetOverlap] {
        let taskSize = 64
        return Array(unsafeUninitializedCapacity: pairs.count) { results, count in
            nonisolated(unsafe) let results = results
            workers.forEach((pairs.count + taskSize - 1) / taskSize) { task, worker in
                for at in task * taskSize..<min(pairs.count, (task + 1) * taskSize) {
                    results.initializeElement(at: at, to: overlap(of: pairs[at], scratch[worker]))
                }
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

/// One worker's memory of the sets that it compares.
final class PairReader {
    private let inputs: InputSet
    private let reader: RecordReader
    private let shingler: Shingler
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
            let set = try set(at: a.location)
            held.removeAll(keepingCapacity: true)
            held.append(contentsOf: set)
            heldItem = a.item
        }
        let other = try set(at: b.location)
        return held.withUnsafeBufferPointer { SetOverlap($0, other) }
    }

    /// Valid until the next call.
    private func set(at location: RecordLocation) throws(Problem) -> UnsafeBufferPointer<UInt64> {
        try inputs.withRecord(at: location, using: reader) { record in
            shingler.read(record.text)
            return shingler.sortedShingles()
        }
    }
}
