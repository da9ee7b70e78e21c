/// The ids of one chunk's records, gathered while it is read.
public struct ChunkIdentifiers: Sendable {
    /// Longer ones are taken for no id at all.
    static let longest = 1 << 15

    fileprivate var bytes: [UInt8] = []
    /// Where each id ends in `bytes`; the complement of that where the record had none.
    fileprivate var ends: [Int] = []
    /// The line in the chunk; for a text file its index.
    fileprivate var places: [UInt32] = []

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

/// Every document's id, in input order, each different from all others. Takes its bytes and 8 more a document.
///
/// A JSON record without an id is called `file:line`; a text file by its name without extension, or by its path where
/// that name is not its alone. The second document with an id becomes `id#2`, the third `id#3`, and so on, passing over
/// what is an id in its own right.
public struct Identifiers: Sendable {
    /// A document whose id was somebody else's.
    public struct Duplicate: Sendable, Equatable {
        public var document: Int
        public var id: String
        public var renamed: String
        public var path: String
        /// 0 for a text file.
        public var line: Int
    }

    public private(set) var duplicateCount = 0
    /// The first few, for a notice.
    public private(set) var duplicates: [Duplicate] = []

    static let duplicatesKept = 3

    private var bytes: [UInt8] = []
    /// Offset in `bytes`, 48 bits, and length, 16 bits.
    private var slots: [UInt64] = []

    /// - Parameters:
    ///   - chunks: one for each chunk of `inputs`, in their order.
    ///   - linesBefore: `InputSet.linesBefore`.
    /// - Complexity: O(total bytes), expected.
    public init(_ chunks: consuming [ChunkIdentifiers], linesBefore: [Int], inputs: InputSet) {
        precondition(chunks.count == inputs.chunkCount && linesBefore.count == chunks.count)
        slots.reserveCapacity(chunks.reduce(0) { $0 + $1.ends.count })
        bytes.reserveCapacity(chunks.reduce(0) { $0 + $1.bytes.count })
        let names = TextNames(inputs)
        var firstDocuments: [Int] = []
        var places: [[UInt32]] = []
        for index in chunks.indices {
            firstDocuments.append(slots.count)
            append(chunks[index], names: names, linesBefore: linesBefore[index], chunk: index, inputs: inputs)
            places.append(chunks[index].places)
            chunks[index] = ChunkIdentifiers()
        }
        makeUnique { document in
            let chunk = firstDocuments.partitioningIndex { $0 > document } - 1
            let place = Int(places[chunk][document - firstDocuments[chunk]])
            switch inputs.chunks[chunk] {
            case .texts: return (inputs.files[place].path, 0)
            case .lines(let file, _): return (inputs.files[file].path, place + linesBefore[chunk])
            }
        }
    }

    public var count: Int { slots.count }

    public subscript(document: Int) -> String { withBytes(of: document) { String(decoding: $0, as: UTF8.self) } }

    /// The id as valid UTF-8, without a copy.
    public func withBytes<R>(of document: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
        let range = range(of: document)
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Lends the bytes of every id: what to use in a loop over documents.
    public func withAll<R, E: Error>(
        _ body: ((_ document: Int) -> UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try bytes.withUnsafeBufferPointer { bytes throws(E) in
            try slots.withUnsafeBufferPointer { slots throws(E) in
                try body { UnsafeBufferPointer(rebasing: bytes[Self.range(slots[$0])]) }
            }
        }
    }

    private func range(of document: Int) -> Range<Int> { Self.range(slots[document]) }

    private static func range(_ slot: UInt64) -> Range<Int> {
        let start = Int(slot >> 16)
        return start..<start + Int(slot & 0xFFFF)
    }

    private static func slot(_ start: Int, _ end: Int) -> UInt64 {
        precondition(end - start <= 0xFFFF, "an id of \(end - start) bytes")
        return UInt64(start) << 16 | UInt64(end - start)
    }

    private mutating func append(
        _ chunk: ChunkIdentifiers, names: TextNames, linesBefore: Int, chunk index: Int, inputs: InputSet
    ) {
        let base = bytes.count
        bytes += chunk.bytes
        var start = 0
        for (end, place) in zip(chunk.ends, chunk.places) {
            if end >= 0 {
                slots.append(Self.slot(base + start, base + end))
                start = end
                continue
            }
            let first = bytes.count
            switch inputs.chunks[index] {
            case .texts: bytes += names[Int(place)].utf8
            case .lines(let file, _): bytes += "\(inputs.files[file].path):\(Int(place) + linesBefore)".utf8
            }
            slots.append(Self.slot(first, bytes.count))
        }
    }

    /// Two passes, so that an id is never taken away from a document that brought it along.
    private mutating func makeUnique(place: (Int) -> (path: String, line: Int)) {
        var table = IdentifierTable(capacity: count)
        var later: [(document: Int, first: Int)] = []
        withAll { id in
            for document in 0..<count {
                let first = table.insert(document, id: id)
                if first != document { later.append((document, first)) }
            }
        }
        duplicateCount = later.count
        guard !later.isEmpty else { return }
        withAll { id in table.reserve(count + later.count, id: id) }
        bytes.reserveCapacity(later.reduce(bytes.count) { $0 + range(of: $1.document).count + 8 })
        var next: [Int: Int] = [:]
        for (document, first) in later {
            let id = Array(bytes[range(of: document)])
            var number = next[first] ?? 2
            let start = bytes.count
            repeat {
                bytes.removeLast(bytes.count - start)
                bytes += id
                bytes += "#\(number)".utf8
                slots[document] = Self.slot(start, bytes.count)
                number += 1
            } while withAll { id in table.insert(document, id: id) } != document
            next[first] = number
            guard duplicates.count < Self.duplicatesKept else { continue }
            let (path, line) = place(document)
            duplicates.append(
                Duplicate(
                    document: document, id: String(decoding: id, as: UTF8.self), renamed: self[document], path: path,
                    line: line))
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
