import ArgumentParser
import DedupKit
import Glibc

@main
struct Dedup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedup",
        abstract: "Says which stories of a news dump are the same: exact copies, near copies, reports of one event.",
        discussion: """
            Without a subcommand, clusters what it is given.

            EXAMPLES
              dedup news.jsonl
              dedup flag archive/ -o flags.csv
              dedup filter crawl.jsonl.zst > clean.jsonl
            """,
        version: dedupVersion,
        subcommands: [
            ClusterCommand.self, FlagCommand.self, FilterCommand.self, CompareCommand.self, ReportCommand.self,
            EvalCommand.self, IndexCommand.self,
        ])
    static let _errorPrefix = errorPrefix

    static func main() { main(understood(Array(CommandLine.arguments.dropFirst()))) }

    /// What was meant: a dump without a command is clustered, `-V` asks for the version.
    private static func understood(_ arguments: [String]) -> [String] {
        guard let first = arguments.first else { return arguments }
        if first == "-V" { return ["--version"] }
        let commands = configuration.subcommands.map { $0._commandName } + ["help"]
        if first.hasPrefix("-") && first != "-" || commands.contains(first) { return arguments }
        if isInput(first) { return ["cluster"] + arguments }
        let near = nearestNames(to: first, among: commands.count, { commands[$0] }, limit: 1).first
        let hint = near.map { "; did you mean dedup \($0)?" } ?? "; dedup --help lists the commands"
        Terminal.say("\(first) is neither a command nor a file\(hint)")
        Glibc.exit(Failure.Code.usage.rawValue)
    }

    /// Whether it can only be a dump: it is there, or is a path or a pattern.
    private static func isInput(_ argument: String) -> Bool {
        unsafe access(argument, F_OK) == 0 || argument.contains { "/*?[.".contains($0) } || argument == "-"
    }
}
