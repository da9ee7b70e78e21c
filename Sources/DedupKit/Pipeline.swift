public import Columns
import Containment
import MinHash
public import Records
public import Stages
import Tables

/// The whole flow: documents in, nested clusters out.
///
///     let texts = ["Rain fell all night long.", "RAIN fell – all night long!", "The sun shone all day."]
///     let clustering = try Pipeline().run(texts: texts)
///     clustering.labels[.exact]  // [0, 0, 2]
public struct Pipeline: Sendable {
    public var definition: Definition
    public var options: RunOptions
    /// Where the time went, after a run.
    public let times = StageTimes()

    public init(_ definition: Definition = Definition(), options: RunOptions = RunOptions()) {
        (self.definition, self.options) = (definition, options)
    }

    /// Clusters texts; each is called by its number.
    public func run(texts: [String]) throws(SpillError) -> Clustering {
        try run(MemorySource(documents: texts.map { Document(text: $0) }))
    }

    /// Same documents and definition, same answer: whatever the options, the kernel and where the documents come from.
    ///
    /// Near-linear in the bytes read; keeps some 450 bytes a document at level near.
    ///
    /// - Throws: where what does not fit in memory cannot be written to temporary files.
    public func run(_ source: some DocumentSource) throws(SpillError) -> Clustering {
        var result = clusters(of: try FirstPass(source, Run(definition, options, times)))
        if let failure = source.failure { throw failure }
        result.add(source.changes)
        result.documents.load(within: options.memory.roomBesideReport(of: result.documents.count))
        return result
    }

    /// The stages behind the first pass.
    ///
    /// - Parameter recurring: keys of shingles that recur among texts that are not here.
    package func clusters(of first: consuming FirstPass, recurring: [RecurringKeys.Entry] = []) -> Clustering {
        let run = Run(definition, options, times)
        var pass = consume first
        var result = Clustering(pass.documents, definition, options)
        result.add(pass.reports)
        if options.stopsAtProblem && result.unreadable > 0 || options.isStopped() { return result }

        let exact = times.measure(.exact) {
            ExactStage(
                pass.documents, order: pass.documents.preferenceOrder(definition),
                shortest: definition.shingleWidth)
        }
        result.labels[.exact] = exact.labels
        guard options.level > .exact, !options.isStopped() else { return result }

        let near = NearStage(pass.documents, pass.sketches, exact: exact, run)
        result.labels[.near] = near.labels
        result.pairs = near.pairs
        result.add(near.problems)
        guard options.level > .near, !options.isStopped() else { return result }
        // Each level makes room for the next.
        pass.sketches = SketchStore(banding: definition.banding)

        let items: Numbering<OfItem, OfDocument> = exact.texts.filter { near.labels[$0.index] == $0 }
        if !recurring.isEmpty { pass.samples.remove(RecurringKeys(recurring)) }
        let copy = times.measure(.copy) {
            CopyStage(pass.documents, taking: &pass.samples, items: items, run, known: recurring)
        }
        let copies = items.coarsen(near.labels, by: copy.representatives)
        result.labels[.copy] = copies
        result.add(copy)
        guard options.level > .copy, !options.isStopped() else { return result }

        let voices: Numbering<OfVoice, OfDocument> = exact.texts.filter { copies[$0.index] == $0 }
        times.measure(.event) {
            let event = EventStage(pass.documents, voices: voices, run)
            result.labels[.event] = voices.coarsen(copies, by: event.clustering.labels)
            result.add(event.problems)
            // One for both, so that a text that is lost is told once.
            let workers = options.workers, lost = LostTexts(isStopped: workers.isStopped)
            let titles = EventTitles(pass.documents, workers: workers, lost: lost)
            let facts = options.explains ? EventFacts(pass.documents, workers: workers, lost: lost) : nil
            result.evidence = EventEvidence(
                event.clustering, voices: voices, copies: copies, titles: titles, facts: facts)
            result.add(lost.problems)
        }
        return result
    }
}
