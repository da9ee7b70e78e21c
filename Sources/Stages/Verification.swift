import MinHash
import Records
import Shingle
import Tables
import Workers

/// Reads candidates again and compares their shingle sets exactly: no set is held longer than its pair needs it.
package struct Verification: Sendable {
    private let documents: Documents
    private let run: Run
    private let lost: LostTexts

    package init(_ documents: Documents, _ run: Run, lost: LostTexts? = nil) {
        (self.documents, self.run) = (documents, run)
        self.lost = lost ?? LostTexts(isStopped: run.workers.isStopped)
    }

    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem] { lost.problems }

    /// The overlap of each pair, in their order.
    ///
    /// They are worked on in the order in which their first items were read: that item's set is made once, and half
    /// of the reading is sequential.
    package func overlaps(of pairs: [CandidatePair<OfDocument>]) -> [SetOverlap] {
        let order = pairs.indices.sorted { pairs[$0].a < pairs[$1].a }
        let tasks = Tasks(of: 64, in: pairs.count)
        let done = ProgressCounter(run.options.progress, .comparing, total: tasks.count)
        let found = run.workers.map(
            tasks.count, scratch: { PairReader(documents, width: run.definition.shingleWidth) }
        ) { reader, task in
            defer { done.advance() }
            return tasks[task].map { overlap(of: pairs[order[$0]], reader) }
        }
        return tasks.scattered(found, to: order)
    }

    private func overlap(of pair: CandidatePair<OfDocument>, _ reader: PairReader) -> SetOverlap {
        let overlap = lost.attempt(pair.a, pair.b, hold: reader.hold, compare: reader.overlap)
        return overlap ?? SetOverlap(common: 0, a: 0, b: 0)
    }
}

/// One worker's memory of the texts that it compares.
private final class PairReader {
    private let texts: TextReader
    private var shingler: Shingler
    private var counter = OverlapCounter()
    private var held: [UInt64] = []
    private var heldDocument: DocumentNumber?

    init(_ documents: Documents, width: Int) {
        texts = documents.reader()
        shingler = Shingler(width: width)
    }

    /// Makes a document the first of the pairs to come.
    func hold(_ document: DocumentNumber) throws(Problem) {
        guard heldDocument != document else { return }
        heldDocument = nil
        held.removeAll(keepingCapacity: true)
        try texts.withRecord(of: document) { record in unsafe held.append(contentsOf: shingles(of: record)) }
        heldDocument = document
    }

    /// Of the document that is held and another.
    func overlap(with document: DocumentNumber) throws(Problem) -> SetOverlap {
        let held = held
        return try texts.withRecord(of: document) { record in
            let other = unsafe shingles(of: record)
            return unsafe counter.overlap(held.span, other.span)
        }
    }

    /// Made of its text, or those that are kept in its place; lent as the record is, until the next call.
    private func shingles(of record: Record) -> UnsafeBufferPointer<UInt64> {
        if let trace = record.trace { return unsafe trace.shingles }
        unsafe shingler.read(padded: record.text)
        return unsafe shingler.shingles()
    }
}
