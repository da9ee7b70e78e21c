import ArgumentParser
import DedupKit
import Evaluation
import JSON
import Output
import Report

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Scores clusters against labels: B-cubed, pairs, adjusted Rand index.",
        discussion: """
            RESULT is what cluster wrote as jsonl or tsv, or lines of id, tab, cluster. GOLD is lines of id, tab, \
            label, or JSON Lines with id and label.

            EXAMPLES
              dedup eval clusters.jsonl gold.tsv
              dedup eval clusters.jsonl gold.tsv --level near --min-f1 0.9
            """)

    static let _errorPrefix = errorPrefix

    @Argument(help: ArgumentHelp("Clusters to score.", valueName: "result"), completion: .file())
    var result: String
    @Argument(help: ArgumentHelp("What they should be.", valueName: "gold"), completion: .file())
    var gold: String
    @Option(help: "Level of the result to score.")
    var level = Level.event
    @Option(
        name: .customLong("min-f1"),
        help: ArgumentHelp("Fail with exit code 1 where the B-cubed F1 is lower.", valueName: "f1"))
    var minF1: Double?

    func validate() throws {
        if let minF1, !(0...1).contains(minF1) { throw ValidationError("--min-f1 is from 0 to 1.") }
    }

    func run() throws {
        try Failure.reporting {
            let scores: ClusteringScores
            do {
                let gold = try Labels(gold: gold)
                scores = try gold.scores(of: Labels(result: result, level: level.rawValue))
            } catch let error as LabelError {
                throw Failure(.noInput, error)
            }
            do {
                let output = try OutputFile(nil)
                try output.write((scores.summary + "\n").utf8)
                try output.commit()
            } catch {
                throw Failure(.cannotWrite, error)
            }
            if let minF1, scores.bCubed.f1 < minF1 {
                Terminal.say("B-cubed F1 \(fixed(scores.bCubed.f1, decimals: 4)) is below \(fixed(minF1, decimals: 4))")
                throw ExitCode(1)
            }
        }
    }
}

extension ClusteringScores {
    fileprivate var summary: String {
        func row(_ name: String, _ agreement: Agreement) -> String {
            let values = [agreement.precision, agreement.recall, agreement.f1].map { fixed($0, decimals: 4) }
            return name + values.joined(separator: "     ")
        }
        return """
            \(documents) documents, \(goldClusters) gold clusters, \(predictedClusters) predicted
                       precision  recall     F1
            \(row("B-cubed    ", bCubed))
            \(row("pairs      ", pairwise))
            adjusted Rand index \(fixed(adjustedRand, decimals: 4))
            """
    }
}
