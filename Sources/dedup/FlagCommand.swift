import ArgumentParser
import DedupKit
import Inputs
public import Output
public import Records
import Report
import Workers

struct FlagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flag",
        abstract: "Flags syndicated copies: each document once, with what it is a copy of, how much, and how.",
        discussion: """
            EXAMPLES
              dedup flag news.jsonl
              dedup flag archive/ --format tsv -o flags.tsv
            """)

    static let _errorPrefix = errorPrefix

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Matching") var work: WorkOptions
    @OptionGroup(title: "Output") var result: PairOutputOptions
    private var output: OutputOptions { result.output }

    func run() throws {
        try Failure.reporting {
            try Failure.checkKernel()
            let inputs = try input.open(temporaryFolder: work.tempDir)
            let file = try output.open(besides: inputs)
            var parameters = Parameters()
            parameters.level = .copy
            parameters.threads = work.threads ?? Workers.available
            parameters.stopsAtProblem = input.strict
            parameters.timesStages = output.stats != nil
            var pipeline = Pipeline(parameters)
            let line = ProgressLine()
            if Terminal.isError, !output.quiet { pipeline.progress = { line.show($0, $1, $2) } }
            var clustering = try work.run(pipeline, inputs, quietly: output.quiet)
            if input.strict, let problem = clustering.problems.first { throw Failure(.someUnreadable, problem) }
            let flags = CopyFlags(clustering, of: inputs)
            clustering.add(flags.problems)
            line.clear()
            clustering.add(try pipeline.stages.measure(.write) { try write(flags, clustering, of: inputs, to: file) })
            if let stats = output.stats { try StatsFile.write(pipeline.stages, clustering, to: stats) }
            try Complaints(clustering, of: inputs).report(quietly: output.quiet)
        }
    }

    private func write(_ flags: CopyFlags, _ clustering: Clustering, of inputs: InputSet, to file: OutputFile) throws
        -> [Problem]
    {
        do {
            var lost: [Problem] = []
            switch result.pairs ? .jsonl : output.chosenFormat {
            case .text: try FlagTextReport.write(flags, clustering, of: inputs, style: output.style, to: file)
            case .jsonl:
                lost = try FlagJSONLinesReport.write(
                    flags, clustering, of: inputs, withPairs: result.pairs, wording: .command, to: file)
            case .tsv: try FlagTSVReport.write(flags, clustering, to: file)
            }
            try file.commit()
            return lost
        } catch {
            throw Failure(.cannotWrite, "\(error)")
        }
    }
}
