import ArgumentParser
import DedupKit
import Index
import Inputs
import Output
import Page
import Report
import Workers

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Draws results of cluster as one HTML page: clusters, timelines, shared passages side by side.",
        discussion: """
            A result has no texts: they are read again from the inputs that it names, by the paths as they were given \
            then, or from those named here. Of several results, each keeps its clusters.

            EXAMPLES
              dedup report clusters.jsonl -o page.html
              dedup report monday.jsonl tuesday.jsonl -o week.html
              dedup report clusters.jsonl --input archive/news.jsonl -o page.html
              dedup report news.index --since 2024-03-01 -o week.html
            """)

    static let _errorPrefix = errorPrefix

    @Argument(
        help: ArgumentHelp(
            "What cluster wrote as jsonl, or - for standard input; or an index.", valueName: "result"),
        completion: .file())
    var results: [String]
    @OptionGroup(title: "Input") var input: ReportInputOptions
    @OptionGroup(title: "Output") var output: ReportOutputOptions

    private static let mostProblems = 20

    func validate() throws {
        try results.checkStandardInput()
    }

    func run() throws {
        try Failure.reporting {
            if try drawIndex() { return }
            let saved: [SavedResult]
            do { saved = try results.map { try SavedResult($0) } } catch { throw Failure(.noInput, error) }
            let inputs = try input.open(named: saved.map(\.paths), quietly: output.quiet)
            let folder = output.htmlDir
            let file =
                folder != nil && output.output == nil
                ? nil : try output.open(besides: results + inputs.flatMap { $0?.files.map(\.origin) ?? [] })
            let workers = Workers(count: output.work.threads ?? Workers.available)
            let contents = try saved.indices.map { at in
                PageContent(saved[at], name: results[at], of: try inputs[at].map { try documents(of: $0, workers) })
            }
            let content = PageContent(contents)
            do {
                if let file {
                    try HTMLPage.write(content, workers: workers, to: file)
                    try file.commit()
                }
                if let folder { try HTMLFolder.write(content, workers: workers, to: folder) }
            } catch {
                throw Failure(.cannotWrite, error)
            }
            if content.missing > 0 {
                Terminal.say(
                    "\(content.missing) stories of the result are not in the input any more: run cluster again")
            }
            let problems = content.problems + inputs.flatMap { $0?.changes ?? [] }
            for problem in problems.prefix(Self.mostProblems) { Terminal.say(worded(problem)) }
            if inputs.contains(where: { $0 == nil }) || content.missing > 0 || !problems.isEmpty {
                throw Failure(.someUnreadable, "")
            }
        }
    }

    /// Draws an index, where one is named; else false.
    private func drawIndex() throws -> Bool {
        let indices = results.filter { FileKind.isFolder($0) }
        guard let path = indices.first else {
            if input.since != nil { throw Failure(.usage, "--since is of an index") }
            return false
        }
        guard results.count == 1 else { throw Failure(.usage, "\(path): an index is drawn on a page of its own") }
        guard input.paths.isEmpty else { throw Failure(.usage, "\(path): an index has its texts; leave out --input") }
        let index = try attempt { () throws(IndexError) in try Index(open: path) }
        try index.requireTexts(for: .page)
        let file = output.htmlDir != nil && output.output == nil ? nil : try output.open(besides: [])
        let options = RunOptions(threads: output.work.threads ?? Workers.available)
        let clustering = try attempt { () throws(IndexError) in
            try index.clustering(since: input.since?.seconds, options: options)
        }
        let content = PageContent(clustering, wording: .command), workers = Workers(count: options.threads)
        do {
            if let file {
                try HTMLPage.write(content, workers: workers, to: file)
                if let problem = content.problems.first { throw Failure(.noInput, problem) }
                try file.commit()
            }
            if let folder = output.htmlDir { try HTMLFolder.write(content, workers: workers, to: folder) }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.cannotWrite, error)
        }
        // Of the folder.
        if let problem = content.problems.first { throw Failure(.noInput, problem) }
        return true
    }

    private func documents(of inputs: InputSet, _ workers: Workers) throws -> Documents {
        let options = RunOptions(level: .exact, threads: workers.count)
        do { return try Pipeline(options: options).run(inputs).documents } catch {
            throw Failure(.noInput, error)
        }
    }
}

struct ReportInputOptions: ParsableArguments {
    @Option(
        name: .customLong("input"), parsing: .singleValue,
        help: ArgumentHelp(
            "What was clustered, if it is elsewhere now; once for each input, in their order.", valueName: "path"),
        completion: .file())
    var paths: [String] = []
    @Option(help: ArgumentHelp("Of an index, only stories of this day or later.", valueName: "date"))
    var since: Moment?
    @OptionGroup var names: FieldOptions
    @OptionGroup var texts: TextOptions

    /// The inputs of each result; nil where those that it names are gone, which is said.
    func open(named: [[String]], quietly: Bool) throws -> [InputSet?] {
        guard named.count > 1, !paths.isEmpty else { return try named.map { try open(named: $0, given: paths) } }
        let count = named.reduce(0) { $0 + $1.count }
        guard paths.count == count else {
            throw Failure(.usage, "--input is needed \(count) times, once for each input of each result in their order")
        }
        var rest = paths[...]
        return try named.map { named in
            defer { rest = rest.dropFirst(named.count) }
            return try open(named: named, given: Array(rest.prefix(named.count)))
        }
    }

    private func open(named: [String], given: [String]) throws -> InputSet? {
        let hint = "the page has no headlines and texts of it; name the input with --input"
        if given.isEmpty, named.isEmpty || named.contains("-") {
            Terminal.say("the result is of standard input: \(hint)")
            return nil
        }
        do {
            return try InputSet(
                paths: given.isEmpty ? named : given, fields: names.fields, formats: texts.formats)
        } catch {
            guard given.isEmpty else { throw Failure(.noInput, error) }
            Terminal.say("\(worded(error)): \(hint)")
            return nil
        }
    }
}

struct ReportOutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where the page goes: complete, or not at all. (default: standard output)", valueName: "file"),
        completion: .file())
    var output: String?
    @Option(
        help: ArgumentHelp("A folder of pages with all texts instead, one for each event.", valueName: "folder"),
        completion: .directory)
    var htmlDir: String?
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false
    @OptionGroup var work: ThreadOptions

    func validate() throws {
        if output == "" { throw ValidationError("-o needs the name of a file.") }
        if output == nil, htmlDir == nil, Terminal.isOutput {
            throw ValidationError("give the page a file: -o page.html.")
        }
        if htmlDir == "" { throw ValidationError("--html-dir needs the name of a folder.") }
    }

    func open(besides inputs: [String]) throws -> OutputFile {
        let file = output == "-" ? nil : output
        try inputs.refuseOverwriting([file])
        do { return try OutputFile(file) } catch { throw Failure(.cannotWrite, error) }
    }
}
