import Facts
import Records
import Stages
import Workers

/// What the titles of events tell, read again; of a story without one its first line.
struct EventTitles: Sendable {
    private let documents: Documents
    private let workers: Workers
    private let lost: LostTexts

    /// - Parameter lost: is told of texts that could be read before and not again.
    init(_ documents: Documents, workers: Workers, lost: LostTexts) {
        (self.documents, self.workers, self.lost) = (documents, workers, lost)
    }

    /// Of each event whether all its voices name one outlet and have titles of a series.
    ///
    /// - Parameter events: the voices of each.
    func areOfSeries(_ events: [[DocumentNumber]]) -> [Bool] {
        workers.map(events.count, scratch: { documents.reader() }) { reader, event in
            let sources = Set(events[event].map { documents.sources[$0.index] })
            guard sources.count == 1, !sources.contains(0) else { return false }
            let titles = events[event].compactMap { voice in
                lost.attempt(voice) { () throws(Problem) in try title(of: voice, reader) }
            }
            return SeriesTitle.areOfOne(titles)
        }
    }

    private func title(of document: DocumentNumber, _ reader: TextReader) throws(Problem) -> SeriesTitle {
        let bytes = try reader.withRecord(of: document) { unsafe Array($0.title ?? Self.heading($0.text)) }
        return SeriesTitle(bytes, day: documents.day(of: document).map { $0 / 86_400 })
    }

    /// The first of several lines, if it is no paragraph.
    private static func heading(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let end = unsafe text.prefix(longestHeading).firstIndex(of: UInt8(ascii: "\n")) ?? 0
        return unsafe UnsafeBufferPointer(rebasing: text[..<end])
    }
    private static let longestHeading = 100
}
