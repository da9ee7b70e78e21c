import Containment
import Dates
import MinHash
import Records
import Stages
import Store
import Workers

/// Writes the documents of a pass, or those of them that are new, as a segment.
struct SegmentBuilder {
    let pass: FirstPass
    let definition: IndexDefinition
    /// The documents that are written, ascending, and what they are called.
    let documents: [DocumentNumber]
    let numbers: [UInt32]
    let workers: Workers

    private var columns: Documents { pass.documents }

    func write(to folder: StoreFolder, _ name: String, tag: UInt64) throws(IndexError) -> PagedFileName {
        let file: PagedWriter
        var layout = SegmentLayout(documents: documents.count)
        layout.form = definition.keepsTexts ? .plain : .withoutText
        do throws(StoreError) {
            file = try PagedWriter(folder, name, tag: tag)
            try layout.write(.numbers, to: file) { () throws(StoreError) in try file.append(values: numbers) }
            try layout.write(.fingerprints, to: file) { () throws(StoreError) in
                try file.append(
                    values: documents.flatMap {
                        [columns.fingerprints[$0.index].low, columns.fingerprints[$0.index].high]
                    })
            }
            try layout.write(.dates, to: file) { () throws(StoreError) in
                try file.append(values: documents.map { settledDate(columns.dates[$0.index]) })
            }
            try layout.write(.lengths, to: file) { () throws(StoreError) in
                try file.append(values: documents.map { columns.lengths[$0.index] })
            }
            try writeOutlets(&layout, to: file)
            try writeIdentifiers(&layout, to: file)
        } catch {
            throw .store(error)
        }
        try writeRecords(&layout, to: file)
        do throws(StoreError) {
            try writeKeys(&layout, to: file)
            try file.append(values: layout.words)
            return try file.finish()
        } catch {
            throw .store(error)
        }
    }

    private func writeOutlets(_ layout: inout SegmentLayout, to file: PagedWriter) throws(StoreError) {
        var numbers: [UInt32: UInt32] = [0: 0], names = [""]
        let own = documents.map { document in
            let source = columns.sources[document.index]
            if let number = numbers[source] { return number }
            numbers[source] = UInt32(names.count)
            names.append(columns.sourceNames[source])
            return UInt32(names.count - 1)
        }
        try layout.write(.sources, to: file) { () throws(StoreError) in try file.append(values: own) }
        try layout.write(names: names, to: file)
    }

    private func writeIdentifiers(_ layout: inout SegmentLayout, to file: PagedWriter) throws(StoreError) {
        let ids = documents.map { document in
            unsafe columns.identifiers.withBytes(of: document) { unsafe Array($0) }
        }
        try layout.write(.idEnds, to: file) { () throws(StoreError) in
            var end: UInt64 = 0
            try file.append(
                values: ids.map { id in
                    end += UInt64(id.count)
                    return end
                })
        }
        try layout.write(.ids, to: file) { () throws(StoreError) in for id in ids { try file.append(values: id) } }
        try layout.write(
            table:
                ids.enumerated().map { place, id in
                    unsafe id.withUnsafeBytes { unsafe UInt64(idKey($0)) } << 32 | UInt64(place)
                }, to: file)
        let prints = documents.enumerated().map { place, document in
            let key = UInt32(truncatingIfNeeded: columns.fingerprints[document.index].low)
            return UInt64(key) << 32 | UInt64(place)
        }
        try layout.write(
            table: zip(prints, documents).filter { columns.lengths[$1.index] > 0 }.map(\.0), to: file)
    }

