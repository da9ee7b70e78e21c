import Corpus
import MinHash
import Shingle
import Workers

/// The one pass over all text: documents in, their columns and sketches out.
struct FirstPass {
    var documents: Documents
    var sketches: SketchStore
    var reports: [ChunkReport] = []
    var linesBefore: [Int]

    /// - Parameter progress: told after each chunk how many have been read.
    init(_ inputs: InputSet, _ parameters: Parameters, _ stages: StageTimes, progress: Progress?) {
        let banding = Banding(threshold: parameters.threshold)
        let workers = Workers(count: parameters.threads)
        let scratch = PerWorker(count: workers.count) { ChunkScanner(inputs, parameters, banding) }
        let results = PerWorker<ScannedChunk?>(count: inputs.chunkCount) { nil }
        let done = ProgressCounter(progress, .reading, total: inputs.chunkCount)
        workers.forEach(inputs.chunkCount) { chunk, worker in
            results[chunk] = scratch[worker].scan(chunk)
            done.advance()
        }
        for worker in 0..<workers.count { stages.add(scratch[worker].clock) }

        let columns = (0..<inputs.chunkCount).map { results[$0]! }
        linesBefore = inputs.linesBefore(columns.map(\.report.lines))
        sketches = SketchStore(banding: banding)
        documents = Documents(
            identifiers: Identifiers(columns.map(\.identifiers), linesBefore: linesBefore, inputs: inputs))
        for chunk in columns {
            documents.append(chunk)
            if let slab = chunk.sketches { sketches.append(slab) }
            reports.append(chunk.report)
        }
    }
}

/// What one chunk gave.
struct ScannedChunk {
    var identifiers = ChunkIdentifiers()
    var locations: [RecordLocation] = []
    var fingerprints: [Fingerprint] = []
    var dates: [Int64] = []
    var lengths: [UInt32] = []
    var sources: [UInt32] = []
    var languages: [UInt32] = []
    var sourceNames = Names()
    var languageNames = Names()
    var sketches: SketchSlab?
    var report = ChunkReport()
}

extension Documents {
    mutating func append(_ chunk: ScannedChunk) {
        locations += chunk.locations
        fingerprints += chunk.fingerprints
        dates += chunk.dates
        lengths += chunk.lengths
        let sourceNumbers = chunk.sourceNames.all.map { sourceNames.number(of: $0) }
        sources += chunk.sources.map { sourceNumbers[Int($0)] }
        let languageNumbers = chunk.languageNames.all.map { languageNames.number(of: $0) }
        languages += chunk.languages.map { languageNumbers[Int($0)] }
    }
}

/// One worker's reader, shingler and signature, used again for every document.
final class ChunkScanner {
    private let inputs: InputSet
    private let reader: RecordReader
    private let shingler: Shingler
    private let banding: Banding?
    private let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: Signature.slotCount)
    private(set) var clock: StageClock

    init(_ inputs: InputSet, _ parameters: Parameters, _ banding: Banding) {
        self.inputs = inputs
        self.banding = parameters.level == .exact ? nil : banding
        reader = RecordReader(fields: inputs.fields)
        shingler = Shingler(width: parameters.shingleWidth)
        clock = StageClock(enabled: parameters.timesStages)
    }

    deinit { slots.deallocate() }

    func scan(_ number: Int) -> ScannedChunk {
        var chunk = ScannedChunk()
        chunk.sketches = banding.map { SketchSlab(banding: $0, capacity: 512) }
        clock.start()
        chunk.report = inputs.forEachRecord(inChunk: number, using: reader) { record in
            clock.lap(.parse)
            shingler.read(record.text)
            chunk.fingerprints.append(shingler.fingerprint)
            clock.lap(.tokenise)
            chunk.sketches?.append(sketch())
            chunk.identifiers.append(record)
            chunk.locations.append(record.location)
            chunk.lengths.append(UInt32(shingler.tokens.count))
            chunk.dates.append(record.date.flatMap(Timestamp.parse) ?? Documents.undated)
            chunk.sources.append(chunk.sourceNames.number(of: record.source))
            chunk.languages.append(chunk.languageNames.number(of: record.language))
            clock.lap(.columns)
        }
        clock.lap(.parse)
        return chunk
    }

    /// Signature of the text just read; nil where it has too few words to resemble another.
    private func sketch() -> UnsafePointer<UInt32>? {
        guard shingler.tokens.count >= shingler.width else { return nil }
        let shingles = UnsafeBufferPointer(shingler.shingles())
        clock.lap(.shingle)
        Signature.write(shingles, to: slots)
        clock.lap(.sketch)
        return UnsafePointer(slots)
    }
}
