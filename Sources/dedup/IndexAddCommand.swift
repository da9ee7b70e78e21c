import ArgumentParser
import DedupKit
import Index
import Inputs
import Output
import Page
import Report
import Workers

struct IndexAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds stories to an index, and says of each where it belongs and what it is a copy of.",
        discussion: """
            A label once given stands: new stories join clusters or found their own. A story that is there as it is \
            changes nothing; another text by an id that is there takes its place.

            EXAMPLES
              dedup index add news.index today.jsonl
              dedup index add news.index 'dump/*.jsonl.gz' -o flags.csv
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Matching") var matching: IndexMatchingOptions
    @OptionGroup(title: "Output") var result: IndexAddOutputOptions
    private var output: OutputOptions { result.output }

    func run() throws {
        try Failure.reporting {
            var opened = try index.open()
            let day = try Day("index add", index.path, opened, input, matching, output)
            let answer = try attempt { () throws(IndexError) in
                try opened.add(
                    day.inputs, options: day.options, waits: result.wait, times: day.times, approve: day.approve)
            }
            try day.finish(answer)
        }
    }
}

struct IndexAddOutputOptions: ParsableArguments {
    @OptionGroup var output: OutputOptions
    @Flag(help: "Wait for another writer, rather than give up.")
    var wait = false
}

struct IndexMatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Says of stories where they would belong in an index, and adds nothing.",
        discussion: """
            EXAMPLES
              dedup index match news.index today.jsonl
              echo '{"text": "…"}' | dedup index match news.index -
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Matching") var matching: IndexMatchingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try Failure.reporting {
            let opened = try index.open()
            let day = try Day("index match", index.path, opened, input, matching, output)
            let answer = try attempt { () throws(IndexError) in
                try opened.match(day.inputs, options: day.options, times: day.times, approve: day.approve)
            }
            try day.finish(answer)
        }
    }
}

/// What an index is expected to be: it keeps to what it was made by.
struct IndexMatchingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The level that the index must have; another one is refused.", valueName: "level"))
    var level: Level?
    @Option(help: ArgumentHelp("The threshold that it must have.", valueName: "jaccard"))
    var threshold: Double?
    @Option(help: ArgumentHelp("The event threshold that it must have.", valueName: "score"))
    var eventThreshold: Double?
    @Option(help: ArgumentHelp("The window that it must have.", valueName: "days"))
    var window: Double?
    @OptionGroup var work: WorkOptions

    /// Refuses what the index is not, naming both.
    func check(_ index: Index) throws {
        let own = index.definition
        try attempt { () throws(IndexError) in try own.checkTexts(for: level ?? own.level, path: index.path) }
        var definition = own.definition
        definition.threshold = threshold ?? definition.threshold
        definition.event.threshold = eventThreshold ?? definition.event.threshold
        definition.event.window = window ?? definition.event.window
        let asked = IndexDefinition(definition, level: level ?? own.level, keepsTexts: own.keepsTexts)
        guard definition == own.definition, asked.level == own.level else {
            try attempt { () throws(IndexError) in
                throw .definition(path: index.path, index: own, asked: asked)
            }
            return
        }
    }
}

/// A day's stories on their way through an index: from the open inputs to the last word on standard error.
private struct Day {
    let inputs: InputSet
    let options: RunOptions
    let times = StageTimes()
    private let command, index: String
    private let isStrict: Bool
    private let output: OutputOptions
    private let file, page: OutputFile?
    private let line = ProgressLine()

    init(
        _ command: String, _ path: String, _ index: Index, _ input: InputOptions, _ matching: IndexMatchingOptions,
        _ output: OutputOptions
    ) throws {
        try matching.check(index)
        if output.isPage { try index.requireTexts(for: .page) }
        if let order = input.records.dateOrder, order != index.definition.definition.dateOrder ?? .dmy {
            throw Failure(.usage, "--date-order \(order.rawValue): the index reads dates as it was made to")
        }
        (self.command, self.index, self.output, isStrict) = (command, path, output, input.strict)
        inputs = try input.open(temporaryFolder: matching.work.tempDir)
        let line = line
        var options = matching.work.options(level: index.definition.level)
        options.timesStages = output.stats != nil
        if Terminal.isError, !output.quiet { options.progress = { line.show($0, $1, $2) } }
        self.options = options
        let opened = try output.open(besides: inputs)
        (file, page) = output.isPage ? (nil, opened) : (opened, nil)
    }

    /// Ends the command before anything is written where nothing of the input can be meant.
    func approve(_ read: Clustering) throws {
        line.clear()
        try Textless(read, inputs.fields).refuse()
        if isStrict, let problem = read.problems.first { throw Failure(.someUnreadable, problem) }
    }

    func finish(_ answer: Answer) throws {
        line.clear()
        var lost: [Problem] = []
        do {
            if let page {
                let content = PageContent(try answer.related(), wording: .command)
                try HTMLPage.write(content, workers: options.workers(), to: page)
                lost = content.problems
                try answer.requireTexts()
                try page.commit()
            }
            if let file {
                switch output.chosenFormat {
                case .text: lost = try DayReport.writeText(answer, style: output.style, to: file)
                case .jsonl:
                    try DayReport.writeJSONLines(
                        answer, command: command, index: index, of: inputs.paths, wording: .command, to: file)
                case .tsv: lost = try DayReport.writeTable(answer, .tsv, to: file)
                case .csv: lost = try DayReport.writeTable(answer, .csv, to: file)
                }
                try answer.requireTexts()
                try file.commit()
            }
        } catch {
            throw Failure(
                .cannotWrite, answer.isAdded ? "\(worded(error)); the stories are in the index" : worded(error))
        }
        if let stats = output.stats { try StatsFile.write(times, answer.clustering, to: stats) }
        var read = answer.read
        read.add(answer.clustering.problems + lost)
        try Complaints(read, of: inputs).report(quietly: output.quiet)
    }
}

extension RunOptions {
    fileprivate func workers() -> Workers { Workers(count: threads) }
}
