import Records
import Stages
import Store

/// Documents that were added together: a file that never changes, and one that says which of them are there still and
/// what they are labelled with, replaced as a whole.
struct Segment: Sendable {
    let file: PagedFile
    let state: PagedFile
    /// What is kept of its reports in the window of days.
    let events: PagedFile?
    let layout: SegmentLayout
    /// Of outlets.
    let names: [String]
    let entry: Manifest.Segment

    var documents: Int { layout.documents }

    init(_ folder: StoreFolder, _ entry: Manifest.Segment) throws(StoreError) {
        self.entry = entry
        file = try PagedFile(folder, entry.file)
        state = try PagedFile(folder, entry.state)
        events = try entry.events.map { name throws(StoreError) in try PagedFile(folder, name) }
        let reader = PageReader(file)
        layout = try SegmentLayout(reader)
        guard layout.documents == entry.documents else {
            throw StoreError(path: file.path, .damaged("it holds another number of documents than it should"))
        }
        guard state.name.bytes == layout.documents * Self.stateWidth else {
            throw StoreError(path: state.path, .damaged("it is of another segment"))
        }
        let start = layout.starts[SegmentLayout.Section.names.rawValue]
        let size = layout.sizes[SegmentLayout.Section.names.rawValue]
        var names = ByteReader(try reader.bytes(start..<start + size), path: file.path)
        var found: [String] = []
        while !names.isAtEnd { found.append(String(decoding: try names.take(try names.number()), as: UTF8.self)) }
        self.names = found
    }

    /// Bytes a document in its state: whether it is there, and its label at each level.
    static let stateWidth = 1 + 4 * Level.allCases.count

    /// One worker's way into a table of keys.
    ///
    /// - Parameter expected: keys that will be asked for, in ascending order.
    func keys(_ table: SegmentLayout.Table, expected: Int = 1) -> KeyPagesReader {
        KeyPagesReader(pages: layout.tables[table.rawValue], file: file, expected: expected)
    }

    func keys(ofBand band: Int, expected: Int) -> KeyPagesReader {
        KeyPagesReader(pages: layout.tables[SegmentLayout.tablesBeforeBands + band], file: file, expected: expected)
    }
}

/// One worker's way into a segment.
final class SegmentReader {
    let segment: Segment
    let file: PageReader
    let state: PageReader
    /// Records are long, and would take the place of all else in memory.
    private let records: PageReader

    init(_ segment: Segment, pages: Int = 64) {
        self.segment = segment
        file = PageReader(segment.file, pages: pages)
        state = PageReader(segment.state, pages: pages)
        records = PageReader(segment.file, pages: 4)
    }

    var documents: Int { segment.documents }

    private func value<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, _ section: SegmentLayout.Section, _ index: Int
    ) throws(StoreError) -> Value {
        try file.value(type, at: segment.layout.starts[section.rawValue], index)
    }

    func number(_ place: Int) throws(StoreError) -> UInt32 { try value(UInt32.self, .numbers, place) }
    func date(_ place: Int) throws(StoreError) -> Int64 { try value(Int64.self, .dates, place) }
    func length(_ place: Int) throws(StoreError) -> UInt32 { try value(UInt32.self, .lengths, place) }

    func fingerprint(_ place: Int) throws(StoreError) -> (low: UInt64, high: UInt64) {
        (try value(UInt64.self, .fingerprints, 2 * place), try value(UInt64.self, .fingerprints, 2 * place + 1))
    }

    /// The number of its outlet's name; 0 where it has none.
    func source(_ place: Int) throws(StoreError) -> Int {
        let number = Int(try value(UInt32.self, .sources, place))
        guard number < segment.names.count else { throw damage("an outlet without a name") }
        return number
    }

    /// Values of a section for all documents in a range.
    func values<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, _ section: SegmentLayout.Section, _ range: Range<Int>
    ) throws(StoreError) -> [Value] {
        try file.values(type, at: segment.layout.starts[section.rawValue], range)
    }

    func id(_ place: Int) throws(StoreError) -> [UInt8] { try part(.ids, .idEnds, place) }

    /// Its record, as it is kept.
    func storedRecord(_ place: Int) throws(StoreError) -> [UInt8] { try part(.records, .recordEnds, place) }

    /// Where the parts of documents in a row end, behind where the first begins.
    func ends(
        _ ends: SegmentLayout.Section, of section: SegmentLayout.Section, _ range: Range<Int>
    ) throws(StoreError) -> [UInt64] {
        let all = try values(UInt64.self, ends, max(0, range.lowerBound - 1)..<range.upperBound)
        let found = range.lowerBound == 0 ? [0] + all : all
        for at in 1..<found.count where found[at] < found[at - 1] {
            throw damage("a document that ends before it begins")
        }
        guard found.last! <= UInt64(segment.layout.sizes[section.rawValue]) else {
            throw damage("a document that ends behind the others")
        }
        return found
    }

    /// Calls `body` with bytes of a section, some at a time.
    func forEachPiece(
        _ section: SegmentLayout.Section, _ range: Range<UInt64>, _ body: ([UInt8]) throws(StoreError) -> Void
    ) throws(StoreError) {
        let start = segment.layout.starts[section.rawValue], end = Int(range.upperBound), size = 1 << 18
        for first in stride(from: Int(range.lowerBound), to: end, by: size) {
            try body(try file.bytes(start + first..<start + min(end, first + size)))
        }
    }

    private func part(
        _ section: SegmentLayout.Section, _ ends: SegmentLayout.Section, _ place: Int
    ) throws(StoreError) -> [UInt8] {
        let start = place == 0 ? 0 : try value(UInt64.self, ends, place - 1), end = try value(UInt64.self, ends, place)
        guard start <= end, end <= UInt64(segment.layout.sizes[section.rawValue]) else {
            throw damage("a document that ends before it begins")
        }
        let first = segment.layout.starts[section.rawValue]
        let reader = section == .records ? records : file
        return try reader.bytes(first + Int(start)..<first + Int(end))
    }

    /// The place of a document; nil where it is of another segment.
    func place(ofNumber number: UInt32) throws(StoreError) -> Int? {
        var low = 0, high = documents
        while low < high {
            let middle = (low + high) / 2
            if try self.number(middle) < number { low = middle + 1 } else { high = middle }
        }
        guard low < documents, try self.number(low) == number else { return nil }
        return low
    }

    func isLive(_ place: Int) throws(StoreError) -> Bool { try state.value(UInt8.self, at: 0, place) != 0 }

    /// The byte of its state.
    func flags(_ place: Int) throws(StoreError) -> UInt8 { try state.value(UInt8.self, at: 0, place) }

    func label(_ level: Level, _ place: Int) throws(StoreError) -> UInt32 {
        try state.value(UInt32.self, at: documents * (1 + 4 * level.number), place)
    }

    func damage(_ what: String) -> StoreError { StoreError(path: segment.file.path, .damaged(what)) }
}

extension Level {
    /// From the innermost, 0.
    var number: Int { Level.allCases.firstIndex(of: self)! }
}
