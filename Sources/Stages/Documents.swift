public import Columns
import Dates
public import Records
public import Shingle
public import Tables

/// Documents and how to read one again. Of each about 60 bytes and its id are kept, in memory or in temporary files, in
/// the order of the source.
public struct Documents: Sendable {
    /// Where their texts are.
    public internal(set) var source: any DocumentSource
    public internal(set) var identifiers = Identifiers()
    public internal(set) var locations = Column<RecordLocation>()
    public internal(set) var fingerprints = Column<Fingerprint>()
    /// `RecordDate.key`, `undated` where unknown.
    public internal(set) var dates = Column<Int64>()
    /// Tokens of the text.
    public internal(set) var lengths = Column<UInt32>()
    /// Where each comes in the total order of all, the smaller the earlier; empty if they stand in that order.
    public internal(set) var ordinals = Column<UInt32>()
    /// Numbers of names in `sourceNames` and `languageNames`; 0 is the empty name.
    public internal(set) var sources = Column<UInt32>()
    public internal(set) var languages = Column<UInt32>()
    public internal(set) var sourceNames = Names()
    public internal(set) var languageNames = Names()

    /// By file, what its dates say of how they are to be read.
    public internal(set) var dateNotes: [UInt32: DateNotes] = [:]

    /// Those of an archive that the others are held against: so many, the first.
    public internal(set) var knownCount = 0

    public static let undated = Int64.max

    /// None of a source yet.
    init(of source: any DocumentSource) { self.source = source }

    public var count: Int { locations.count }
    public var indices: Range<Int> { 0..<count }
    /// All of them, in their order.
    public var numbers: some RandomAccessCollection<DocumentNumber> { indices.lazy.map { DocumentNumber($0) } }
    /// Whether they lie in temporary files.
    public var isSpilled: Bool { fingerprints.inMemory == nil }

    public func isKnown(_ document: DocumentNumber) -> Bool { document.index < knownCount }
    /// Those that are not known.
    public var newNumbers: some RandomAccessCollection<DocumentNumber> { numbers.dropFirst(knownCount) }

    public func source(of document: DocumentNumber) -> String { sourceNames[sources[document.index]] }
    public func language(of document: DocumentNumber) -> String { languageNames[languages[document.index]] }
    public func date(of document: DocumentNumber) -> Int64? {
        recordDate(of: document)?.shown
    }

    /// Nil where only a year or month is known.
    public func day(of document: DocumentNumber) -> Int64? {
        recordDate(of: document).flatMap { $0.isCoarse ? nil : $0.seconds }
    }

    private func recordDate(of document: DocumentNumber) -> RecordDate? {
        let key = dates[document.index]
        return key == Self.undated ? nil : RecordDate(key: key)
    }

    /// One worker's way to the texts.
    public func reader() -> TextReader { TextReader(self) }

    mutating func append(_ chunk: ChunkColumns) {
        locations.append(contentsOf: chunk.locations)
        fingerprints.append(contentsOf: chunk.fingerprints)
        dates.append(contentsOf: chunk.dates)
        if let file = chunk.locations.first?.file, !chunk.dateNotes.isEmpty {
            dateNotes[file, default: DateNotes()].add(chunk.dateNotes)
        }
        lengths.append(contentsOf: chunk.lengths)
        ordinals.append(contentsOf: chunk.ordinals)
        let sourceNumbers = chunk.sourceNames.all.map { sourceNames.number(of: $0) }
        sources.append(contentsOf: chunk.sources.map { sourceNumbers[Int($0)] })
        let languageNumbers = chunk.languageNames.all.map { languageNames.number(of: $0) }
        languages.append(contentsOf: chunk.languages.map { languageNumbers[Int($0)] })
    }

    /// To be asked once all are there.
    mutating func findKnown() { knownCount = indices.partitioningIndex { !source.isKnown(locations[$0]) } }

    mutating func spill(to folder: SpillFolder) {
        locations.spill(to: folder)
        fingerprints.spill(to: folder)
        dates.spill(to: folder)
        lengths.spill(to: folder)
        ordinals.spill(to: folder)
        sources.spill(to: folder)
        languages.spill(to: folder)
    }

    /// Brings back to memory as much as there is room for, what is asked for at random first.
    package mutating func load(within room: Int) {
        var room = room
        func fits(_ bytes: Int) -> Bool {
            defer { room -= bytes }
            return bytes <= room
        }
        if fits(identifiers.spilledBytes) { identifiers.load() }
        if fits(dates.spilledBytes) { dates.load() }
        if fits(sources.spilledBytes) { sources.load() }
        if fits(locations.spilledBytes) { locations.load() }
    }
}

/// Reads documents again, in memory that is used for one after the other: one for each worker.
public final class TextReader {
    @usableFromInline let locations: Column<RecordLocation>
    @usableFromInline let reader: any DocumentReader

    fileprivate init(_ documents: Documents) {
        locations = documents.locations
        reader = documents.source.reader()
    }

    /// Lends a document's record to `body`; its `line` is not known and 0.
    @inlinable
    public func withRecord<R>(of document: DocumentNumber, _ body: (Record) -> R) throws(Problem) -> R {
        try reader.withRecord(at: locations[document.index], body)
    }
}
