import ArgumentParser
import DedupKit
import Index

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Keeps an index on disk that grows by the day: each story once, by labels that stand.",
        discussion: """
            EXAMPLES
              dedup index create news.index
              dedup index add news.index today.jsonl -o flags.csv
              dedup report news.index --since 2024-03-01 -o week.html
            """,
        subcommands: [
            IndexCreateCommand.self, IndexAddCommand.self, IndexMatchCommand.self, IndexRemoveCommand.self,
            IndexExpireCommand.self, IndexSettleCommand.self, IndexCheckCommand.self, IndexStatsCommand.self,
            IndexExportCommand.self,
        ])
    static let _errorPrefix = errorPrefix
}

struct IndexPath: ParsableArguments {
    @Argument(help: ArgumentHelp("The folder of the index.", valueName: "index"), completion: .directory)
    var path: String

    func validate() throws {
        if path.isEmpty { throw ValidationError("an index needs the name of a folder.") }
    }

    func open() throws -> Index { try attempt { () throws(IndexError) in try Index(open: path) } }
}

/// Of commands that change an index.
struct WriterOptions: ParsableArguments {
    @Flag(help: "Wait for another writer, rather than give up.")
    var wait = false
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false
}

extension Index {
    /// Refuses what is made of texts where they are not kept.
    func requireTexts(for use: TextUse) throws {
        guard !definition.keepsTexts else { return }
        try attempt { () throws(IndexError) in throw .textsNotKept(path: path, wanted: use) }
    }
}

/// Runs what an index is asked for, and says what went wrong with the way out.
func attempt<R>(_ body: () throws(IndexError) -> R) throws -> R {
    do throws(IndexError) { return try body() } catch { throw error.failure }
}

extension IndexError {
    fileprivate var failure: any Error {
        switch self {
        case .refused(let error): error
        case .input(let problem): Failure(.noInput, problem)
        case .temporary: Failure(.cannotWrite, "\(self) (set TMPDIR or --temp-dir to a folder with room)")
        case .noIndex(let path): Failure(.noInput, "\(self); dedup index create \(path) makes one")
        case .format: Failure(.noInput, "\(self); use the version that made it")
        case .definition(let path, let index, _):
            Failure(
                .usage,
                "\(self); make another one with dedup index create NEW, and fill it: "
                    + (index.keepsTexts
                        ? "dedup index export \(path) --records | dedup index add NEW -"
                        : "dedup index add NEW, from where its stories came"))
        case .textsNotKept(_, let wanted):
            Failure(.usage, "\(self); \(wanted.wayOut)an index that is created without --no-texts keeps them")
        case .madeUpID:
            Failure(
                .noInput,
                "\(self); name the field that holds ids with --id-field, or give the file of each day another name")
        case .unknownIDs: Failure(.noInput, "\(self); nothing was removed")
        case .full: Failure(.cannotWrite, "\(self)")
        case .store(let error): error.failure
        }
    }
}

extension TextUse {
    fileprivate var wayOut: String {
        switch self {
        case .level: "--level near needs none; "
        case .page: "dedup index export lists its labels; "
        case .stories: ""
        }
    }
}

extension StoreError {
    fileprivate var failure: Failure {
        switch reason {
        case .locked: Failure(.cannotWrite, "\(self); --wait waits for it")
        case .damaged:
            Failure(.noInput, "\(self); dedup index check lists all damage: bring the folder back from a copy")
        case .system, .killed: Failure(isMissing ? .noInput : .cannotWrite, "\(self)")
        }
    }
}
