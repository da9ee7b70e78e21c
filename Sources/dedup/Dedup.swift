import ArgumentParser
import DedupKit

@main
struct Dedup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedup",
        abstract: "Says which stories of a news dump are the same: exact copies, near copies, reports of one event.",
        discussion: """
            EXAMPLES
              dedup cluster news.jsonl
              dedup eval clusters.jsonl gold.tsv
            """,
        version: dedupVersion,
        subcommands: [
            ClusterCommand.self, FlagCommand.self, FilterCommand.self, CompareCommand.self, ReportCommand.self,
            EvalCommand.self,
        ])
    static let _errorPrefix = errorPrefix
}
