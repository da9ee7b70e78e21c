import Columns
import Records

/// What outlives the callback of a record.
struct Found: Equatable {
    var document: Document
    /// From the start of the source; 0 where it is not known.
    var line: Int

    init(_ record: Record, linesBefore: Int = 0) {
        document = Document(
            text: string(record.text), id: record.id.map(string), title: record.title.map(string),
            date: record.date.map(string), source: record.source.map(string), language: record.language.map(string))
        line = record.line == 0 ? 0 : record.line + linesBefore
    }
}

func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// All that a source gives, read by one worker.
struct Everything {
    let found: [Found]
    let locations: [RecordLocation]
    var chunkCount = 0
    let identifiers: Identifiers

    /// - Parameter spill: after which chunk ids move to temporary files.
    init(_ source: some DocumentSource, spill: Int? = nil) {
        let reader = source.reader()
        var builder = IdentifierBuilder(source)
        var found: [Found] = [], locations: [RecordLocation] = []
        var lines = 0
        while source.hasChunk(chunkCount) {
            var ids = ChunkIdentifiers()
            let report = reader.forEachRecord(inChunk: chunkCount) { record in
                found.append(Found(record, linesBefore: lines))
                locations.append(record.location)
                ids.append(record)
            }
            builder.append(ids, report)
            if chunkCount == spill { builder.spill(to: SpillFolder()) }
            lines += report.lines
            chunkCount += 1
        }
        (self.found, self.locations) = (found, locations)
        identifiers = builder.makeUnique()
    }

    var ids: [String] { (0..<identifiers.count).map { identifiers[DocumentNumber($0)] } }
}
