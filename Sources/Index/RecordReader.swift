import Dates
import Records
import Shingle
import Stages

/// One worker's way to records as they are kept.
final class RecordReader {
    private let documents: Documents
    private let texts: TextReader
    private let definition: IndexDefinition
    private var shingler: Shingler

    init(_ documents: Documents, _ definition: IndexDefinition) {
        (self.documents, self.definition, texts) = (documents, definition, documents.reader())
        shingler = Shingler(width: definition.definition.shingleWidth)
    }

    /// Adds a record as it is kept.
    func append(_ document: DocumentNumber, to bytes: inout [UInt8]) throws(Problem) {
        let key = documents.dates[document.index]
        try texts.withRecord(of: document) { record in
            let date = unsafe record.date.flatMap { unsafe Self.date($0, as: key) }
            if definition.keepsTexts {
                StoredRecord.append(record, date: date, to: &bytes)
            } else {
                StoredTrace.append(record, date: date, shingles: shingles(of: record, document), to: &bytes)
            }
        }
    }

    /// Those that are kept in the place of a text.
    private func shingles(of record: Record, _ document: DocumentNumber) -> [UInt64] {
        guard let width = definition.keptWidth, documents.lengths[document.index] >= width else { return [] }
        unsafe shingler.read(padded: record.text)
        return shingler.shingleSet().hashes
    }

    /// What a date that can be read both ways was taken for, so that it is read that way for good.
    private static func date(_ bytes: UnsafeBufferPointer<UInt8>, as key: Int64) -> [UInt8]? {
        guard key != Documents.undated, let date = unsafe Timestamp.parse(bytes), date.isAmbiguous else { return nil }
        let seconds = RecordDate(key: key).seconds, second = Int((seconds % 86_400 + 86_400) % 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = "T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
        return Array((CivilDate(secondsSince1970: seconds).description + time).utf8)
    }
}
