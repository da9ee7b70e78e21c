public import Background
import Event
import Facts
import Inputs
public import Records
import Workers

/// What the reports of events have in common, from their texts, read again.
struct EventFacts: Sendable {
    private let inputs: InputSet
    private let documents: Documents
    private let workers: Workers
    private let readers: PerWorker<RecordReader>
    private let lost = LostTexts()

    /// Bytes of a report that are looked at: news tells first what matters.
    private static let longest = 8192

    init(_ inputs: InputSet, _ documents: Documents, workers: Workers) {
        (self.inputs, self.documents, self.workers) = (inputs, documents, workers)
        readers = PerWorker(count: workers.count) { RecordReader(fields: inputs.fields) }
    }

    /// Texts that could be read before and not again.
    var problems: [Problem] { lost.problems }

    /// - Parameter events: the voices of each, the most typical first.
    func facts(of events: [[UInt32]]) -> [[SharedFact]] {
        let facts = PerWorker<[SharedFact]>(count: events.count) { [] }
        workers.forEach(events.count) { event, worker in
            let texts = events[event].compactMap { voice in
                lost.attempt(voice) { () throws(Problem) in try text(of: Int(voice), readers[worker]) }
            }
            if let first = texts.first { facts[event] = SharedFact.of(first, and: Array(texts.dropFirst())) }
        }
        return events.indices.map { facts[$0] }
    }

    private func text(of document: Int, _ reader: RecordReader) throws(Problem) -> FactText {
        let bytes = try inputs.withRecord(at: documents.locations[document], using: reader) { record in
            var bytes = record.title.map { $0 + [UInt8(ascii: "\n")] } ?? []
            bytes += record.text.prefix(Self.longest)
            return bytes
        }
        let language = Language(documents.languageNames[documents.languages[document]])
        return FactText(bytes, declared: language, background: .standard)
    }
}
