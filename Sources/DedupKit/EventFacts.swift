import Background
import Facts
import Records
import Stages
import Workers

/// What the reports of events have in common, from their texts, read again.
struct EventFacts: Sendable {
    private let documents: Documents
    private let workers: Workers
    private let lost: LostTexts

    /// Bytes of a report that are looked at: news tells first what matters.
    private static let longest = 8192

    /// - Parameter lost: is told of texts that could be read before and not again.
    init(_ documents: Documents, workers: Workers, lost: LostTexts) {
        (self.documents, self.workers, self.lost) = (documents, workers, lost)
    }

    /// - Parameter events: the voices of each, the most typical first.
    func facts(of events: [[DocumentNumber]]) -> [[SharedFact]] {
        workers.map(events.count, scratch: { documents.reader() }) { reader, event in
            let texts = events[event].compactMap { voice in
                lost.attempt(voice) { () throws(Problem) in try text(of: voice, reader) }
            }
            return texts.first.map { SharedFact.of($0, and: Array(texts.dropFirst())) } ?? []
        }
    }

    private func text(of document: DocumentNumber, _ reader: TextReader) throws(Problem) -> FactText {
        let bytes = try reader.withRecord(of: document) { record in
            var bytes = unsafe record.title.map { unsafe $0 + [UInt8(ascii: "\n")] } ?? []
            unsafe bytes += record.text.prefix(Self.longest)
            return bytes
        }
        return FactText(bytes, declared: Language(documents.language(of: document)), background: .standard)
    }
}
