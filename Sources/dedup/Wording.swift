import Columns
import Output
import Records

extension Wording {
    /// With the options and commands that help.
    static let command = Wording(\.wayOut)
}

/// What an error is in words for users of the command.
func worded(_ error: any Error) -> String {
    switch error {
    case let problem as Problem: Wording.command(problem)
    case is SpillError: "\(error) (set TMPDIR or --temp-dir to a folder with room, or --memory to more)"
    case let failure as OutputError where failure.reason == .noName: "\(failure); use -o"
    default: "\(error)"
    }
}

extension Problem {
    fileprivate var wayOut: String? {
        switch fault {
        case .noText, .noTextColumn: return "name the right one with --text-field NAME"
        case .textNotString: return "name another field with --text-field NAME"
        case .notObject, .moreAfterObject: return countsRecords ? nil : "each line must be one JSON object"
        case .malformed: return countsRecords ? nil : "each line must be one whole JSON object"
        case .lineTooLong, .documentTooLong: return "split it"
        case .columnCount:
            return "put a field in double quotes that holds a separator or a line end, and double the quotes in it"
        case .openQuote: return "double the quotes in quoted fields"
        case .bareReturn: return "put the field in double quotes"
        case .foreign(let format): return format.wayOut(path == "-" ? "FILE" : path)
        case .notText: return "convert it first"
        case .compressed: return "call it .txt.gz, .txt.zst or the like"
        case .severalArrays(let paths): return "name one with --records \(paths[0])"
        case .noArray: return "name one that is there with --records PATH"
        case .lettersLost: return "read its source again, in the encoding that it was written in"
        case .misnamed: return "copy it again, or rename it"
        case .noMatch: return "nothing matches this pattern"
        case .changed, .gone: return "run again"
        case .notOneFile: return "name one file in it"
        case .device: return "pipe its output into dedup cluster -"
        case .nameNotUTF8: return "rename it"
        case .nothingToRead(_, _, let refused): return refused.map { "there is \($0)" }
        case .temporaryFolder, .notCopied: return "set TMPDIR or --temp-dir to a folder with room for the whole input"
        case .noResult: return "write one with --format jsonl"
        case .badEscape, .headerTooLong, .textTooLong, .damaged, .damagedOrCompressedTwice, .growsTooMuch, .system,
            .becameShorter, .standardInputTwice, .arrayNeverEnds, .moreAfterArray, .resultNotWhole, .told:
            return nil
        }
    }
}
