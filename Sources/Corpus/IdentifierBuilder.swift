public import Spill

/// The ids of one chunk's records, gathered while it is read.
public struct ChunkIdentifiers: Sendable {
    /// Longer ones are taken for no id at all.
    static let longest = 1 << 15

    private(set) var bytes: [UInt8] = []
    /// Where each id ends in `bytes`; the complement of that where the record had none.
    private(set) var ends: [Int] = []
    /// The line in the chunk; for a text file its index.
    private(set) var places: [UInt32] = []

    public init() {}

    public mutating func append(_ record: Record) {
        let isText = record.line == 0
        places.append(isText ? record.location.file : UInt32(record.line))
        guard let id = record.id, !isText, id.count <= Self.longest else {
            ends.append(~bytes.count)
            return
        }
        bytes.append(contentsOf: id)
        ends.append(bytes.count)
    }
}

/// Puts the ids of chunks together, in their order.
public struct IdentifierBuilder: Sendable {
    private let inputs: InputSet
    private let names: TextNames
    private var identifiers = Identifiers()
    /// The line of each document in its chunk; of a text file its index.
    private var places = Column<UInt32>()
    /// By chunk.
    private var firstDocuments: [Int] = []
    private var linesBefore: [Int] = []
    private var linesSoFar = 0
    private var folder: SpillFolder?

    public init(_ inputs: InputSet) {
        self.inputs = inputs
        names = TextNames(inputs)
    }

    public var count: Int { identifiers.count }
    /// Bytes of all ids.
    public var byteCount: Int { identifiers.bytes.count }

    /// Moves what there is and all that will come to temporary files.
    public mutating func spill(to folder: SpillFolder) {
        self.folder = folder
        identifiers.bytes.spill(to: folder)
        identifiers.slots.spill(to: folder)
        places.spill(to: folder)
    }

    /// Adds the next chunk.
    ///
    /// - Parameter lines: `ChunkReport.lines`.
    public mutating func append(_ chunk: ChunkIdentifiers, lines: Int) {
        let number = firstDocuments.count
        let linesBefore = inputs.chunks.isFirstOfFile(number) ? 0 : linesSoFar
        linesSoFar = linesBefore + lines
        let base = identifiers.bytes.count
        var made: [UInt8] = []
        var start = 0
        let slots = zip(chunk.ends, chunk.places).map { end, place in
            if end >= 0 {
                defer { start = end }
                return Identifiers.slot(base + start, base + end)
            }
            let first = base + chunk.bytes.count + made.count
            switch inputs.chunks[number] {
            case .texts: made += names[Int(place)].utf8
            case .records(let file, _), .fault(let file):
                made += "\(inputs.files[file].path):\(Int(place) + linesBefore)".utf8
            }
            return Identifiers.slot(first, base + chunk.bytes.count + made.count)
        }
        firstDocuments.append(identifiers.count)
        self.linesBefore.append(linesBefore)
        places.append(contentsOf: chunk.places)
        identifiers.bytes.append(contentsOf: chunk.bytes)
        identifiers.bytes.append(contentsOf: made)
        identifiers.slots.append(contentsOf: slots)
    }

    /// All ids, made unique. O(total bytes), expected; 12 to 24 bytes a document on the way.
    public mutating func makeUnique() -> Identifiers {
        renameDuplicates()
        return identifiers
    }

    private func place(of document: Int) -> (path: String, line: Int) {
        let chunk = firstDocuments.partitioningIndex { $0 > document } - 1
        let place = Int(places[document])
        switch inputs.chunks[chunk] {
        case .texts: return (inputs.files[place].path, 0)
        case .records(let file, _), .fault(let file): return (inputs.files[file].path, place + linesBefore[chunk])
        }
    }

    /// Two passes, so that an id is never taken away from a document that brought it along.
    private mutating func renameDuplicates() {
        var table = IdentifierTable(capacity: count)
        var later: [(document: Int, first: Int)] = []
        identifiers.withAll { id in
            for document in 0..<count {
                let first = table.insert(document, id: id)
                if first != document { later.append((document, first)) }
            }
        }
        identifiers.duplicateCount = later.count
        guard !later.isEmpty else { return }
        identifiers.withAll { id in table.reserve(count + later.count, id: id) }
        var next: [Int: Int] = [:]
        for (document, first) in later {
            let id = identifiers.withBytes(of: document) { Array($0) }
            var number = next[first] ?? 2
            repeat {
                let renamed = id + "#\(number)".utf8
                let start = identifiers.bytes.count
                identifiers.bytes.append(contentsOf: renamed)
                identifiers.slots[document] = Identifiers.slot(start, start + renamed.count)
                number += 1
                // Names that could not be written are equal for ever.
                if folder?.failure != nil { return }
            } while identifiers.withAll({ id in table.insert(document, id: id) }) != document
            next[first] = number
            guard identifiers.duplicates.count < Identifiers.duplicatesKept else { continue }
            let (path, line) = place(of: document)
            identifiers.duplicates.append(
                Identifiers.Duplicate(
                    document: document, id: String(decoding: id, as: UTF8.self), renamed: identifiers[document],
                    path: path, line: line))
        }
    }
}

/// What text files are called: the name without extension, or the path where several would have that name.
private struct TextNames {
    private let inputs: InputSet
    private var clashing: Set<String> = []

    init(_ inputs: InputSet) {
        self.inputs = inputs
        var seen: Set<String> = []
        for file in inputs.files where file.kind == .text {
            let stem = Format.stem(file.path)
            if !seen.insert(stem).inserted { clashing.insert(stem) }
        }
    }

    subscript(file: Int) -> String {
        let path = inputs.files[file].path
        let stem = Format.stem(path)
        return clashing.contains(stem) ? path : stem
    }
}

extension Array {
    /// The first index whose element fulfils the predicate, which all later ones must fulfil too.
    fileprivate func partitioningIndex(_ belongsInSecond: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongsInSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