    /// Reads the records again and writes them as they are: those of the last days are asked for most, and when texts
    /// are merged for the second time is time enough to compress them.
    private func writeRecords(_ layout: inout SegmentLayout, to file: PagedWriter) throws(IndexError) {
        let size = 64, batch = size * workers.count
        let (columns, documents, definition) = (columns, documents, definition)
        var ends: [UInt64] = []
        do throws(StoreError) { try file.align() } catch { throw .store(error) }
        let start = file.count
        layout.starts[SegmentLayout.Section.records.rawValue] = start
        for first in stride(from: 0, to: documents.count, by: batch) {
            let read = workers.map(workers.count, scratch: { RecordReader(columns, definition) }) { reader, block in
                Result { () throws(Problem) in
                    var bytes: [UInt8] = [], sizes: [Int] = []
                    let from = min(documents.count, first + block * size)
                    for document in documents[from..<min(documents.count, from + size)] {
                        let before = bytes.count
                        try reader.append(document, to: &bytes)
                        sizes.append(bytes.count - before)
                    }
                    return (bytes, sizes)
                }
            }
            for result in read {
                let (bytes, sizes) = try Self.read(result)
                var end = UInt64(file.count - start)
                for size in sizes {
                    end += UInt64(size)
                    ends.append(end)
                }
                do throws(StoreError) { try file.append(bytes) } catch { throw .store(error) }
            }
        }
        layout.sizes[SegmentLayout.Section.records.rawValue] = file.count - start
        do throws(StoreError) {
            try layout.write(.recordEnds, to: file) { () throws(StoreError) in try file.append(values: ends) }
        } catch {
            throw .store(error)
        }
    }

    private static func read<R>(_ result: Result<R, Problem>) throws(IndexError) -> R {
        do throws(Problem) { return try result.get() } catch { throw .input(error) }
    }

    private func writeKeys(_ layout: inout SegmentLayout, to file: PagedWriter) throws(StoreError) {
        var places = [UInt32](repeating: .max, count: columns.count)
        var isIn = [Bool](repeating: false, count: columns.count)
        for (place, document) in documents.enumerated() {
            places[document.index] = UInt32(place)
            isIn[document.index] = columns.lengths[document.index] >= definition.definition.shingleWidth
        }
        func write(_ entries: [UInt64], to table: inout KeyPagesWriter) throws(StoreError) {
            for entry in entries {
                try table.append(entry & ~0xFFFF_FFFF | UInt64(places[Int(entry & 0xFFFF_FFFF)]), to: file)
            }
        }
        var samples = try KeyPagesWriter(file, documents: documents.count)
        if pass.samples.count > 0 {
            for part in 0..<SampleStore.partCount {
                try write(CandidateSearch.sorted(pass.samples, part: part, where: isIn), to: &samples)
            }
        }
        layout.tables.append(try samples.finish(to: file))
        let sketches = pass.sketches, all = isIn, most = definition.definition.banding.bands
        // Sorted some bands at a time, so that workers have something to do and memory is kept.
        let bands = sketches.count > 0 ? most : 0
        for first in stride(from: 0, to: most, by: workers.count) {
            let batch = min(most, first + workers.count) - first
            let sorted = workers.map(batch) { at in
                bands > 0 ? CandidateSearch.sorted(sketches, band: first + at, where: all) : []
            }
            for entries in sorted {
                var band = try KeyPagesWriter(file, documents: documents.count)
                try write(entries, to: &band)
                layout.tables.append(try band.finish(to: file))
            }
        }
    }
}

extension SegmentLayout {
    /// Notes where a section of `body` stands.
    mutating func write(
        _ section: Section, to file: PagedWriter, _ body: () throws(StoreError) -> Void
    ) throws(StoreError) {
        try file.align()
        let start = file.count
        try body()
        (starts[section.rawValue], sizes[section.rawValue]) = (start, file.count - start)
    }

    mutating func write(names: [String], to file: PagedWriter) throws(StoreError) {
        try write(.names, to: file) { () throws(StoreError) in
            for name in names {
                var bytes: [UInt8] = []
                bytes.append(number: name.utf8.count)
                try file.append(bytes + Array(name.utf8))
            }
        }
    }

    /// - Parameter entries: `key << 32 | place`, in the order of places.
    mutating func write(table entries: [UInt64], to file: PagedWriter) throws(StoreError) {
        var entries = entries
        sortByKey(&entries)
        var table = try KeyPagesWriter(file, documents: documents)
        for entry in entries { try table.append(entry, to: file) }
        tables.append(try table.finish(to: file))
    }
}

/// `RecordDate.key` of a date that was read one way or the other: from now on it is sure.
func settledDate(_ key: Int64) -> Int64 {
    guard key != Documents.undated else { return key }
    let date = RecordDate(key: key)
    return date.isAmbiguous ? date.seconds << 2 : key
}
