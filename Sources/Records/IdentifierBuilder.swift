public import Columns
import Tables

/// The ids of one chunk's records, gathered while it is read.
public struct ChunkIdentifiers: Sendable {
    /// Longer ones are taken for no id at all.
    static let longest = 1 << 15

    private(set) var bytes: [UInt8] = []
    /// Where each id ends in `bytes`; the complement of that where the record had none.
    private(set) var ends: [Int] = []
    /// The line in the chunk; for a text file its number.
    private(set) var places: [UInt32] = []
    /// Whether each is a file of its own.
    private(set) var areTexts = false

    public init() {}

    public mutating func append(_ record: Record) {
        areTexts = record.line == 0
        places.append(areTexts ? record.location.file : UInt32(record.line))
        guard let id = unsafe record.id, !areTexts, id.count <= Self.longest else {
            ends.append(~bytes.count)
            return
        }
        unsafe bytes.append(contentsOf: id)
        ends.append(bytes.count)
    }
}

/// Ids that documents elsewhere have, which count as if those stood in front.
package protocol ForeignIdentifiers {
    /// Of each document whether its id is one of them.
    func areTaken(_ identifiers: Identifiers) -> [Bool]
    func isTaken(_ id: [UInt8]) -> Bool
}

/// Puts the ids of chunks together, in their order.
public struct IdentifierBuilder: Sendable {
    private let source: any DocumentSource
    private var identifiers = Identifiers()
    /// The line of each document in its chunk; of a text file its index.
    private var places = Column<UInt32>()
    /// By chunk.
    private var firstDocuments: [Int] = []
    private var reports: [(file: Int, areTexts: Bool, linesBefore: Int)] = []
    private var linesSoFar = 0
    private var folder: SpillFolder?

    public init(_ source: any DocumentSource) { self.source = source }

    public var count: Int { identifiers.count }
    /// Bytes of all ids.
    public var byteCount: Int { identifiers.bytes.count }

    /// Moves what there is and all that will come to temporary files.
    public mutating func spill(to folder: SpillFolder) {
        self.folder = folder
        identifiers.spill(to: folder)
        places.spill(to: folder)
    }

    /// Adds the next chunk, of which `report` came.
    public mutating func append(_ chunk: ChunkIdentifiers, _ report: ChunkReport) {
        let linesBefore = reports.last?.file == report.file ? linesSoFar : 0
        linesSoFar = linesBefore + report.lines
        let base = identifiers.bytes.count
        var made: [UInt8] = []
        var start = 0
        let slots = zip(chunk.ends, chunk.places).map { end, place in
            if end >= 0 {
                defer { start = end }
                return Identifiers.slot(base + start, base + end)
            }
            let first = base + chunk.bytes.count + made.count
            if chunk.areTexts {
                made += source.name(ofText: Int(place)).utf8
            } else {
                made += "\(source.path(ofFile: report.file)):\(Int(place) + linesBefore)".utf8
            }
            return Identifiers.slot(first, base + chunk.bytes.count + made.count)
        }
        firstDocuments.append(identifiers.count)
        reports.append((report.file, chunk.areTexts, linesBefore))
        places.append(contentsOf: chunk.places)
        identifiers.bytes.append(contentsOf: chunk.bytes)
        identifiers.bytes.append(contentsOf: made)
        identifiers.slots.append(contentsOf: slots)
    }

    /// All ids, made unique. O(total bytes), expected; 12 to 24 bytes a document on the way.
    public mutating func makeUnique() -> Identifiers { makeUnique(besides: nil) }

    /// The same, where ids of documents elsewhere are taken already.
    package mutating func makeUnique(besides foreign: (any ForeignIdentifiers)?) -> Identifiers {
        renameDuplicates(foreign)
        return identifiers
    }

    private func place(of document: Int) -> (path: String, line: Int) {
        let chunk = firstDocuments.partitioningIndex { $0 > document } - 1
        let place = Int(places[document]), (file, areTexts, linesBefore) = reports[chunk]
        return areTexts ? (source.path(ofFile: place), 0) : (source.path(ofFile: file), place + linesBefore)
    }

    /// Two passes, so that an id is never taken away from a document that brought it along.
    private mutating func renameDuplicates(_ foreign: (any ForeignIdentifiers)?) {
        let areTaken = foreign?.areTaken(identifiers)
        var table = IdentifierTable(capacity: count)
        var later: [(document: Int, first: Int)] = []
        unsafe identifiers.withAll { id in
            for document in 0..<count {
                let first = unsafe table.insert(document, id: id)
                if first != document || areTaken?[document] ?? false { later.append((document, first)) }
            }
        }
        identifiers.duplicateCount = later.count
        guard !later.isEmpty else { return }
        unsafe identifiers.withAll { id in unsafe table.reserve(count + later.count, id: id) }
        var next: [Int: Int] = [:]
        for (document, first) in later {
            let id = unsafe identifiers.withBytes(of: DocumentNumber(document)) { unsafe Array($0) }
            var number = next[first] ?? 2, isFree = false
            repeat {
                let renamed = id + "#\(number)".utf8
                let start = identifiers.bytes.count
                identifiers.bytes.append(contentsOf: renamed)
                identifiers.slots[document] = Identifiers.slot(start, start + renamed.count)
                number += 1
                // Names that could not be written are equal for ever.
                if folder?.failure != nil { return }
                if foreign?.isTaken(renamed) ?? false { continue }
                isFree = unsafe identifiers.withAll { id in unsafe table.insert(document, id: id) } == document
            } while !isFree
            next[first] = number
            guard identifiers.duplicates.count < Identifiers.duplicatesKept else { continue }
            let (path, line) = place(of: document)
            identifiers.duplicates.append(
                Identifiers.Duplicate(
                    document: DocumentNumber(document), id: String(decoding: id, as: UTF8.self),
                    renamed: identifiers[DocumentNumber(document)],
                    path: path, line: line))
        }
    }
}
