/// A document in memory. An empty string is as good as none, but for the text.
public struct Document: Sendable, Hashable {
    public var text: String
    /// Nil: its place among the documents, counted from 0.
    public var id: String?
    public var title: String?
    /// As a record would have it: ISO 8601, or seconds since 1970.
    public var date: String?
    public var source: String?
    public var language: String?
    /// Where it comes in the total order of all documents, the smaller the earlier; nil where these stand in that order.
    /// All of a source have one or none.
    public var ordinal: UInt32?

    public init(
        text: String, id: String? = nil, title: String? = nil, date: String? = nil, source: String? = nil,
        language: String? = nil, ordinal: UInt32? = nil
    ) {
        (self.text, self.id, self.title) = (text, id, title)
        (self.date, self.source, self.language, self.ordinal) = (date, source, language, ordinal)
    }
}

/// Documents that are in memory: an array of them, in chunks of about a megabyte.
///
/// A record's location has the place of its document as `offset`.
public final class MemorySource: DocumentSource {
    public let documents: [Document]
    private let knownCount: Int
    /// The first document of each, and behind them their number.
    private let starts: [Int]

    /// O(documents).
    ///
    /// - Parameters:
    ///   - known: how many of them, the first, are an archive that the others are held against.
    ///   - chunkSize: bytes of text that make one piece of work.
    public init(documents: [Document], known: Int = 0, chunkSize: Int = 1 << 20) {
        precondition(chunkSize > 0)
        precondition((0...documents.count).contains(known), "no more are known than there are")
        precondition(Set(documents.map { $0.ordinal == nil }).count < 2, "all documents have an ordinal or none")
        self.documents = documents
        knownCount = known
        var starts: [Int] = [], room = 0
        for (place, document) in documents.enumerated() {
            if room <= 0 {
                starts.append(place)
                room = chunkSize
            }
            // An empty text is work, too.
            room -= document.text.utf8.count + 1
        }
        self.starts = starts + [documents.count]
    }

    public func hasChunk(_ chunk: Int) -> Bool { chunk < starts.count - 1 }

    public var expectedChunks: Int? { starts.count - 1 }

    public func reader() -> any DocumentReader { MemoryReader(self) }

    public func isKnown(_ location: RecordLocation) -> Bool { location.offset < UInt64(knownCount) }

    public func path(ofFile file: Int) -> String { "memory" }

    public func name(ofText file: Int) -> String { path(ofFile: file) }

    fileprivate func places(inChunk chunk: Int) -> Range<Int> { starts[chunk]..<starts[chunk + 1] }
}

/// Lends documents one by one, copied to where a text has its padding.
private final class MemoryReader: DocumentReader {
    private let source: MemorySource
    private var bytes: [UInt8] = []

    init(_ source: MemorySource) { self.source = source }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        let places = source.places(inChunk: chunk)
        for (index, place) in places.enumerated() { lend(place, line: index + 1, body) }
        return ChunkReport(lines: places.count, records: places.count)
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) { lend(Int(location.offset), line: 0, body) }

    private func lend(_ place: Int, line: Int, _ body: (Record) -> Void) {
        let document = source.documents[place]
        bytes.removeAll(keepingCapacity: true)
        let text = keep(document.text)
        bytes.append(contentsOf: repeatElement(0, count: Record.padding))
        let id = keep(document.id.flatMap { $0.isEmpty ? nil : $0 } ?? String(place))
        let title = keep(document.title), date = keep(document.date)
        let source = keep(document.source), language = keep(document.language)
        let location = RecordLocation(offset: UInt64(place), length: UInt32(clamping: text.count), file: 0)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            let lent = { (range: Range<Int>) in unsafe range.isEmpty ? nil : UnsafeBufferPointer(rebasing: bytes[range])
            }
            var record = unsafe Record(
                location: location, line: line, text: UnsafeBufferPointer(rebasing: bytes[text]), id: lent(id),
                title: lent(title), date: lent(date), source: lent(source), language: lent(language))
            record.ordinal = document.ordinal
            body(record)
        }
    }

    /// Where it stands in `bytes`.
    private func keep(_ string: String?) -> Range<Int> {
        let start = bytes.count
        if let string { bytes.append(contentsOf: string.utf8) }
        return start..<bytes.count
    }
}
