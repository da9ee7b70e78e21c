import ArgumentParser
import DedupKit
import Index
import Inputs
import Report
import Workers

struct FilterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Keeps one of each group of duplicates: kept records byte for byte as they came, in input order.",
        discussion: """
            EXAMPLES
              dedup filter day.jsonl.zst --dupes gone.jsonl | next-step
              dedup filter crawl/ --out-dir clean
              dedup filter --against archive/ today.jsonl -o new.jsonl
              dedup filter --against news.index today.jsonl -o new.jsonl
            """)

    static let _errorPrefix = errorPrefix

    @OptionGroup(title: "Input") var input: FilterInputOptions
    @OptionGroup(title: "Matching") var matching: FilterMatchingOptions
    @OptionGroup(title: "Output") var output: FilterOutputOptions

    func run() throws {
        try Failure.reporting {
            let index = try input.index()
            let inputs = try input.open(isIndex: index != nil, temporaryFolder: matching.work.tempDir)
            let writer = try FilterWriter(output, besides: inputs)
            let run = DumpRun(inputs, try request(index), matching.work, stats: output.stats, isQuiet: output.quiet)
            let held = try index.map { try run.held(against: $0) }
            var clustering = try held?.clustering ?? run.clusters()
            let known = held?.known ?? clustering.documents.knownCount
            if !output.quiet { matching.keepFirstOf?.warn(of: clustering.documents) }
            let removals = try run.times.measure(.cluster) {
                do { return try Removals(clustering) } catch { throw Failure(.cannotWrite, error) }
            }
            clustering.add(removals.problems)
            func requireTexts() throws { try attempt { () throws(IndexError) in try held?.requireTexts() } }
            try requireTexts()
            try run.times.measure(.write) {
                defer { run.clearProgress() }
                try writer.write(
                    removals, clustering, known: known, of: inputs, progress: run.progress, approve: requireTexts)
            }
            if !output.quiet, !output.isPreview {
                Terminal.say(FilterSummary(removals, clustering.documents, known: known).line)
            }
            try run.finish(clustering, read: held?.read)
        }
    }

    private func request(_ index: Index?) throws -> DumpRun.Request {
        let own = index?.definition.definition
        var request = DumpRun.Request(level: matching.level, isStrict: input.records.strict)
        request.definition.dateOrder = input.records.dateOrder
        if let own, input.records.dateOrder ?? own.dateOrder ?? .dmy == own.dateOrder ?? .dmy {
            request.definition.dateOrder = own.dateOrder
        }
        request.definition.threshold = matching.threshold ?? own?.threshold ?? request.definition.threshold
        request.definition.event = matching.event.parameters
        request.definition.keep = matching.keep
        request.definition.favour = matching.keepFirstOf?.favour
        request.definition.keepsKnown = !input.archive.against.isEmpty
        request.definition.copy.ignored = try matching.ignored.texts()
        return request
    }
}

struct FilterInputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "JSON Lines, CSV or TSV files, compressed or not; archives or folders of them; standard input if there is none, "
                + "or for -.", valueName: "input"), completion: .file())
    var inputs: [String] = []
    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var records: RecordOptions

    func validate() throws {
        try (inputs + archive.against).checkStandardInput()
        if inputs.isEmpty, Terminal.isInput { throw ValidationError("give a file, or pipe something in.") }
    }

    /// The index that the inputs are held against, if it is one.
    func index() throws -> Index? {
        guard let path = archive.against.first(where: Index.isThere) else { return nil }
        guard archive.against.count == 1 else {
            throw Failure(
                .usage, "\(path) is an index, and an index is held against alone: leave out the other --against")
        }
        return try attempt { () throws(IndexError) in try Index(open: path) }
    }

    func open(isIndex: Bool, temporaryFolder: String?) throws -> InputSet {
        try records.open(
            inputs.isEmpty ? ["-"] : inputs, against: isIndex ? [] : archive.against, temporaryFolder: temporaryFolder)
    }
}

extension Keep: ExpressibleByArgument {}

/// `outlet=reuters.com,apnews.com`
struct FavourOption: ExpressibleByArgument {
    let favour: Favour

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let column = Favour.Column(rawValue: parts[0]) else { return nil }
        favour = Favour(column, values: parts[1].split(separator: ",").map(String.init))
    }

    /// Says which values no document has: of another spelling, most likely.
    func warn(of documents: Documents) {
        for value in favour.unmet(in: documents) {
            Terminal.say("--keep-first-of: no record has the \(favour.column.rawValue) \(value)")
        }
    }
}

struct FilterMatchingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How alike documents are of which one is kept.", valueName: "level"))
    var level = Level.near
    @Option(
        help: ArgumentHelp(
            "Least Jaccard similarity of near copies, over shingles of five words. (default: 0.7, or that of the index)",
            valueName: "jaccard"))
    var threshold: Double?
    @OptionGroup var event: EventOptions
    @OptionGroup var ignored: IgnoreOptions
    @Option(help: ArgumentHelp("Which one is kept; the longest, then the first among equals.", valueName: "which"))
    var keep = Keep.earliest
    @Option(
        help: ArgumentHelp(
            "What is kept before that: outlet=a,b, language=a,b or path=a,b, in this order.", valueName: "field=values")
    )
    var keepFirstOf: FavourOption?
    @OptionGroup var work: WorkOptions

    func validate() throws { if let threshold { try Thresholds.check(threshold) } }
}

struct FilterOutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where kept records go: complete, or not at all. (default: standard output)", valueName: "file"),
        completion: .file())
    var output: String?
    @Option(
        help: ArgumentHelp(
            "Folder for a filtered copy of each input instead, under the path that the input has here.",
            valueName: "folder"), completion: .directory)
    var outDir: String?
    @Option(
        help: ArgumentHelp(
            "Where removed records go, with what they duplicate and how much, as JSON Lines.", valueName: "file"),
        completion: .file())
    var dupes: String?
    @Flag(help: "Remove nothing; add a field to each record that says what would become of it.")
    var annotate = false
    @Flag(help: "Write nothing but how much would go.")
    var dryRun = false
    @Option(
        help: ArgumentHelp(
            "Write nothing but how much would go, and n examples from the least to the most alike.", valueName: "n"))
    var sample: Int?
    @Option(
        help: ArgumentHelp("Write the seconds spent in each stage to a file, as JSON.", valueName: "file"),
        completion: .file())
    var stats: String?
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    /// Whether the result is about records, and not records.
    var isPreview: Bool { dryRun || sample != nil }

    func validate() throws {
        let files = [("-o", output), ("--out-dir", outDir), ("--dupes", dupes), ("--stats", stats)]
        for (name, file) in files where file == "" { throw ValidationError("\(name) needs a name.") }
        let named = files.compactMap { $1 == "-" ? nil : $1 }
        if Set(named).count < named.count { throw ValidationError("-o, --dupes and --stats need different files.") }
        if output != nil, outDir != nil { throw ValidationError("-o and --out-dir exclude each other.") }
        if dupes == "-", outDir == nil, output == nil || output == "-" {
            throw ValidationError("--dupes - needs -o or --out-dir: standard output has the kept records.")
        }
        if let sample, sample < 1 { throw ValidationError("--sample is at least 1.") }
        if isPreview, annotate || dupes != nil {
            throw ValidationError("--dry-run and --sample write no records: leave out --annotate and --dupes.")
        }
    }
}
