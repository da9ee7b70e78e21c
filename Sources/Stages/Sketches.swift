import Dates
import MinHash
package import Records
package import Shingle

/// What the first pass makes of a part of a dump, for who puts the parts of many machines together: of each document
/// what follows from that document alone.
package struct Sketches: Sendable {
    package private(set) var fingerprints: [Fingerprint] = []
    /// Tokens; 0 for a text that has lost most of its letters.
    package private(set) var lengths: [UInt32] = []
    /// `RecordDate.key`, `Documents.undated` where unknown; what can be read both ways is read with the day first.
    package private(set) var dates: [Int64] = []
    package private(set) var dateNotes = DateNotes()
    /// Document by document a key for each band, zeros for a text too short to be like another; empty at level exact.
    package private(set) var keys: [UInt32] = []

    /// Reads the source from end to end, on this thread.
    package init(_ source: some DocumentSource, _ run: Run) {
        let sketcher = Sketcher(source, run), bands = run.definition.banding.bands
        var store = SketchStore(banding: run.definition.banding)
        var chunk = 0
        while !run.options.isStopped(), source.hasChunk(chunk) {
            let found = sketcher.scan(chunk)
            fingerprints += found.columns.fingerprints
            lengths += found.columns.lengths
            dates += found.columns.dates
            dateNotes.add(found.columns.dateNotes)
            if let slab = found.sketches { store.append(slab) }
            chunk += 1
        }
        keys = Array(repeating: 0, count: store.count * bands)
        for band in 0..<bands {
            unsafe store.forEachKey(band: band) { first, block in
                for at in block.indices { unsafe keys[(first + at) * bands + band] = block[at] }
            }
        }
        for document in lengths.indices where lengths[document] < run.definition.shingleWidth && !keys.isEmpty {
            for band in 0..<bands { keys[document * bands + band] = 0 }
        }
    }

    /// The dates as they are where those of the whole dump say that the month comes first.
    package var datesMonthFirst: [Int64] {
        dates.map { key in
            guard key != Documents.undated, RecordDate(key: key).isAmbiguous else { return key }
            return RecordDate(key: key).turned.key
        }
    }
}
