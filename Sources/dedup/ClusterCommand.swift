import ArgumentParser
import DedupKit
import Inputs
import Output
import Page
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
        if result.explain, output.chosenFormat.table != nil {
            throw ValidationError("--explain needs --format text or jsonl.")
        }
    }

    func run() throws {
        try Failure.reporting {
            let inputs = try input.open(temporaryFolder: matching.work.tempDir)
            let page = try result.openPage(besides: inputs)
            let file = output.isPage ? nil : try output.open(besides: inputs)
            try result.checkFolder()
            let run = DumpRun(inputs, try request, matching.work, stats: output.stats, isQuiet: output.quiet)
            var clustering = try run.clusters()
            run.clearProgress()
            if let file { clustering.add(try run.writing { try write(clustering, of: inputs, to: file) }) }
            if page != nil || result.htmlDir != nil { clustering.add(try draw(clustering, to: page)) }
            try run.finish(clustering, in: output.output)
        }
    }

    private var request: DumpRun.Request {
        get throws {
            var request = DumpRun.Request()
            request.definition.dateOrder = input.records.dateOrder
            request.definition.threshold = matching.threshold
            request.definition.linkage = matching.linkage
            request.definition.event = matching.event.parameters
            request.level = matching.level
            request.pairs = result.listing.pairs
            request.explains = result.explain
            request.isStrict = input.strict
            request.definition.copy.ignored = try matching.ignored.texts()
            return request
        }
    }

    /// Returns what could not be read again.
    private func draw(_ clustering: Clustering, to page: OutputFile?) throws -> [Problem] {
        let content = PageContent(clustering, wording: .command), workers = clustering.options.workers
        do {
            if let page {
                try HTMLPage.write(content, workers: workers, to: page)
                try page.commit()
            }
            if let folder = result.htmlDir { try HTMLFolder.write(content, workers: workers, to: folder) }
            return content.problems
        } catch {
            throw Failure(.cannotWrite, error)
        }
    }

    /// Returns what could not be read again.
    private func write(_ clustering: Clustering, of inputs: InputSet, to file: OutputFile) throws -> [Problem] {
        var lost: [Problem] = []
        switch result.listing.pairs ? .jsonl : output.chosenFormat {
        case .text:
            lost = try TextReport.write(
                clustering, style: output.style, top: result.top, minSize: result.minSize, to: file)
        case .jsonl: lost = try JSONLinesReport.write(clustering, of: inputs.paths, wording: .command, to: file)
        case .tsv: lost = try ClusterTable.write(clustering, .tsv, to: file)
        case .csv: lost = try ClusterTable.write(clustering, .csv, to: file)
        }
        try file.commit()
        return lost
    }
}

struct MatchingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Outermost level wanted; those inside it come with it.", valueName: "level"))
    var level = Level.event
    @Option(
        help: ArgumentHelp(
            "Least Jaccard similarity of near copies, over shingles of five words.", valueName: "jaccard"))
    var threshold = Definition().threshold
    @Option(help: "star: around representatives; single: chains of pairs, as other tools do.")
    var linkage = Linkage.star
    @OptionGroup var event: EventOptions
    @OptionGroup var ignored: IgnoreOptions
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
    @Option(
        help: ArgumentHelp("Show as text only so many clusters: the largest, events in doubt last.", valueName: "n"))
    var top: Int?
    @Option(help: ArgumentHelp("Show as text only clusters of so many documents or more.", valueName: "n"))
    var minSize: Int?
    @Flag(help: "Say why: what decided on each event, what its reports share, their scores, what almost joined.")
    var explain = false
    @Option(
        help: ArgumentHelp("Also draw the result as an HTML page, as report does.", valueName: "file"),
        completion: .file())
    var html: String?
    @Option(
        help: ArgumentHelp(
            "Also draw it as a folder of pages with all texts, one for each event.", valueName: "folder"),
        completion: .directory)
    var htmlDir: String?

    func validate() throws {
        let output = listing.output
        if let top, top < 1 { throw ValidationError("--top is at least 1.") }
        if let minSize, minSize < 2 { throw ValidationError("--min-size is at least 2.") }
        if top != nil || minSize != nil, output.isPage || output.chosenFormat != .text {
            throw ValidationError("--top and --min-size need --format text.")
        }
        if htmlDir == "" { throw ValidationError("--html-dir needs the name of a folder.") }
        if html == "" || html == "-" { throw ValidationError("--html needs the name of a file.") }
        if listing.pairs, output.isPage { throw ValidationError("--pairs needs -o with a name that ends in .jsonl.") }
        if let html, html == output.output || html == output.stats {
            throw ValidationError("--html and \(html == output.output ? "-o" : "--stats") need different files.")
        }
    }

    /// What a page is to be drawn in.
    var page: String? { html ?? (listing.output.isPage ? listing.output.output : nil) }

    /// Before hours of work.
    func checkFolder() throws {
        guard let htmlDir else { return }
        do { try OutputFolder.check(htmlDir) } catch { throw Failure(.cannotWrite, error) }
    }

    func openPage(besides inputs: InputSet) throws -> OutputFile? {
        guard let page else { return nil }
        try inputs.refuseOverwriting([page])
        do { return try OutputFile(page) } catch { throw Failure(.cannotWrite, error) }
    }
}
