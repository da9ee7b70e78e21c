import Stages
import Store

/// Several segments in a row, written as one without what is gone from them. Streams: it holds a number a document, and
/// no text is compressed again.
struct SegmentMerge {
    let segments: [SegmentReader]
    let bands: Int
    /// Of each segment, by place: its place in the new one, `gone` for none.
    private let places: [[UInt32]]
    private let count: Int
    private let states: [SegmentState]

    private static let gone = UInt32.max

    init(_ segments: [Segment]) throws(StoreError) {
        self.segments = segments.map { SegmentReader($0) }
        bands = segments[0].layout.bands
        var next: UInt32 = 0, places: [[UInt32]] = [], states: [SegmentState] = []
        for segment in self.segments {
            let state = try SegmentState(segment)
            places.append(
                state.isLive.map { isLive in
                    defer { next += isLive != 0 ? 1 : 0 }
                    return isLive != 0 ? next : Self.gone
                })
            states.append(state)
        }
        (self.places, self.states, count) = (places, states, Int(next))
    }

    var state: SegmentState {
        var merged = SegmentState(documents: count)
        for level in Level.allCases {
            merged.labels[level.number] = zip(states, places).flatMap { state, places in
                places.indices.filter { places[$0] != Self.gone }.map { state.labels[level.number][$0] }
            }
        }
        return merged
    }

    func write(to folder: StoreFolder, _ name: String, tag: UInt64) throws(StoreError) -> PagedFileName {
        let file = try PagedWriter(folder, name, tag: tag)
        var layout = SegmentLayout(documents: count)
        try copy(UInt32.self, .numbers, &layout, to: file)
        try copy(UInt64.self, .fingerprints, perDocument: 2, &layout, to: file)
        try copy(Int64.self, .dates, &layout, to: file)
        try copy(UInt32.self, .lengths, &layout, to: file)
        try copyOutlets(&layout, to: file)
        try copy(.ids, ends: .idEnds, &layout, to: file)
        try copy(.records, ends: .recordEnds, &layout, to: file)
        for table in 0..<SegmentLayout.tablesBeforeBands + bands {
            layout.tables.append(try merge(table, to: file))
        }
        try file.append(values: layout.words)
        return try file.finish()
    }

    private static let blockSize = 1 << 13

    /// Calls `body` with the places of a segment that stay, some at a time.
    private func forEachBlock(
        _ body: (_ segment: SegmentReader, _ at: Int, Range<Int>) throws(StoreError) -> Void
    ) throws(StoreError) {
        for (at, segment) in segments.enumerated() {
            for first in stride(from: 0, to: segment.documents, by: Self.blockSize) {
                try body(segment, at, first..<min(segment.documents, first + Self.blockSize))
            }
        }
    }

    private func copy<Value: BitwiseCopyable & FixedWidthInteger>(
        _ type: Value.Type, _ section: SegmentLayout.Section, perDocument: Int = 1, _ layout: inout SegmentLayout,
        to file: PagedWriter, _ change: (_ segment: Int, Value) -> Value = { $1 }
    ) throws(StoreError) {
        try layout.write(section, to: file) { () throws(StoreError) in
            try forEachBlock { segment, at, range throws(StoreError) in
                let values = try segment.values(
                    type, section, range.lowerBound * perDocument..<range.upperBound * perDocument)
                try file.append(
                    values: values.indices.filter { places[at][range.lowerBound + $0 / perDocument] != Self.gone }.map {
                        change(at, values[$0])
                    })
            }
        }
    }

    private func copyOutlets(_ layout: inout SegmentLayout, to file: PagedWriter) throws(StoreError) {
        var numbers = ["": UInt32(0)], names = [""]
        let renamed = segments.map { segment in
            segment.segment.names.map { name in
                if let number = numbers[name] { return number }
                numbers[name] = UInt32(names.count)
                names.append(name)
                return UInt32(names.count - 1)
            }
        }
        for segment in segments {
            let count = segment.segment.names.count
            let all = try segment.values(UInt32.self, .sources, 0..<segment.documents)
            if all.contains(where: { $0 >= count }) { throw segment.damage("an outlet without a name") }
        }
        try copy(UInt32.self, .sources, &layout, to: file) { renamed[$0][Int($1)] }
        try layout.write(names: names, to: file)
    }

