import ArgumentParser
import Corpus
import DedupKit
import Report

extension Level: ExpressibleByArgument {}

enum Format: String, ExpressibleByArgument, CaseIterable { case text, jsonl, tsv }

struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "JSON Lines or .txt files, folders of them, or - for standard input.", valueName: "input"))
    var inputs: [String]

    @Option(help: "Field that holds the text. (default: text, maintext, body, content, article)")
    var textField: String?
    @Option(help: "Field that holds the id. (default: id, doc_id, uri, url)")
    var idField: String?
    @Option(help: "Field that holds the headline. (default: title, headline)")
    var titleField: String?
    @Option(help: "Field that holds the date. (default: published_at, date_publish, publishedAt, date, dateTime)")
    var dateField: String?
    @Option(help: "Field that holds the outlet. (default: source, source_domain, domain, publication)")
    var sourceField: String?
    @Option(help: "Field that holds the language. (default: language, lang)")
    var languageField: String?
    @Flag(help: "Stop at the first record that cannot be read.")
    var strict = false

    var fields: Fields {
        var fields = Fields.standard
        if let textField { fields.text = [textField] }
        if let idField { fields.id = [idField] }
        if let titleField { fields.title = [titleField] }
        if let dateField { fields.date = [dateField] }
        if let sourceField { fields.source = [sourceField] }
        if let languageField { fields.language = [languageField] }
        return fields
    }

    func open() throws -> InputSet {
        do {
            return try InputSet(paths: inputs, fields: fields)
        } catch {
            throw Failure(.noInput, "\(error)")
        }
    }
}

struct OutputOptions: ParsableArguments {
    @Option(help: "text, jsonl or tsv. (default: text on a terminal, jsonl elsewhere)")
    var format: Format?
    @Option(name: .shortAndLong, help: ArgumentHelp("Where the result goes: complete, or not at all.", valueName: "file"))
    var output: String?
    @Option(help: "When to use colour.")
    var color = ColorChoice.auto
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    /// Makes sure before hours of work that the result can be written.
    func open() throws -> OutputFile {
        do { return try OutputFile(output) } catch { throw Failure(.cannotWrite, "\(error)") }
    }

    var chosenFormat: Format { format ?? (output == nil && Terminal.isOutput ? .text : .jsonl) }

    var style: TextStyle {
        guard output == nil, Terminal.isOutput else { return TextStyle(isColoured: color == .always) }
        return TextStyle(width: Terminal.width, isColoured: color.isOn)
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    var isOn: Bool {
        switch self {
        case .auto: Terminal.isOutput && !Terminal.wantsNoColour
        case .always: true
        case .never: false
        }
    }
}
