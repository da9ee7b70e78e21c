import Event
import Store

/// What is kept of a segment's reports while they are in the window of days, by ascending numbers: a file of its own
/// beside the segment, written anew as a whole when it changes.
struct EventRecords {
    /// What the documents are called.
    private(set) var numbers: [UInt32] = []
    private var headers: [UInt64] = []
    private var terms: [UInt64] = []
    /// Of each document, where its terms and pairs end.
    private var termEnds: [UInt64] = []
    private var pairEnds: [UInt64] = []
    /// Of each pair the number of the other document, and two values.
    private var pairs: [UInt32] = []

    static let pairSize = 3

    private mutating func append(
        _ number: UInt32, header: ArraySlice<UInt64>, terms: ArraySlice<UInt64>, pairs: ArraySlice<UInt32>
    ) {
        numbers.append(number)
        headers += header
        self.terms += terms
        self.pairs += pairs
        termEnds.append(UInt64(self.terms.count))
        pairEnds.append(UInt64(self.pairs.count / Self.pairSize))
    }

    /// - Parameter names: of the documents that pairs are with.
    mutating func append(_ number: UInt32, _ kept: KeptReport, names: (Int) -> UInt32) {
        append(
            number, header: kept.header[...], terms: kept.terms[...],
            pairs: kept.pairs.flatMap {
                [names($0.other), UInt32(bitPattern: $0.alone), UInt32(bitPattern: $0.part)]
            }[...])
    }

    /// Adds the reports of a segment that are wanted.
    ///
    /// - Parameter isWanted: by number.
    mutating func append(_ file: EventFile, where isWanted: (UInt32) -> Bool) throws(StoreError) {
        for row in rows(of: file.numbers.indices.filter { isWanted(file.numbers[$0]) }) { try append(file, row) }
    }

    /// Adds the reports of a segment at a range of places.
    mutating func append(_ file: EventFile, _ range: Range<Int>) throws(StoreError) {
        let headers = try file.headers(range), terms = try file.terms(range), pairs = try file.pairs(range)
        for at in range {
            append(
                file.numbers[at], header: headers[file.headerPlaces(at, in: range)],
                terms: terms[file.termPlaces(at, in: range)], pairs: pairs[file.pairPlaces(at, in: range)])
        }
    }

    func write(to folder: StoreFolder, _ name: String, tag: UInt64) throws(StoreError) -> PagedFileName {
        let file = try PagedWriter(folder, name, tag: tag)
        try file.append(column: numbers)
        try file.append(column: headers)
        try file.append(column: termEnds)
        try file.append(column: pairEnds)
        try file.append(column: terms)
        try file.append(column: pairs)
        try file.append(values: [UInt64(numbers.count), UInt64(terms.count), UInt64(pairs.count / Self.pairSize)])
        return try file.finish()
    }
}

extension PagedWriter {
    /// Values from the start of a page on.
    fileprivate func append(column values: [some BitwiseCopyable]) throws(StoreError) {
        try append(values: values)
        try align()
    }
}

/// Such a file, open to be read by one worker.
final class EventFile {
    private let reader: PageReader
    /// Of its documents, ascending.
    let numbers: [UInt32]
    private let termEnds, pairEnds: [UInt64]
    private let headerStart, termStart, pairStart: Int

    /// - Throws: where it does not hold what it says.
    init(_ file: PagedFile) throws(StoreError) {
        reader = PageReader(file)
        let page = PageReader.pageSize, bytes = file.name.bytes
        let damage = StoreError(path: file.path, .damaged("it does not say where things are"))
        guard bytes >= 24 else { throw damage }
        let sizes = try reader.values(UInt64.self, at: bytes - 24, 0..<3)
        guard sizes.allSatisfy({ $0 <= UInt64(bytes) }) else { throw damage }
        let count = Int(sizes[0])
        var end = 0
        func next(_ size: Int) -> Int {
            defer { end += (size + page - 1) / page * page }
            return end
        }
        let start = next(4 * count)
        headerStart = next(8 * KeptReport.headerSize * count)
        let termEndStart = next(8 * count), pairEndStart = next(8 * count)
        termStart = next(8 * Int(sizes[1]))
        pairStart = next(4 * EventRecords.pairSize * Int(sizes[2]))
        guard end + 24 == bytes else { throw damage }
        numbers = try reader.values(UInt32.self, at: start, 0..<count)
        termEnds = try reader.values(UInt64.self, at: termEndStart, 0..<count)
        pairEnds = try reader.values(UInt64.self, at: pairEndStart, 0..<count)
        func ascends(_ values: [UInt64], to last: UInt64) -> Bool {
            values.last ?? 0 == last && zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
        }
        guard ascends(termEnds, to: sizes[1]), ascends(pairEnds, to: sizes[2]),
            zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw damage }
    }

    var path: String { reader.file.path }
    var damage: StoreError { StoreError(path: path, .damaged("a report that cannot have been kept")) }

    /// Of the documents of a range of places, one behind the other.
    func headers(_ range: Range<Int>) throws(StoreError) -> [UInt64] {
        let size = KeptReport.headerSize
        return try reader.values(
            UInt64.self, at: headerStart, range.lowerBound * size..<range.upperBound * size)
    }

    func terms(_ range: Range<Int>) throws(StoreError) -> [UInt64] {
        try reader.values(UInt64.self, at: termStart, Self.places(range, termEnds))
    }

    func pairs(_ range: Range<Int>) throws(StoreError) -> [UInt32] {
        let places = Self.places(range, pairEnds), size = EventRecords.pairSize
        return try reader.values(UInt32.self, at: pairStart, places.lowerBound * size..<places.upperBound * size)
    }

    /// Where those of one document stand among those of a range.
    func headerPlaces(_ at: Int, in range: Range<Int>) -> Range<Int> {
        let first = (at - range.lowerBound) * KeptReport.headerSize
        return first..<first + KeptReport.headerSize
    }

    func termPlaces(_ at: Int, in range: Range<Int>) -> Range<Int> { Self.places(at, in: range, termEnds, 1) }
    func pairPlaces(_ at: Int, in range: Range<Int>) -> Range<Int> {
        Self.places(at, in: range, pairEnds, EventRecords.pairSize)
    }

    private static func places(_ range: Range<Int>, _ ends: [UInt64]) -> Range<Int> {
        func start(_ at: Int) -> Int { at == 0 ? 0 : Int(ends[at - 1]) }
        return start(range.lowerBound)..<start(range.upperBound)
    }

    private static func places(_ at: Int, in range: Range<Int>, _ ends: [UInt64], _ size: Int) -> Range<Int> {
        let first = places(range, ends).lowerBound, own = places(at..<at + 1, ends)
        return (own.lowerBound - first) * size..<(own.upperBound - first) * size
    }
}

/// Ascending places as ranges, of no more than are read in one go.
func rows(of places: [Int]) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    for place in places {
        if let last = rows.last, last.upperBound == place, last.count < 32 {
            rows[rows.count - 1] = last.lowerBound..<place + 1
        } else {
            rows.append(place..<place + 1)
        }
    }
    return rows
}
