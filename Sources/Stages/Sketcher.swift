import Containment
import MinHash
import Overlap
import Records
import Shingle

/// What one chunk gave.
struct SketchedChunk: Sendable {
    var columns = ChunkColumns()
    var identifiers = ChunkIdentifiers()
    /// Nil at level exact.
    var sketches: SketchSlab?
    /// Nil below level copy.
    var samples: SampleSlab?
    var report = ChunkReport()
}

/// One worker's reader, shingler and signature, used again for every document.
@safe final class Sketcher {
    private let run: Run
    private let source: any DocumentSource
    private let reader: any DocumentReader
    private var shingler: Shingler
    private let banding: Banding
    private var sampler = Sampler()
    private let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: Signature.slotCount)
    private var clock = StageClock()

    init(_ source: any DocumentSource, _ run: Run) {
        (self.run, self.source) = (run, source)
        banding = run.definition.banding
        reader = source.reader()
        shingler = Shingler(width: run.definition.shingleWidth)
    }

    /// Documents in a chunk of news. No power of two, which would put a document's band keys, this many apart, into
    /// the same few cache lines.
    private static let usualCount = 500

    deinit { unsafe slots.deallocate() }

    func scan(_ number: Int) -> SketchedChunk {
        let level = run.options.level, isTimed = run.options.timesStages
        var chunk = SketchedChunk()
        chunk.columns.reserve(Self.usualCount)
        var sketches = level > .exact ? SketchBuilder(banding: banding, capacity: Self.usualCount) : nil
        var illegible = Illegible()
        if isTimed { clock.start() }
        chunk.report = reader.forEachRecord(inChunk: number) { record in
            lap(.parse)
            let trace = record.trace
            precondition(trace == nil || level < .copy, "copies and events are told from texts")
            if trace == nil { unsafe shingler.read(padded: record.text, fingerprint: true) }
            let fingerprint = trace?.fingerprint ?? shingler.fingerprint
            let isLegible = trace != nil || !shingler.isIllegible
            // A text of no words is like no other.
            let length = trace.map { Int($0.length) } ?? (isLegible ? shingler.tokenCount : 0)
            if !isLegible {
                illegible.add(
                    Problem(path: source.path(ofFile: Int(record.location.file)), line: record.line, .lettersLost))
            }
            lap(.tokenise)
            unsafe sketches?.append(length >= shingler.width ? sketch(trace) : nil)
            if level >= .copy { unsafe sampler.append(isLegible ? sample(of: record.text) : nil) }
            chunk.identifiers.append(record)
            chunk.columns.append(record, fingerprint, length: length)
            lap(.columns)
        }
        chunk.report.illegible = illegible
        lap(.parse)
        chunk.sketches = sketches.take()?.finish()
        if level >= .copy { chunk.samples = sampler.slab() }
        lap(.sample)
        if isTimed { run.times.add(clock.taken()) }
        return chunk
    }

    private func lap(_ stage: Stage) {
        if run.options.timesStages { clock.lap(stage) }
    }

    /// Signature of the text just read, or of what is left of it.
    private func sketch(_ trace: TextTrace?) -> UnsafePointer<UInt32> {
        let shingles = unsafe trace?.shingles ?? shingler.shingles()
        lap(.shingle)
        unsafe Signature.write(shingles, to: slots)
        lap(.sketch)
        return unsafe UnsafePointer(slots)
    }

    /// The sampled shingles that copies are looked for with.
    private func sample(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt32>? {
        let tokens = shingler.tokenCount
        let width = unsafe CopyText.width(of: text, tokens: tokens)
        defer { lap(.sample) }
        return unsafe tokens >= width ? shingler.sample(width: width, below: ShingleSample.bound) : nil
    }
}
