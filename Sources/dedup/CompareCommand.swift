import ArgumentParser
import DedupKit
import Glibc
import Inputs
import Output
import Page
import Report
import Workers

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Shows what two texts have in common: passages side by side, and facts.",
        discussion: """
            EXAMPLES
              dedup compare yesterday.txt today.txt
              dedup compare nw-0792 cm-1177 --in news.jsonl
              dedup compare nw-0792 cm-1177 --in news.jsonl --format html -o page.html
            """)

    static let _errorPrefix = errorPrefix

    @OptionGroup(title: "Input") var input: CompareInputOptions
    @OptionGroup(title: "Output") var output: CompareOutputOptions

    func run() throws {
        try Failure.reporting {
            let file = try output.open(besides: input.paths)
            let (a, b) = try input.read()
            let comparison = Comparison(a, b)
            do {
                switch output.chosenFormat {
                case .text:
                    try ComparisonTextReport.write(comparison, style: output.style, isFull: output.full, to: file)
                case .jsonl: try ComparisonJSONLinesReport.write(comparison, to: file)
                case .html: try ComparisonPage.write(comparison, to: file)
                }
                try file.commit()
            } catch {
                throw Failure(.cannotWrite, error)
            }
        }
    }
}

struct CompareInputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("A text file, - for standard input, or with --in an id.", valueName: "a"),
        completion: .file())
    var a: String
    @Argument(help: ArgumentHelp("What to compare it with.", valueName: "b"), completion: .file())
    var b: String
    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("Files, archives or folders that hold both.", valueName: "dump"))
    var dumps: [String] = []
    @OptionGroup var names: TextFieldOptions
    @OptionGroup var texts: TextOptions

    func validate() throws {
        guard dumps.isEmpty else { return }
        if a == "-", b == "-" { throw ValidationError("standard input can be read only once.") }
        if names.areGiven { throw ValidationError("--text-field and --id-field need --in.") }
        if texts.lines { throw ValidationError("--lines needs --in.") }
    }

    var paths: [String] { dumps.isEmpty ? [a, b] : dumps }

    func read() throws -> (ComparedText, ComparedText) {
        dumps.isEmpty ? (try text(a), try text(b)) : try documents()
    }

    private func text(_ path: String) throws -> ComparedText {
        if TextFile.isDump(path) {
            throw Failure(.usage, "\(path) is a dump of texts; name two of its ids: dedup compare ID ID --in \(path)")
        }
        do {
            return ComparedText(name: path, text: try TextFile.read(path))
        } catch {
            let isMissing = unsafe access(path, F_OK) != 0 && path != "-"
            throw Failure(.noInput, worded(error) + (isMissing ? "; ids need --in: dedup compare A B --in DUMP" : ""))
        }
    }

    private func documents() throws -> (ComparedText, ComparedText) {
        let fields = names.fields
        let inputs: InputSet
        do { inputs = try InputSet(paths: dumps, fields: fields, formats: texts.formats) } catch {
            throw Failure(.noInput, error)
        }
        let texts = try texts(in: inputs)
        if let problem = inputs.changes.first { throw Failure(.noInput, problem) }
        return texts
    }

    private func texts(in inputs: InputSet) throws -> (ComparedText, ComparedText) {
        if let found = ComparedText.find([a, b], in: inputs) { return (found[0], found[1]) }
        let clustering: Clustering
        do {
            clustering = try Pipeline(options: RunOptions(level: .exact, threads: Workers.available)).run(inputs)
        } catch {
            throw Failure(.cannotWrite, error)
        }
        let documents = clustering.documents, reader = documents.reader()
        func text(_ id: String) throws -> ComparedText {
            guard let document = documents.numbers.first(where: { documents.identifiers[$0] == id }) else {
                throw Failure(.noInput, missing(id, clustering))
            }
            do { return try ComparedText(document, of: documents, using: reader) } catch {
                throw Failure(.noInput, error)
            }
        }
        return (try text(a), try text(b))
    }

    private func missing(_ id: String, _ clustering: Clustering) -> String {
        let documents = clustering.documents
        var text = "no document with the id \(id) among \(documents.count)"
        if let problem = clustering.problems.first {
            text += " (\(clustering.unreadable) more could not be read: \(worded(problem)))"
        }
        let near = nearestNames(to: id, among: documents.count) { documents.identifiers[DocumentNumber($0)] }
        if !near.isEmpty { text += "; nearest: \(near.joined(separator: ", "))" }
        return text
    }
}

enum CompareFormat: String, ExpressibleByArgument, CaseIterable { case text, jsonl, html }

struct CompareOutputOptions: ParsableArguments {
    @Option(help: "How to write the result. (default: text on a terminal, jsonl elsewhere)")
    var format: CompareFormat?
    @Flag(help: "Show also what only one of the texts has. (text)")
    var full = false
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where the result goes: complete, or not at all.", valueName: "file"),
        completion: .file())
    var output: String?
    @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
    var color = ColorChoice.auto

    func validate() throws {
        if output == "" { throw ValidationError("-o needs the name of a file.") }
    }

    private var file: String? { output == "-" ? nil : output }

    /// Makes sure that the result does not take the place of a text.
    func open(besides inputs: [String]) throws -> OutputFile {
        if let target = file.flatMap(FileIdentity.init(path:)),
            let input = inputs.first(where: { FileIdentity(path: $0) == target })
        {
            throw Failure(.usage, "\(input) is an input: write to another file")
        }
        do { return try OutputFile(file) } catch { throw Failure(.cannotWrite, error) }
    }

    var chosenFormat: CompareFormat { format ?? (file == nil && Terminal.isOutput ? .text : .jsonl) }

    var style: TextStyle {
        guard file == nil, Terminal.isOutput else { return TextStyle(isColoured: color == .always) }
        return TextStyle(width: Terminal.width, isColoured: color.isOn)
    }
}
