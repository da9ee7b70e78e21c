import ArgumentParser
import Inputs
import Report

/// How a result is written.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl, tsv, csv

    /// As the end of a file's name says, that of compression aside.
    init?(ofFile name: String) {
        switch PathName.fileExtension(Compression.inner(name)) {
        case "txt": self = .text
        case "jsonl", "ndjson", "json": self = .jsonl
        case "tsv": self = .tsv
        case "csv": self = .csv
        default: return nil
        }
    }

    var table: TableStyle? {
        switch self {
        case .text, .jsonl: nil
        case .tsv: .tsv
        case .csv: .csv
        }
    }
}
