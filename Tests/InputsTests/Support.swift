import Records
import TestSupport

@testable import Inputs

/// A record that outlives the callback.
struct Document: Equatable {
    var line: Int
    var text: String
    var id, title, date, source, language: String?
    var location: RecordLocation

    init(_ record: Record, linesBefore: Int) {
        line = record.line == 0 ? 0 : record.line + linesBefore
        text = string(record.text)
        id = record.id.map(string)
        title = record.title.map(string)
        date = record.date.map(string)
        source = record.source.map(string)
        language = record.language.map(string)
        location = record.location
    }
}

extension Problem {
    var message: String { "\(fault)" }
}

func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// All that a set of inputs gives.
struct Everything {
    var documents: [Document] = []
    var problems: [Problem] = []
    var report = ChunkReport()
    var identifiers: Identifiers

    init(_ inputs: InputSet, blockSize: Int = 1 << 18, lineLimit: Int = 1 << 30) {
        let reader = InputReader(inputs, lines: LineBuffer(blockSize: blockSize, lineLimit: lineLimit))
        var found: [[Document]] = []
        var ids: [ChunkIdentifiers] = []
        var reports: [ChunkReport] = []
        for chunk in 0..<inputs.chunkCount {
            var documents: [Document] = []
            var chunkIDs = ChunkIdentifiers()
            reports.append(
                reader.forEachRecord(inChunk: chunk) { record in
                    documents.append(Document(record, linesBefore: 0))
                    chunkIDs.append(record)
                })
            found.append(documents)
            ids.append(chunkIDs)
        }
        let linesBefore = reports.linesBefore
        for (chunk, chunkReport) in reports.enumerated() {
            documents += found[chunk].map { document in
                var document = document
                if document.line > 0 { document.line += linesBefore[chunk] }
                return document
            }
            problems += chunkReport.problems(linesBefore: linesBefore[chunk])
            report.lines += chunkReport.lines
            report.records += chunkReport.records
            report.repaired += chunkReport.repaired
            report.withoutText += chunkReport.withoutText
            report.unreadable += chunkReport.unreadable
        }
        var builder = IdentifierBuilder(inputs)
        for (ids, report) in zip(ids, reports) { builder.append(ids, report) }
        identifiers = builder.makeUnique()
    }

    var texts: [String] { documents.map(\.text) }
    var ids: [String] { (0..<identifiers.count).map { identifiers[DocumentNumber($0)] } }
}

/// Reads the bytes as one file, JSON Lines unless its name says something else.
func read(
    _ bytes: some Sequence<UInt8>, name: String = "news.jsonl", fields: Fields = .standard, chunkSize: Int = 1 << 20,
    blockSize: Int = 1 << 18, lineLimit: Int = 1 << 30, formats: Formats = .standard
) throws -> Everything {
    let scratch = TemporaryFolder()
    let path = scratch.write(name, bytes)
    let inputs = try InputSet(paths: [path], fields: fields, formats: formats, chunkSize: chunkSize)
    return Everything(inputs, blockSize: blockSize, lineLimit: lineLimit)
}

func read(_ text: String, fields: Fields = .standard) throws -> Everything { try read(text.utf8, fields: fields) }
