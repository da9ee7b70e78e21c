import DedupKit
import Index
import Inputs
import JSON
import Output
import Report

/// What `cluster`, `flag` and `filter` do alike with a dump: from the open inputs to the last word on standard error.
struct DumpRun {
    /// What differs from run to run.
    struct Request {
        var definition = Definition()
        var level = Level.event
        var pairs = false
        var explains = false
        var isStrict = false
    }

    let inputs: InputSet
    let progress: Progress?
    var times: StageTimes { pipeline.times }
    private let pipeline: Pipeline
    private let line = ProgressLine()
    private let work: WorkOptions
    private let stats: String?
    private let isQuiet: Bool
    private let start = now()

    /// - Parameters:
    ///   - stats: the file for the seconds of each stage.
    ///   - isQuiet: whether nothing but errors is said.
    init(_ inputs: InputSet, _ request: Request, _ work: WorkOptions, stats: String?, isQuiet: Bool) {
        (self.inputs, self.work, self.stats, self.isQuiet) = (inputs, work, stats, isQuiet)
        let line = line
        let show: Progress = { phase, done, total in line.show(phase, done, total) }
        progress = Terminal.isError && !isQuiet ? show : nil
        var options = work.options(level: request.level)
        options.pairs = request.pairs
        options.explains = request.explains
        options.stopsAtProblem = request.isStrict
        options.timesStages = stats != nil
        options.progress = progress
        pipeline = Pipeline(request.definition, options: options)
    }

    /// Clusters the dump; the progress line stays for what comes after.
    func clusters() throws -> Clustering {
        if !isQuiet { work.warn(of: inputs, pipeline.options.level) }
        let clustering: Clustering
        do { clustering = try pipeline.run(inputs) } catch { throw Failure(.cannotWrite, error) }
        if !isQuiet { work.tell(of: clustering) }
        do { try Textless(clustering, inputs.fields).refuse() } catch {
            line.clear()
            throw error
        }
        if pipeline.options.stopsAtProblem, let problem = clustering.problems.first {
            line.clear()
            throw Failure(.someUnreadable, problem)
        }
        return clustering
    }

    /// Holds the dump against an index.
    func held(against index: Index) throws -> HeldAgainst {
        if !isQuiet { work.warn(of: inputs, pipeline.options.level) }
        let held = try attempt { () throws(IndexError) in
            try index.hold(inputs, by: pipeline) { read in
                line.clear()
                try Textless(read, inputs.fields).refuse()
                guard pipeline.options.stopsAtProblem, let problem = read.problems.first else { return }
                throw Failure(.someUnreadable, problem)
            }
        }
        if !isQuiet { work.tell(of: held.clustering) }
        return held
    }

    func clearProgress() { line.clear() }

    /// Books the time of writing; what goes wrong there is said as such.
    func writing<R>(_ body: () throws -> R) throws -> R {
        try times.measure(.write) {
            do { return try body() } catch { throw Failure(.cannotWrite, error) }
        }
    }

    /// Says what there is to say of the input, and ends the command as that asks for.
    ///
    /// - Parameters:
    ///   - file: where the result is, if not on standard output.
    ///   - read: what was read of the input, where there is more in the clustering.
    func finish(_ clustering: Clustering, in file: String? = nil, read: Clustering? = nil) throws {
        if let file, Terminal.isError, !isQuiet {
            let level = clustering.levels.last!, clusters = counted(clustering.clusterCount(level), "cluster")
            let seconds = fixed(now() - start, decimals: 1)
            Terminal.say("\(file): \(clusters) at level \(level.rawValue), in \(seconds) s")
        }
        if let stats { try StatsFile.write(times, clustering, to: stats) }
        var told = read ?? clustering
        if read != nil { told.add(clustering.problems) }
        // Texts are read again for what is written.
        told.add(inputs.changes.filter { !told.problems.contains($0) })
        try Complaints(told, of: inputs).report(quietly: isQuiet)
    }
}
