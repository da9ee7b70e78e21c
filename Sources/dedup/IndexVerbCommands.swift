import ArgumentParser
import DedupKit
import Index
import Output
import Report
import Workers

struct IndexCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes an empty index, by definitions that it keeps.",
        discussion: """
            EXAMPLES
              dedup index create news.index
              dedup index create wire.index --level copy
              dedup index create wire.index --no-texts
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Option(
        help: ArgumentHelp(
            "Outermost level that it judges. (default: event; near with --no-texts)", valueName: "level"))
    var level: Level?
    @Flag(
        help: ArgumentHelp(
            "Keep no text and no title: of each story the hashes of its shingles, by which levels exact and near are "
                + "told all the same. Copies and events are not."))
    var noTexts = false
    @Option(
        help: ArgumentHelp(
            "Least Jaccard similarity of near copies, over shingles of five words.", valueName: "jaccard"))
    var threshold = Definition().threshold
    @OptionGroup var event: EventOptions
    @Option(
        help: ArgumentHelp(
            "How 03/04/2024 is read where no other date of its file tells. (default: dmy)", valueName: "order"))
    var dateOrder: DateOrder?

    func validate() throws {
        try Thresholds.check(threshold)
        if noTexts, let level, level > .near {
            throw ValidationError(
                "--level \(level.rawValue) is told from texts, which --no-texts does not keep: ask for --level near, "
                    + "or leave out --no-texts.")
        }
    }

    func run() throws {
        try Failure.reporting {
            var definition = Definition()
            definition.threshold = threshold
            definition.event = event.parameters
            definition.dateOrder = dateOrder
            let level = level ?? (noTexts ? .near : .event)
            let asked = IndexDefinition(definition, level: level, keepsTexts: !noTexts)
            _ = try attempt { () throws(IndexError) in try Index(create: index.path, asked) }
        }
    }
}

struct IndexRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Takes stories out of an index by their ids.",
        discussion: """
            What was labelled with one of them is labelled with the first of those left.

            EXAMPLES
              dedup index remove news.index story-17 story-21
              dedup index remove news.index - < ids.txt
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Argument(help: ArgumentHelp("Of stories in it, or - for one a line on standard input.", valueName: "id"))
    var ids: [String]
    @OptionGroup var writer: WriterOptions

    func run() throws {
        try Failure.reporting {
            var opened = try index.open()
            let ids: [String]
            do {
                ids = try self.ids == ["-"] ? textLines(of: "-").map { String(decoding: $0, as: UTF8.self) } : self.ids
            } catch {
                throw Failure(.noInput, error)
            }
            try attempt { () throws(IndexError) in try opened.remove(ids.filter { !$0.isEmpty }, waits: writer.wait) }
            if !writer.quiet { Terminal.say("\(index.path): \(stories(opened.count)) left") }
        }
    }
}

struct IndexExpireCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire", abstract: "Takes stories out of an index that are older than a date.",
        discussion: """
            Stories without a date are of the day on which they were added.

            EXAMPLES
              dedup index expire news.index --before 2024-03-01
              dedup index expire news.index --before "$(date -d '90 days ago' +%F)"
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Option(help: ArgumentHelp("The first day that stays.", valueName: "date"))
    var before: Moment
    @OptionGroup var writer: WriterOptions

    func run() throws {
        try Failure.reporting {
            var opened = try index.open()
            let count = try attempt { () throws(IndexError) in
                try opened.expire(before: before.seconds, waits: writer.wait)
            }
            if !writer.quiet { Terminal.say("\(index.path): \(stories(count)) taken out, \(opened.count) left") }
        }
    }
}

struct IndexSettleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Gives the stories of an index the labels that cluster gives, and lists those that moved.",
        discussion: """
            Writes a row for each label that moved: id, level, from, to.

            EXAMPLES
              dedup index settle news.index
              dedup index settle news.index -o moved.tsv
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where the rows go. (default: standard output)", valueName: "file"),
        completion: .file())
    var output: String?
    @OptionGroup var work: WorkOptions
    @OptionGroup var writer: WriterOptions

    func run() throws {
        try Failure.reporting {
            var opened = try index.open()
            let file = try outputFile(output), options = work.options(level: opened.definition.level)
            let moves = try attempt { () throws(IndexError) in
                try opened.settle(options: options, waits: writer.wait)
            }
            let rows = moves.map { [$0.id, $0.level.rawValue, $0.from, $0.to] }
            do { try MoveTable.write(rows, to: file) } catch {
                throw Failure(.cannotWrite, "\(worded(error)); the index is settled, and its journal has the rows")
            }
            if !writer.quiet { Terminal.say("\(index.path): \(counted(moves.count, "label")) moved") }
        }
    }
}

struct IndexCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads every byte of an index, and says what is wrong with it.",
        discussion: """
            EXAMPLES
              dedup index check news.index
              dedup index check news.index && cp -r news.index backup/
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @OptionGroup var work: WorkOptions
    @Flag(name: .shortAndLong, help: "Say nothing where all is well.")
    var quiet = false

    func run() throws {
        try Failure.reporting {
            let opened = try index.open()
            let findings = opened.check(options: work.options(level: .exact))
            for finding in findings { Terminal.say(finding) }
            if !findings.isEmpty { throw Failure(.someUnreadable, "") }
            if !quiet { Terminal.say("\(index.path): \(stories(opened.count)), all as they were written") }
        }
    }
}

func stories(_ count: Int) -> String { count == 1 ? "1 story" : "\(count) stories" }

func outputFile(_ name: String?) throws -> OutputFile {
    do { return try OutputFile(name == "-" ? nil : name) } catch { throw Failure(.cannotWrite, error) }
}

/// A date as people write it, to be compared with those of stories.
struct Moment: ExpressibleByArgument {
    /// Since 1970.
    let seconds: Int64

    init?(argument: String) {
        let bytes = Array(argument.utf8)
        let date = unsafe bytes.withUnsafeBufferPointer { unsafe Timestamp.parse($0) }
        guard let date, !date.isCoarse, !date.isAmbiguous else { return nil }
        seconds = date.seconds
    }
}
