import Containment
import MinHash
import Overlap
import Records
import Tables
import Workers

/// Reads texts again, two at a time, and aligns them.
package struct CopyComparison: Sendable {
    private let documents: Documents
    private let recurring: RecurringKeys
    private let workers: Workers
    private let lost: LostTexts

    /// - Parameters:
    ///   - recurring: shingles that weigh nothing.
    package init(
        _ documents: Documents, recurring: RecurringKeys, _ workers: Workers,
        lost: LostTexts? = nil
    ) {
        (self.documents, self.recurring) = (documents, recurring)
        (self.workers, self.lost) = (workers, lost ?? LostTexts(isStopped: workers.isStopped))
    }

    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem] { lost.problems }

    /// The overlap of each pair of documents, in their order; nil where one could not be read again.
    ///
    /// They are worked on by their first items, which are read and indexed once for all of their pairs.
    package func overlaps(of pairs: [CandidatePair<OfDocument>]) -> [CopyOverlap?] {
        let order = pairs.indices.sorted { pairs[$0] < pairs[$1] }
        let tasks = Tasks(of: 16, in: pairs.count)
        let found = workers.map(tasks.count, scratch: { CopyReader(documents, recurring) }) { reader, task in
            tasks[task].map { at in
                let (a, b) = (pairs[order[at]].a, pairs[order[at]].b)
                return lost.attempt(a, b, hold: reader.hold, compare: reader.overlap)
            }
        }
        return tasks.scattered(found, to: order)
    }
}

/// One worker's pair of texts.
private final class CopyReader {
    private let texts: TextReader
    private let recurring: RecurringKeys
    private let held = CopyText()
    private let other = CopyText()
    private let aligner: PassageAligner
    private var heldDocument: DocumentNumber?

    init(_ documents: Documents, _ recurring: RecurringKeys) {
        self.recurring = recurring
        texts = documents.reader()
        aligner = PassageAligner(held)
    }

    /// Indexes the text that others are to be aligned with.
    func hold(_ document: DocumentNumber) throws(Problem) {
        guard heldDocument != document else { return }
        heldDocument = nil
        try texts.withRecord(of: document) { unsafe held.read($0.text, recurring: recurring) }
        aligner.hold()
        heldDocument = document
    }

    /// Of the text that is held and another.
    func overlap(with document: DocumentNumber) throws(Problem) -> CopyOverlap {
        try texts.withRecord(of: document) { unsafe other.read($0.text, recurring: recurring) }
        return aligner.overlap(with: other)
    }
}
