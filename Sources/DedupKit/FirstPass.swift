public import Columns
import Containment
import Inputs
import MinHash
import Overlap
public import Records
import Shingle
import Synchronization
import Workers

/// The one pass over all text: documents in, their columns and sketches out.
struct FirstPass {
    var documents: Documents
    var sketches: SketchStore
    /// Empty where copies are not asked for.
    var samples: SampleStore
    var reports: [ChunkReport]
    var linesBefore: [Int]

    /// - Parameter progress: told after each chunk how many have been read.
    init(
        _ inputs: InputSet, _ parameters: Parameters, _ memory: Memory, _ stages: StageTimes, progress: Progress?
    ) throws(SpillError) {
        let banding = Banding(threshold: parameters.threshold)
        let workers = Workers(count: parameters.threads)
        let scratch = PerWorker(count: workers.count) { ChunkScanner(inputs, parameters, banding) }
        let gathered = Mutex(Gathering(inputs, parameters.level, banding, memory))
        let done = ProgressCounter(progress, .reading, total: inputs.expectedChunks)
        workers.forEachWhile { chunk, worker in
            guard inputs.hasChunk(chunk) else { return false }
            let result = scratch[worker].scan(chunk)
            gathered.withLock { $0.add(result, of: chunk) }
            done.advance()
            return true
        }
        for worker in 0..<workers.count { stages.add(scratch[worker].clock) }
        if let failure = memory.folder.failure { throw failure }

        var all = gathered.withLock { gathered in
            defer { gathered = Gathering(inputs, parameters.level, banding, memory) }
            return gathered
        }
        reports = all.reports
        linesBefore = reports.linesBefore
        sketches = all.sketches
        samples = all.samples
        documents = Documents(all.columns, identifiers: all.identifiers.makeUnique())
        if let failure = memory.folder.failure { throw failure }
    }
}

/// The results of chunks, put together in the order of the chunks; in temporary files from the moment on at which they
/// take more memory than they may.
private struct Gathering: Sendable {
    private let memory: Memory
    private let level: Level
    /// Chunks that were ready before their turn.
    private var waiting: [Int: ScannedChunk] = [:]
    var columns = DocumentColumns()
    var identifiers: IdentifierBuilder
    var sketches: SketchStore
    var samples = SampleStore()
    var reports: [ChunkReport] = []

    init(_ inputs: InputSet, _ level: Level, _ banding: Banding, _ memory: Memory) {
        self.memory = memory
        self.level = level
        identifiers = IdentifierBuilder(inputs)
        sketches = SketchStore(banding: banding)
    }

    mutating func add(_ chunk: ScannedChunk, of number: Int) {
        waiting[number] = chunk
        while let next = waiting.removeValue(forKey: reports.count) { append(next) }
    }

    private mutating func append(_ chunk: ScannedChunk) {
        columns.append(chunk.columns)
        identifiers.append(chunk.identifiers, chunk.report)
        if let slab = chunk.sketches { sketches.append(slab) }
        if let slab = chunk.samples { samples.append(slab) }
        reports.append(chunk.report)
        if memory.isExceeded(by: columns.count, idBytes: identifiers.byteCount, level) {
            columns.spill(to: memory.folder)
            identifiers.spill(to: memory.folder)
            sketches.spill(to: memory.folder)
            samples.spill(to: memory.folder)
        }
    }
}

/// What one chunk gave.
struct ScannedChunk: Sendable {
    var columns = ChunkColumns()
    var identifiers = ChunkIdentifiers()
    var sketches: SketchSlab?
    var samples: SampleSlab?
    var report = ChunkReport()
}

/// One worker's reader, shingler and signature, used again for every document.
final class ChunkScanner {
    private let inputs: InputSet
    private let reader: RecordReader
    private let shingler: Shingler
    private let banding: Banding?
    private let wantsSamples: Bool
    private var sampler = Sampler()
    private let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: Signature.slotCount)
    private let isTimed: Bool
    private(set) var clock = StageClock()

    init(_ inputs: InputSet, _ parameters: Parameters, _ banding: Banding) {
        self.inputs = inputs
        self.banding = parameters.level == .exact ? nil : banding
        wantsSamples = parameters.level >= .copy
        reader = RecordReader(fields: inputs.fields)
        shingler = Shingler(width: parameters.shingleWidth)
        isTimed = parameters.timesStages
    }

    /// Documents in a chunk of news. No power of two, which would put a document's band keys, this many apart, into
    /// the same few cache lines.
    private static let usualCount = 500

    deinit { slots.deallocate() }

    func scan(_ number: Int) -> ScannedChunk {
        var chunk = ScannedChunk()
        chunk.columns.reserve(Self.usualCount)
        var sketches = banding.map { SketchBuilder(banding: $0, capacity: Self.usualCount) }
        if isTimed { clock.start() }
        chunk.report = inputs.forEachRecord(inChunk: number, using: reader) { record in
            lap(.parse)
            shingler.read(record.text)
            let fingerprint = shingler.fingerprint
            lap(.tokenise)
            sketches?.append(sketch())
            if wantsSamples { sampler.append(sample(of: record.text)) }
            chunk.identifiers.append(record)
            chunk.columns.append(record, fingerprint, length: shingler.tokens.count)
            lap(.columns)
        }
        lap(.parse)
        chunk.sketches = sketches.take()?.finish()
        if wantsSamples { chunk.samples = sampler.slab() }
        lap(.sample)
        return chunk
    }

    private func lap(_ stage: Stage) {
        if isTimed { clock.lap(stage) }
    }

    /// Signature of the text just read; nil where it has too few words to resemble another.
    private func sketch() -> UnsafePointer<UInt32>? {
        guard shingler.tokens.count >= shingler.width else { return nil }
        let shingles = UnsafeBufferPointer(shingler.shingles())
        lap(.shingle)
        Signature.write(shingles, to: slots)
        lap(.sketch)
        return UnsafePointer(slots)
    }

    /// The sampled shingles that copies are looked for with.
    private func sample(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt32>? {
        let tokens = shingler.tokens.count
        let width = CopyText.width(of: text, tokens: tokens)
        defer { lap(.sample) }
        return tokens >= width ? shingler.sample(width: width, below: ShingleSample.bound) : nil
    }
}
