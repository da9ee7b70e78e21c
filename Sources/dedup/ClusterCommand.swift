import ArgumentParser
import Cluster
import DedupKit
import Inputs
public import Output
import Page
public import Records
import Report
import Workers

extension Linkage: ExpressibleByArgument {}

struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Clusters a dump: exact copies, near copies, copies and reports of one event, each inside the next.",
        discussion: """
            EXAMPLES
              dedup cluster news.jsonl
              dedup cluster 'dump/*.jsonl.gz' --level near -o clusters.jsonl
            """)

    static let _errorPrefix = errorPrefix

    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Matching") var matching: MatchingOptions
    @OptionGroup(title: "Output") var result: ClusterOutputOptions
    private var output: OutputOptions { result.listing.output }

    func validate() throws {
        if result.listing.pairs, matching.level == .exact {
            throw ValidationError("--pairs needs --level near or further out.")
        }
        if result.explain, matching.level != .event { throw ValidationError("--explain needs --level event.") }
        if result.explain, output.format == .tsv { throw ValidationError("--explain needs --format text or jsonl.") }
    }

    func run() throws {
        try Failure.reporting {
            try Failure.checkKernel()
            let inputs = try input.open(temporaryFolder: matching.work.tempDir)
            let file = try output.open(besides: inputs)
            let page = try result.openPage(besides: inputs)
            var pipeline = Pipeline(parameters)
            let line = ProgressLine()
            if Terminal.isError, !output.quiet { pipeline.progress = { line.show($0, $1, $2) } }
            var clustering = try matching.work.run(pipeline, inputs, quietly: output.quiet)
            line.clear()
            if input.strict, let problem = clustering.problems.first { throw Failure(.someUnreadable, problem) }
            clustering.add(try pipeline.stages.measure(.write) { try write(clustering, of: inputs, to: file) })
            if let page { try draw(clustering, of: inputs, to: page) }
            if let stats = output.stats { try StatsFile.write(pipeline.stages, clustering, to: stats) }
            try Complaints(clustering, of: inputs).report(quietly: output.quiet)
        }
    }

    private var parameters: Parameters {
        var parameters = Parameters()
        parameters.level = matching.level
        parameters.threshold = matching.threshold
        parameters.linkage = matching.linkage
        parameters.event = matching.event.parameters
        parameters.threads = matching.work.threads ?? Workers.available
        parameters.pairs = result.listing.pairs
        parameters.explains = result.explain || result.html != nil
        parameters.stopsAtProblem = input.strict
        parameters.timesStages = output.stats != nil
        return parameters
    }

    private func draw(_ clustering: Clustering, of inputs: InputSet, to page: OutputFile) throws {
        do {
            try HTMLPage.write(
                PageContent(clustering, of: inputs, wording: .command),
                workers: Workers(count: clustering.parameters.threads), to: page)
            try page.commit()
        } catch {
            throw Failure(.cannotWrite, "\(error)")
        }
    }

    /// Returns what could not be read again.
    private func write(_ clustering: Clustering, of inputs: InputSet, to file: OutputFile) throws -> [Problem] {
        do {
            var lost: [Problem] = []
            switch result.listing.pairs ? .jsonl : output.chosenFormat {
            case .text: try TextReport.write(clustering, of: inputs, style: output.style, to: file)
            case .jsonl: lost = try JSONLinesReport.write(clustering, of: inputs, wording: .command, to: file)
            case .tsv: try TSVReport.write(clustering, to: file)
            }
            try file.commit()
            return lost
        } catch {
            throw Failure(.cannotWrite, "\(error)")
        }
    }
}

struct MatchingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Outermost level wanted; those inside it come with it.", valueName: "level"))
    var level = Level.event
    @Option(
        help: ArgumentHelp(
            "Least Jaccard similarity of near copies, over shingles of five words.", valueName: "jaccard"))
    var threshold = Parameters().threshold
    @Option(help: "star: around representatives; single: chains of pairs, as other tools do.")
    var linkage = Linkage.star
    @OptionGroup var event: EventOptions
    @OptionGroup var work: WorkOptions

    func validate() throws { try Thresholds.check(threshold) }
}

/// Of commands that find pairs.
struct PairOutputOptions: ParsableArguments {
    @OptionGroup var output: OutputOptions
    @Flag(help: "Also list the pairs of copies, each with its scores and passages (jsonl).")
    var pairs = false

    func validate() throws {
        if pairs, let format = output.format, format != .jsonl {
            throw ValidationError("--pairs needs --format jsonl.")
        }
    }
}

struct ClusterOutputOptions: ParsableArguments {
    @OptionGroup var listing: PairOutputOptions
    @Flag(help: "Say why: what the reports of each event share, how each scores, which events almost joined.")
    var explain = false
    @Option(
        help: ArgumentHelp("Also draw the result as an HTML page, as report does.", valueName: "file"),
        completion: .file())
    var html: String?

    func validate() throws {
        let output = listing.output
        if html == "" || html == "-" { throw ValidationError("--html needs the name of a file.") }
        if let html, html == output.output || html == output.stats {
            throw ValidationError("--html and \(html == output.output ? "-o" : "--stats") need different files.")
        }
    }

    func openPage(besides inputs: InputSet) throws -> OutputFile? {
        guard let html else { return nil }
        try inputs.refuseOverwriting([html])
        do { return try OutputFile(html) } catch { throw Failure(.cannotWrite, "\(error)") }
    }
}
