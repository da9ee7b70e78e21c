public import Corpus
public import Shingle

/// What is kept of every document, in input order: about 60 bytes and its id.
public final class Documents: Sendable {
    public let identifiers: Identifiers
    public let locations: [RecordLocation]
    public let fingerprints: [Fingerprint]
    /// Seconds since 1970, `undated` where unknown.
    public let dates: [Int64]
    /// Tokens of the text.
    public let lengths: [UInt32]
    /// Numbers of names in `sourceNames` and `languageNames`; 0 is the empty name.
    public let sources: [UInt32]
    public let languages: [UInt32]
    public let sourceNames: Names
    public let languageNames: Names

    public static let undated = Int64.max

    public var count: Int { locations.count }
    public var indices: Range<Int> { 0..<count }

    public func source(of document: Int) -> String { sourceNames[sources[document]] }
    public func date(of document: Int) -> Int64? { dates[document] == Self.undated ? nil : dates[document] }

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
}

/// `Documents` while they are being read.
struct DocumentColumns {
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

    mutating func append(_ other: DocumentColumns) {
        locations += other.locations
        fingerprints += other.fingerprints
        dates += other.dates
        lengths += other.lengths
        let sourceNumbers = other.sourceNames.all.map { sourceNames.number(of: $0) }
        sources += other.sources.map { sourceNumbers[Int($0)] }
        let languageNumbers = other.languageNames.all.map { languageNames.number(of: $0) }
        languages += other.languages.map { languageNumbers[Int($0)] }
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
