import Columns
import Containment
import MinHash
import Records
import Synchronization
import Workers

/// The one pass over all text: documents in, their columns and sketches out.
package struct FirstPass {
    package var documents: Documents
    package var sketches: SketchStore
    /// Empty where copies are not asked for.
    package var samples: SampleStore
    /// Of each chunk.
    package var reports: [ChunkReport]

    /// - Parameter foreign: ids that are taken.
    package init(
        _ source: any DocumentSource, _ run: Run, besides foreign: (any ForeignIdentifiers)? = nil
    ) throws(SpillError) {
        let gathering = Gathering(source, run)
        let gathered = Mutex(gathering)
        let done = ProgressCounter(run.options.progress, .reading, total: source.expectedChunks)
        run.workers.forEachWhile(scratch: { Sketcher(source, run) }) { sketcher, chunk in
            guard !run.options.isStopped(), source.hasChunk(chunk) else { return false }
            let result = sketcher.scan(chunk)
            gathered.withLock { $0.add(result, of: chunk) }
            done.advance()
            return true
        }
        let memory = run.options.memory
        if let failure = memory.folder.failure { throw failure }

        var all = gathered.withLock { gathered in
            defer { gathered = gathering }
            return gathered
        }
        reports = all.reports
        sketches = all.sketches
        samples = all.samples
        documents = all.documents
        documents.identifiers = all.identifiers.makeUnique(besides: foreign)
        documents.findKnown()
        documents.settleDates(run.definition.dateOrder)
        if let failure = memory.folder.failure { throw failure }
    }
}

/// The results of chunks, put together in the order of the chunks; in temporary files from the moment on at which they
/// take more memory than they may.
private struct Gathering: Sendable {
    private let memory: Memory
    private let level: Level
    /// Chunks that were ready before their turn.
    private var waiting: [Int: SketchedChunk] = [:]
    var documents: Documents
    var identifiers: IdentifierBuilder
    var sketches: SketchStore
    var samples = SampleStore()
    var reports: [ChunkReport] = []

    init(_ source: any DocumentSource, _ run: Run) {
        memory = run.options.memory
        level = run.options.level
        documents = Documents(of: source)
        identifiers = IdentifierBuilder(source)
        sketches = SketchStore(banding: run.definition.banding)
    }

    mutating func add(_ chunk: SketchedChunk, of number: Int) {
        waiting[number] = chunk
        while let next = waiting.removeValue(forKey: reports.count) { append(next) }
    }

    private mutating func append(_ chunk: SketchedChunk) {
        documents.append(chunk.columns)
        identifiers.append(chunk.identifiers, chunk.report)
        if let slab = chunk.sketches { sketches.append(slab) }
        if let slab = chunk.samples { samples.append(slab) }
        reports.append(chunk.report)
        if memory.isExceeded(by: documents.count, idBytes: identifiers.byteCount, level) {
            documents.spill(to: memory.folder)
            identifiers.spill(to: memory.folder)
            sketches.spill(to: memory.folder)
            samples.spill(to: memory.folder)
        }
    }
}