    /// Bytes of each document, and where they end.
    private func copy(
        _ section: SegmentLayout.Section, ends: SegmentLayout.Section, _ layout: inout SegmentLayout,
        to file: PagedWriter
    ) throws(StoreError) {
        var newEnds: [UInt64] = [], end: UInt64 = 0
        try layout.write(section, to: file) { () throws(StoreError) in
            for (at, segment) in segments.enumerated() {
                for place in places[at].indices where places[at][place] != Self.gone {
                    let bytes = section == .ids ? try segment.id(place) : try segment.packedRecord(place)
                    try file.append(bytes)
                    end += UInt64(bytes.count)
                    newEnds.append(end)
                }
            }
        }
        try layout.write(ends, to: file) { () throws(StoreError) in try file.append(values: newEnds) }
    }

    /// The entries of one table of all segments, by key and then by place.
    private func merge(_ table: Int, to file: PagedWriter) throws(StoreError) -> KeyPages {
        var writer = try KeyPagesWriter(file, documents: count)
        var walks: [KeyWalk] = []
        for segment in segments { walks.append(try KeyWalk(segment.keys(table))) }
        while true {
            // Few segments: the least is found by looking at each. Earlier ones first, whose places are lower.
            var least: Int?
            for at in walks.indices {
                guard let entry = walks[at].entry else { continue }
                if least == nil || entry >> 32 < walks[least!].entry! >> 32 { least = at }
            }
            guard let least, let entry = walks[least].entry else { break }
            let place = places[least][try walks[least].reader.place(entry)]
            if place != Self.gone { try writer.append(entry & ~0xFFFF_FFFF | UInt64(place), to: file) }
            try walks[least].advance()
        }
        return try writer.finish(to: file)
    }
}

/// A walk through the entries of a table.
private struct KeyWalk {
    let reader: KeyPagesReader
    private var page: KeyPage?
    private var number = 0
    private var at = 0

    init(_ reader: KeyPagesReader) throws(StoreError) {
        self.reader = reader
        if reader.pages.pageCount > 0 { page = try reader.page(0) }
    }

    /// Nil behind the last.
    var entry: UInt64? { page.map { $0[at] } }

    mutating func advance() throws(StoreError) {
        at += 1
        guard let held = page, at == held.count else { return }
        number += 1
        at = 0
        page = number < reader.pages.pageCount ? try reader.page(number) : nil
    }
}

extension Transaction {
    /// Merges what is ripe, and writes what has lost a quarter of its documents anew.
    func merge() throws(IndexError) {
        do throws(StoreError) {
            while let range = Tiers.ripe(manifest.segments.map(\.live), unit: 256) {
                guard manifest.segments[range].reduce(0, { $0 + $1.live }) <= 1 << KeyPages.mostPlaceBits else { break }
                try rewrite(range)
            }
            for at in manifest.segments.indices
            where manifest.segments[at].live * 4 < manifest.segments[at].documents * 3 {
                try rewrite(at..<at + 1)
            }
        } catch {
            throw .store(error)
        }
    }

    func rewrite(_ range: Range<Int>) throws(StoreError) {
        var segments: [Segment] = []
        for entry in manifest.segments[range] { segments.append(try Segment(folder, entry)) }
        let merge = try SegmentMerge(segments)
        let (name, tag) = manifest.newFile("segment"), state = manifest.newFile("state")
        let file = try merge.write(to: folder, name, tag: tag)
        let written = try merge.state.write(to: folder, state.name, tag: state.tag)
        let entry = Manifest.Segment(
            file: file, state: written, documents: merge.state.isLive.count, live: merge.state.isLive.count,
            lastDay: manifest.segments[range].compactMap(\.lastDay).max())
        manifest.segments.replaceSubrange(range, with: [entry])
    }
}
