import Records

extension ForeignFormat {
    /// The command that turns it into what is read; docs/recipes.md has them all.
    func wayOut(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        switch self {
        case .parquet: return "duckdb -c \"COPY (FROM '\(path)') TO '\(stem).jsonl' (FORMAT json)\""
        case .arrow:
            return "python3 -c \"import pyarrow.feather as f, pyarrow.csv as c; "
                + "c.write_csv(f.read_table('\(path)'), '\(stem).csv')\""
        case .avro: return "fastavro \(path) > \(stem).jsonl"
        case .sqlite: return "sqlite3 -json \(path) 'SELECT * FROM TABLE' > \(stem).json"
        case .pickle:
            return
                "python3 -c \"import pandas; pandas.read_pickle('\(path)').to_json('\(stem).jsonl', orient='records', "
                + "lines=True)\""
        case .archive: return "unpack it, and name the folder"
        case .pdf: return "pdftotext \(path) \(stem).txt"
        case .word, .openDocument, .epub, .rtf: return "pandoc -t plain --wrap=none -o \(stem).txt \(path)"
        case .oldWord: return "antiword -w 0 \(path) > \(stem).txt"
        case .excel: return "in2csv \(path) > \(stem).csv"
        case .html: return "trafilatura --json --with-metadata < \(path) > \(stem).json"
        case .warc, .feed: return "docs/recipes.md has a command that makes JSON Lines of it"
        case .xml: return "write its records as JSON Lines or CSV first"
        }
    }
}
