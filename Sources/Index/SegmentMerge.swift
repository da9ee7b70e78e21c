import Stages
import Store
import Workers

/// Several segments in a row, written as one without what is gone from them. Streams: it holds some numbers a document.
struct SegmentMerge {
    let segments: [SegmentReader]
    let bands: Int
    /// Of each segment, by place: its place in the new one, `gone` for none.
    private let places: [[UInt32]]
    let count: Int
    private let states: [SegmentState]
    /// Whether records are compressed on the way.
    let packs: Bool

    static let gone = UInt32.max

    init(_ segments: [Segment], packs: Bool) throws(StoreError) {
        self.segments = segments.map { SegmentReader($0) }
        self.packs = packs || segments.contains { $0.layout.form == .packed }
        bands = segments[0].layout.bands
        for segment in self.segments where segment.segment.layout.bands != bands {
            throw segment.damage("it has another number of bands than others")
        }
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

    /// What the documents are called.
    func numbers() throws(StoreError) -> [UInt32] {
        var numbers: [UInt32] = []
        for (at, segment) in segments.enumerated() {
            let own = try segment.values(UInt32.self, .numbers, 0..<segment.documents)
            numbers += own.indices.lazy.filter { places[at][$0] != Self.gone }.map { own[$0] }
        }
        return numbers
    }

    func write(
        to folder: StoreFolder, _ name: String, tag: UInt64, dictionary: TextDictionary?, workers: Workers
    ) throws(StoreError) -> PagedFileName {
        let file = try PagedWriter(folder, name, tag: tag)
        var layout = SegmentLayout(documents: count)
        layout.form = packs ? .packed : segments[0].segment.layout.form
        try copy(UInt32.self, .numbers, &layout, to: file)
        try copy(UInt64.self, .fingerprints, perDocument: 2, &layout, to: file)
        try copy(Int64.self, .dates, &layout, to: file)
        try copy(UInt32.self, .lengths, &layout, to: file)
        try copyOutlets(&layout, to: file)
        try copy(.ids, ends: .idEnds, &layout, to: file)
        if packs {
            try pack(&layout, to: file, dictionary, workers)
        } else {
            try copy(.records, ends: .recordEnds, &layout, to: file)
        }
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
        var newEnds: [UInt64] = []
        try layout.write(section, to: file) { () throws(StoreError) in
            let start = file.count
            try forEachBlock { segment, at, range throws(StoreError) in
                let ends = try segment.ends(ends, of: section, range)
                var first = range.lowerBound
                while first < range.upperBound {
                    var next = first
                    while next < range.upperBound, places[at][next] != Self.gone { next += 1 }
                    let from = ends[first - range.lowerBound], offset = UInt64(file.count - start)
                    for place in first..<next { newEnds.append(offset + ends[place + 1 - range.lowerBound] - from) }
                    try segment.forEachPiece(section, from..<ends[next - range.lowerBound]) {
                        piece throws(StoreError) in
                        try file.append(values: piece)
                    }
                    first = next + 1
                }
            }
        }
        try layout.write(ends, to: file) { () throws(StoreError) in try file.append(values: newEnds) }
    }

    /// Records, those that are not compressed yet now.
    private func pack(
        _ layout: inout SegmentLayout, to file: PagedWriter, _ dictionary: TextDictionary?, _ workers: Workers
    ) throws(StoreError) {
        let size = 256, segments = segments.map(\.segment), places = places
        let blocks = segments.indices.flatMap { at in
            stride(from: 0, to: segments[at].documents, by: size).map { (at, $0) }
        }
        var newEnds: [UInt64] = [], end: UInt64 = 0
        try layout.write(.records, to: file) { () throws(StoreError) in
            for first in stride(from: 0, to: blocks.count, by: 16) {
                let batch = blocks[first..<min(blocks.count, first + 16)]
                let packed = workers.map(
                    batch.count, scratch: { (segments.map { SegmentReader($0, pages: 4) }, Zstandard(dictionary)) }
                ) { scratch, item in
                    let (at, start) = batch[batch.startIndex + item], reader = scratch.0[at]
                    let range = start..<min(reader.documents, start + size)
                    return Result { () throws(StoreError) in
                        var bytes: [UInt8] = [], sizes: [Int] = []
                        for place in range where places[at][place] != Self.gone {
                            let before = bytes.count, record = try reader.storedRecord(place)
                            bytes += reader.segment.layout.form == .packed ? record : scratch.1.compressed(record)
                            sizes.append(bytes.count - before)
                        }
                        return (bytes, sizes)
                    }
                }
                for result in packed {
                    let (bytes, sizes) = try result.get()
                    try file.append(values: bytes)
                    for size in sizes {
                        end += UInt64(size)
                        newEnds.append(end)
                    }
                }
            }
        }
        try layout.write(.recordEnds, to: file) { () throws(StoreError) in try file.append(values: newEnds) }
    }

    /// The entries of one table of all segments, by key and then by place.
    private func merge(_ table: Int, to file: PagedWriter) throws(StoreError) -> KeyPages {
        var writer = try KeyPagesWriter(file, documents: count)
        var walks: [KeyWalk] = []
        for (at, segment) in segments.enumerated() {
            walks.append(try KeyWalk(segment.segment, table, places: places[at]))
        }
        // Few segments: the least is found by looking at each. `.max` is none.
        var heads = walks.map(\.first)
        while true {
            var least = 0
            for at in 1..<heads.count where heads[at] < heads[least] { least = at }
            let entry = heads[least]
            guard entry < .max else { break }
            try writer.append(entry, to: file)
            heads[least] = try walks[least].next()
        }
        return try writer.finish(to: file)
    }
}
