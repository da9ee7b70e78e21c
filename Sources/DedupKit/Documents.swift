public import Columns
import Dates
public import Inputs
public import Records
public import Shingle

/// What is kept of every document, in input order: about 60 bytes and its id, in memory or in temporary files.
public final class Documents: Sendable {
    public let identifiers: Identifiers
    /// In ascending order.
    public let locations: Column<RecordLocation>
    public let fingerprints: Column<Fingerprint>
    /// Seconds since 1970, `undated` where unknown.
    public let dates: Column<Int64>
    /// Tokens of the text.
    public let lengths: Column<UInt32>
    /// Numbers of names in `sourceNames` and `languageNames`; 0 is the empty name.
    public let sources: Column<UInt32>
    public let languages: Column<UInt32>
    public let sourceNames: Names
    public let languageNames: Names

    public static let undated = Int64.max

    public var count: Int { locations.count }
    public var indices: Range<Int> { 0..<count }
    /// Whether they lie in temporary files.
    public var isSpilled: Bool { fingerprints.inMemory == nil }

    public func source(of document: Int) -> String { sourceNames[sources[document]] }
    public func date(of document: Int) -> Int64? {
        let date = dates[document]
        return date == Self.undated ? nil : date
    }

    init(_ columns: DocumentColumns, identifiers: Identifiers) {
        self.identifiers = identifiers
        locations = columns.locations
        fingerprints = columns.fingerprints
        dates = columns.dates
        lengths = columns.lengths
        sources = columns.sources
        languages = columns.languages
        sourceNames = columns.sourceNames
        languageNames = columns.languageNames
    }

    /// With as much in memory as there is room for, what is asked for at random first.
    func loaded(within room: Int) -> Documents {
        var room = room
        func fits(_ bytes: Int) -> Bool {
            defer { room -= bytes }
            return bytes <= room
        }
        var identifiers = identifiers
        var columns = DocumentColumns(self)
        if fits(identifiers.spilledBytes) { identifiers.load() }
        if fits(columns.dates.spilledBytes) { columns.dates.load() }
        if fits(columns.sources.spilledBytes) { columns.sources.load() }
        if fits(columns.locations.spilledBytes) { columns.locations.load() }
        return Documents(columns, identifiers: identifiers)
    }
}

/// `Documents` while they are being read.
struct DocumentColumns: Sendable {
    var locations = Column<RecordLocation>()
    var fingerprints = Column<Fingerprint>()
    var dates = Column<Int64>()
    var lengths = Column<UInt32>()
    var sources = Column<UInt32>()
    var languages = Column<UInt32>()
    var sourceNames = Names()
    var languageNames = Names()

    init() {}

    init(_ documents: Documents) {
        locations = documents.locations
        fingerprints = documents.fingerprints
        dates = documents.dates
        lengths = documents.lengths
        sources = documents.sources
        languages = documents.languages
        sourceNames = documents.sourceNames
        languageNames = documents.languageNames
    }

    var count: Int { locations.count }

    mutating func append(_ chunk: ChunkColumns) {
        locations.append(contentsOf: chunk.locations)
        fingerprints.append(contentsOf: chunk.fingerprints)
        dates.append(contentsOf: chunk.dates)
        lengths.append(contentsOf: chunk.lengths)
        let sourceNumbers = chunk.sourceNames.all.map { sourceNames.number(of: $0) }
        sources.append(contentsOf: chunk.sources.map { sourceNumbers[Int($0)] })
        let languageNumbers = chunk.languageNames.all.map { languageNames.number(of: $0) }
        languages.append(contentsOf: chunk.languages.map { languageNumbers[Int($0)] })
    }

    mutating func spill(to folder: SpillFolder) {
        locations.spill(to: folder)
        fingerprints.spill(to: folder)
        dates.spill(to: folder)
        lengths.spill(to: folder)
        sources.spill(to: folder)
        languages.spill(to: folder)
    }
}

/// The columns of one chunk's documents.
struct ChunkColumns: Sendable {
    var locations: [RecordLocation] = []
    var fingerprints: [Fingerprint] = []
    var dates: [Int64] = []
    var lengths: [UInt32] = []
    var sources: [UInt32] = []
    var languages: [UInt32] = []
    var sourceNames = Names()
    var languageNames = Names()

    mutating func reserve(_ count: Int) {
        locations.reserveCapacity(count)
        fingerprints.reserveCapacity(count)
        dates.reserveCapacity(count)
        lengths.reserveCapacity(count)
        sources.reserveCapacity(count)
        languages.reserveCapacity(count)
    }

    mutating func append(_ record: Record, _ fingerprint: Fingerprint, length: Int) {
        locations.append(record.location)
        fingerprints.append(fingerprint)
        dates.append(record.date.flatMap(Timestamp.parse) ?? Documents.undated)
        lengths.append(UInt32(length))
        sources.append(sourceNames.number(of: record.source))
        languages.append(languageNames.number(of: record.language))
    }
}

/// Distinct strings, numbered in the order of their first appearance after the empty one.
public struct Names: Sendable {
    private var strings = [""]
    private var numbers: [String: UInt32] = ["": 0]
    private var recent: [UInt64: UInt32] = [:]

    public subscript(number: UInt32) -> String { strings[Int(number)] }
    public var all: [String] { strings }

    mutating func number(of name: String) -> UInt32 {
        if let number = numbers[name] { return number }
        let number = UInt32(strings.count)
        numbers[name] = number
        strings.append(name)
        return number
    }

    mutating func number(of name: UnsafeBufferPointer<UInt8>?) -> UInt32 {
        guard let name, !name.isEmpty else { return 0 }
        // A dump has few names: to compare bytes costs less than to make a string for each record.
        let hash = byteHash(name)
        if let number = recent[hash], strings[Int(number)].utf8.elementsEqual(name) { return number }
        let number = number(of: String(decoding: name, as: UTF8.self))
        recent[hash] = number
        return number
    }
}
