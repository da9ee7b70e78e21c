import ArgumentParser
import DedupKit
import Index
import Inputs

struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "JSON Lines, CSV, TSV or .txt files, compressed or not; archives or folders of them, or - for standard input.",
            valueName: "input"), completion: .file())
    var inputs: [String]

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var records: RecordOptions
    var strict: Bool { records.strict }

    func validate() throws { try (inputs + archive.against).checkStandardInput() }

    func open(temporaryFolder: String? = nil) throws -> InputSet {
        try records.open(inputs, against: archive.against, temporaryFolder: temporaryFolder)
    }
}

/// Texts that weigh nothing at level copy.
struct IgnoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with a template, prompt or footer that weighs nothing at level copy. May be given again.",
            valueName: "file"), completion: .file())
    var ignore: [String] = []

    /// - Throws: where one cannot be read or has no words.
    func texts() throws -> [String] {
        try ignore.map { path in
            let text: String
            do { text = try PlainFile.text(path) } catch { throw Failure(.noInput, error) }
            guard !CopyText.shingles(of: text).isEmpty else {
                throw Failure(.usage, "\(path): --ignore needs a text of three words or more")
            }
            return text
        }
    }
}

/// What is known already.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is known already, read like an input: the other inputs are new, and held against it. May be given again.",
            valueName: "input"), completion: .file())
    var against: [String] = []
}

extension [String] {
    /// Of paths that are read, at most one may be standard input.
    func checkStandardInput() throws {
        guard count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("standard input can be read only once.")
        }
    }
}

/// How records are read, whatever is done with them.
struct RecordOptions: ParsableArguments {
    @OptionGroup var names: FieldOptions
    @OptionGroup var texts: TextOptions
    @Option(
        help: ArgumentHelp(
            "How 03/04/2024 is read where no other date of its file tells. (default: dmy)", valueName: "order"))
    var dateOrder: DateOrder?
    @Flag(help: "Give up at the first record that cannot be read, without a result.")
    var strict = false

    var fields: Fields { names.fields }

    func open(_ paths: [String], against known: [String] = [], temporaryFolder: String? = nil) throws -> InputSet {
        if let index = known.first(where: Index.isThere) {
            throw Failure(
                .usage,
                "\(index) is an index: dedup index match \(index) FILE says of each story whether it is there")
        }
        if let index = paths.first(where: Index.isThere) {
            throw Failure(.usage, "\(index) is an index: dedup index export \(index) --records writes its stories")
        }
        do {
            return try InputSet(
                paths: paths, against: known, fields: fields, formats: texts.formats,
                temporaryDirectory: temporaryFolder)
        } catch {
            throw Failure(.noInput, error)
        }
    }
}

/// How plain text is read.
struct TextOptions: ParsableArguments {
    @Flag(help: "Take each line of .txt files and of standard input for a document.")
    var lines = false
    @Option(
        help: ArgumentHelp(
            "Encoding of the input, as iconv calls it. (default: UTF-8, or what its bytes tell)", valueName: "name"))
    var encoding: String?

    func validate() throws {
        if let encoding, formats(in: encoding) == nil {
            throw ValidationError("\(encoding) is no encoding that iconv knows; iconv -l lists them.")
        }
    }

    var formats: Formats { encoding.flatMap(formats(in:)) ?? plain }

    private var plain: Formats { lines ? .textLines : .standard }

    private func formats(in encoding: String) -> Formats? { plain.named(encoding: encoding) }
}

struct TextFieldOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Column that holds the text, from 1, of tables without a row of names; --id-field and the like take numbers, too.",
            valueName: "n"))
    var textColumn: Int?
    @Option(
        help: ArgumentHelp(
            "Field that holds the text. (default: text, maintext, body, content, article)", valueName: "name"))
    var textField: String?
    @Option(help: ArgumentHelp("Field that holds the id. (default: id, doc_id, uri, url)", valueName: "name"))
    var idField: String?

    func validate() throws {
        if let textColumn, textColumn < 1 { throw ValidationError("--text-column counts from 1.") }
        if textColumn != nil, textField != nil {
            throw ValidationError("--text-field and --text-column exclude each other.")
        }
    }

    var areGiven: Bool { textField != nil || textColumn != nil || idField != nil }

    var fields: Fields {
        var fields = Fields.standard
        if let textField { fields.text = [textField] }
        if let idField { fields.id = [idField] }
        fields.textColumn = textColumn
        return fields
    }
}

struct FieldOptions: ParsableArguments {
    @OptionGroup var text: TextFieldOptions
    @Option(help: ArgumentHelp("Field that holds the headline. (default: title, headline)", valueName: "name"))
    var titleField: String?
    @Option(
        help: ArgumentHelp(
            "Field that holds the date. (default: published_at, date_publish, publishedAt, publish_date, pubDate, "
                + "date_published, date, dateTime, created_at, timestamp)",
            valueName: "name"))
    var dateField: String?
    @Option(
        help: ArgumentHelp(
            "Field that holds the outlet. (default: source, source_domain, domain, publication)", valueName: "name"))
    var sourceField: String?
    @Option(help: ArgumentHelp("Field that holds the language. (default: language, lang)", valueName: "name"))
    var languageField: String?
    @Option(
        help: ArgumentHelp("Field that holds the address in the web. (default: url, link)", valueName: "name"))
    var urlField: String?
    @Option(
        help: ArgumentHelp(
            "Of a JSON file that is one object: the array that holds the records, where there are several.",
            valueName: "path"))
    var records: String?

    var fields: Fields {
        var fields = text.fields
        if let titleField { fields.title = [titleField] }
        if let dateField { fields.date = [dateField] }
        if let sourceField { fields.source = [sourceField] }
        if let languageField { fields.language = [languageField] }
        if let urlField { fields.url = [urlField] }
        fields.records = records
        return fields
    }
}
