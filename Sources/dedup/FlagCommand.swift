import ArgumentParser
import DedupKit
import Inputs
import Output
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
    @OptionGroup(title: "Matching") var ignored: IgnoreOptions
    @OptionGroup(title: "Matching") var work: WorkOptions
    @OptionGroup(title: "Output") var result: PairOutputOptions
    private var output: OutputOptions { result.output }

    func validate() throws {
        if output.isPage {
            throw ValidationError("flag draws no page: dedup cluster draws one with -o \(output.output!).")
        }
    }

    func run() throws {
        try Failure.reporting {
            let inputs = try input.open(temporaryFolder: work.tempDir)
            let file = try output.open(besides: inputs)
            var request = DumpRun.Request(level: .copy, isStrict: input.strict)
            request.definition.dateOrder = input.records.dateOrder
            request.definition.copy.ignored = try ignored.texts()
            let run = DumpRun(inputs, request, work, stats: output.stats, isQuiet: output.quiet)
            var clustering = try run.clusters()
            let flags = CopyFlags(clustering)
            clustering.add(flags.problems)
            run.clearProgress()
            clustering.add(try run.writing { try write(flags, clustering, to: file) })
            try run.finish(clustering, in: output.output)
        }
    }

    private func write(_ flags: CopyFlags, _ clustering: Clustering, to file: OutputFile) throws -> [Problem] {
        var lost: [Problem] = []
        switch result.pairs ? .jsonl : output.chosenFormat {
        case .text: try FlagTextReport.write(flags, clustering, style: output.style, to: file)
        case .jsonl:
            lost = try FlagJSONLinesReport.write(
                flags, clustering, withPairs: result.pairs, wording: .command, to: file)
        case .tsv: try FlagTable.write(flags, clustering, .tsv, to: file)
        case .csv: try FlagTable.write(flags, clustering, .csv, to: file)
        }
        try file.commit()
        return lost
    }
}
