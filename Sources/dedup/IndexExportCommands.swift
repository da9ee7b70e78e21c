import ArgumentParser
import DedupKit
import Index
import Inputs
import Output
import Report

struct IndexStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats", abstract: "Says what an index holds, and where its bytes are.",
        discussion: """
            EXAMPLES
              dedup index stats news.index
              dedup index stats news.index --format jsonl
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Option(help: "How to write it: text or jsonl. (default: text on a terminal, jsonl elsewhere)")
    var format: Format?

    func validate() throws {
        if let format, format.table != nil { throw ValidationError("--format is text or jsonl.") }
    }

    func run() throws {
        try Failure.reporting {
            let opened = try index.open(), file = try outputFile(nil)
            let isText = (format ?? (Terminal.isOutput ? .text : .jsonl)) == .text
            do {
                try IndexReport.write(opened, isText: isText, to: file)
                try file.commit()
            } catch {
                throw Failure(.cannotWrite, error)
            }
        }
    }
}

struct IndexExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the stories of an index with their labels, as cluster does, or the stories themselves.",
        discussion: """
            EXAMPLES
              dedup index export news.index -o labels.tsv
              dedup index export news.index --since 2024-03-01 --format jsonl | dedup report -
              dedup index export old.index --records | dedup index add new.index -
            """)
    static let _errorPrefix = errorPrefix

    @OptionGroup var index: IndexPath
    @Option(help: ArgumentHelp("Only stories of this day or later.", valueName: "date"))
    var since: Moment?
    @Flag(help: "Write the stories themselves, as JSON Lines that any command reads.")
    var records = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var work: WorkOptions

    func validate() throws {
        if output.isPage { throw ValidationError("dedup report \(index.path) draws a page.") }
        if output.stats != nil { throw ValidationError("--stats is of commands that cluster.") }
        if records, since != nil { throw ValidationError("--records writes all stories: leave out --since.") }
        if records, let format = output.format, format != .jsonl {
            throw ValidationError("--records writes JSON Lines.")
        }
    }

    func run() throws {
        try Failure.reporting {
            let opened = try index.open(), file = try outputFile(output.output)
            if records {
                let source = try attempt { () throws(IndexError) in try opened.source() }
                let problems: [Problem]
                do { problems = try RecordsReport.write(source, to: file) } catch { throw Failure(.cannotWrite, error) }
                return try commit(file, unless: problems)
            }
            let options = work.options(level: opened.definition.level)
            let clustering = try attempt { () throws(IndexError) in
                try opened.clustering(since: since?.seconds, options: options)
            }
            let lost: [Problem]
            do {
                switch output.chosenFormat {
                case .text: lost = try TextReport.write(clustering, style: output.style, to: file)
                case .jsonl: lost = try JSONLinesReport.write(clustering, of: [index.path], wording: .command, to: file)
                case .tsv: lost = try ClusterTable.write(clustering, .tsv, to: file)
                case .csv: lost = try ClusterTable.write(clustering, .csv, to: file)
                }
            } catch {
                throw Failure(.cannotWrite, error)
            }
            try commit(file, unless: lost)
        }
    }

    /// Not without what is missing: whoever fills another index with it would lose it.
    private func commit(_ file: OutputFile, unless lost: [Problem]) throws {
        if let problem = lost.first { throw Failure(.noInput, problem) }
        do { try file.commit() } catch { throw Failure(.cannotWrite, error) }
    }
}
