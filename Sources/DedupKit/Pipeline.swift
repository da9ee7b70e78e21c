public import Columns
public import Inputs
import MinHash
public import Records

/// The whole flow: documents in, nested clusters out.
///
///     let inputs = try InputSet(paths: ["news.jsonl"])
///     let clustering = Pipeline(Parameters()).run(inputs)
public struct Pipeline {
    public let parameters: Parameters
    public var progress: Progress?
    /// Where the time went, after a run.
    public let stages = StageTimes()

    public init(_ parameters: Parameters) { self.parameters = parameters }

    /// Same inputs and parameters, same answer: whatever the number of threads and the kernel.
    ///
    /// Near-linear in the bytes read; keeps some 450 bytes a document at level near.
    public func run(_ inputs: InputSet) -> Clustering {
        // Nothing is written that could fail; streams that cannot be copied are among the problems.
        try! stages(inputs, .unlimited)
    }

    /// The same in bounded memory.
    public func run(_ inputs: InputSet, memory: Memory) throws(SpillError) -> Clustering {
        var result = try stages(inputs, memory)
        if let failure = inputs.spoolFailure { throw failure }
        let room = memory.roomBesideReport(of: result.documents.count)
        result.documents = result.documents.loaded(within: room)
        return result
    }

    private func stages(_ inputs: InputSet, _ memory: Memory) throws(SpillError) -> Clustering {
        var pass = try FirstPass(inputs, parameters, memory, stages, progress: progress)
        let documents = pass.documents
        let shortest = parameters.shingleWidth
        var result = Clustering(
            documents: documents, parameters: parameters, tooShort: documents.lengths.map { $0 < shortest })
        for (report, lines) in zip(pass.reports, pass.linesBefore) {
            result.problems += report.problems(linesBefore: lines)
            result.unreadable += report.unreadable
            result.repaired += report.repaired
            result.withoutText += report.withoutText
        }

        if parameters.stopsAtProblem, result.unreadable > 0 { return result }

        let exact = stages.measure(.exact) {
            ExactStage(documents, order: preferenceOrder(documents, parameters.keep), shortest: shortest)
        }
        result.labels[.exact] = exact.labels
        guard parameters.level > .exact else { return result }

        let near = NearStage(
            inputs, documents, pass.sketches, exact: exact, parameters, memory, stages, progress: progress)
        result.labels[.near] = near.labels
        result.pairs = near.pairs
        result.add(near.problems)
        guard parameters.level > .near else { return result }
        // Each level makes room for the next.
        pass.sketches = SketchStore(banding: Banding(threshold: parameters.threshold))

        let copy = stages.measure(.copy) {
            CopyStage(
                inputs, documents, taking: &pass.samples, near: near.labels, items: exact.items, parameters)
        }
        result.labels[.copy] = copy.labels
        result.copies = copy.links
        result.kinships = copy.kinships
        result.boilerplate = copy.boilerplate
        result.recurring = copy.recurring
        result.add(copy.problems)
        guard parameters.level > .copy else { return result }

        let event = stages.measure(.event) {
            EventStage(inputs, documents, copies: copy.labels, items: exact.items, parameters, progress: progress)
        }
        result.labels[.event] = event.labels
        result.evidence = event.evidence
        result.add(event.problems)
        return result
    }
}

extension Clustering {
    /// Counts what could not be read.
    public mutating func add(_ problems: [Problem]) {
        self.problems += problems
        unreadable += problems.count
    }
}
