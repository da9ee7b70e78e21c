import ArgumentParser
import DedupKit
import Evaluation
import JSON
import Output
import Report
import Workers

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Scores clusters against labels: B-cubed, pairs, adjusted Rand index.",
        discussion: """
            RESULT is what cluster wrote as jsonl or tsv, or lines of id, tab, cluster. GOLD is lines of id, tab, \
            label, or JSON Lines with id and label.

            With --thin there is no GOLD, and RESULT is a dump with a label in each record: it is clustered as it is, \
            thinned (of seven in ten events one report is left, so that most stories stand alone, as in real dumps) and \
            in 75 handfuls of 5 to 50 stories. The same dump gives the same scores.

            EXAMPLES
              dedup eval clusters.jsonl gold.tsv
              dedup eval clusters.jsonl gold.tsv --level near --min-f1 0.9
              dedup eval --thin --by-size labelled.jsonl.gz
            """)

    static let _errorPrefix = errorPrefix

    @Argument(help: ArgumentHelp("Clusters to score.", valueName: "result"), completion: .file())
    var result: String
    @Argument(help: ArgumentHelp("What they should be.", valueName: "gold"), completion: .file())
    var gold: String?
    @Option(help: "Level to score.")
    var level = Level.event
    @Flag(help: "Cluster a labelled dump as it is, thinned, and in handfuls.")
    var thin = false
    @Flag(help: "Also tell B-cubed by how many documents the gold cluster of a document has.")
    var bySize = false
    @Option(
        name: .customLong("min-f1"),
        help: ArgumentHelp(
            "Fail with exit code 1 where the B-cubed F1 is lower; with --thin that of the dump as it is, or the mean of "
                + "the thinned ones.", valueName: "f1"))
    var minF1: Double?

    func validate() throws {
        if let minF1, !(0...1).contains(minF1) { throw ValidationError("--min-f1 is from 0 to 1.") }
        if thin, gold != nil { throw ValidationError("--thin takes one dump, whose records have a label.") }
        if thin, result == "-" { throw ValidationError("--thin reads its dump twice: - can be read once.") }
        if !thin, gold == nil { throw ValidationError("Missing expected argument '<gold>'") }
    }

    func run() throws {
        try Failure.reporting {
            guard let gold else { return try scoreRuns() }
            let scores: ClusteringScores
            do {
                scores = try Labels(gold: gold).scores(of: Labels(result: result, level: level.rawValue))
            } catch let error as LabelError {
                throw Failure(.noInput, error)
            }
            try write(scores.summary + (bySize ? scores.bySize.summary(of: "B-cubed") : ""))
            try check(scores.bCubed.f1)
        }
    }

    private func scoreRuns() throws {
        let runs = try LabelledRuns(result, RunOptions(level: level, threads: Workers.available))
        var text = runs.summary
        if bySize {
            text += runs.asItIs.bySize.summary(of: "As it is")
            text += ClusteringScores.OfSize.together(runs.thinned).summary(of: "Thinned, the three together")
        }
        try write(text)
        try check(min(runs.asItIs.bCubed.f1, runs.thinned.meanF1))
        try Complaints(runs.clustering, of: runs.inputs).report(quietly: true)
    }

    private func write(_ text: String) throws {
        do {
            let output = try OutputFile(nil)
            try output.write(text.utf8)
            try output.commit()
        } catch {
            throw Failure(.cannotWrite, error)
        }
    }

    private func check(_ f1: Double) throws {
        if let minF1, f1 < minF1 {
            Terminal.say("B-cubed F1 \(fixed(f1, decimals: 4)) is below \(fixed(minF1, decimals: 4))")
            throw ExitCode(1)
        }
    }
}
