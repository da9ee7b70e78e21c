import Corpus
import DedupKit
import Report

/// The outputs of a filter, opened before hours of work.
struct FilterWriter {
    private let options: FilterOutputOptions
    private let records: OutputFile
    private let dupes: OutputFile?

    init(_ options: FilterOutputOptions, besides inputs: InputSet) throws {
        self.options = options
        let file = options.output == "-" ? nil : options.output
        try inputs.refuseOverwriting([file] + [options.dupes, options.stats].compactMap { $0 })
        if !options.isPreview, let text = inputs.files.first(where: { $0.kind == .text }) {
            throw Failure(.usage, "\(text.path): text files cannot be written one behind the other")
        }
        if !options.isPreview { try inputs.refuseMixing() }
        do {
            records = try OutputFile(file)
            dupes = try options.dupes.map { name throws(OutputError) in try OutputFile(name == "-" ? nil : name) }
        } catch {
            throw Failure(.cannotWrite, "\(error)")
        }
    }

    func write(_ removals: Removals, _ clustering: Clustering, of inputs: InputSet) throws {
        let documents = clustering.documents
        do {
            if options.isPreview {
                let preview = FilterPreview(removals, documents, of: inputs)
                try records.write(preview.text(samples: options.sample ?? 0, width: Terminal.width).utf8)
                return try records.commit()
            }
            if let dupes {
                try RemovedRecords.write(removals, documents, of: inputs, to: dupes)
                // Before anything goes down a pipe: what is gone from there must stand here.
                try dupes.commit()
            }
            let mode: FilteredFiles.Mode = options.annotate ? .annotate : .remove
            try FilteredFiles(removals, documents, of: inputs, mode: mode).write(to: records)
            try records.commit()
        } catch let problem as Problem {
            throw Failure(.noInput, "\(problem)")
        } catch {
            throw Failure(.cannotWrite, "\(error)")
        }
    }
}

extension InputSet {
    /// What is written one behind the other must be of one kind, and tables of the same columns.
    fileprivate func refuseMixing() throws {
        let tables = files.filter { $0.table != nil }
        guard let first = tables.first else { return }
        let hint = "filter them one by one"
        if let other = files.first(where: { $0.kind == .jsonLines && $0.isReadable }) {
            throw Failure(.usage, "\(first.path) is a table and \(other.path) is not: \(hint)")
        }
        if let other = tables.first(where: { !$0.table!.suits(first.table!) }) {
            throw Failure(.usage, "\(other.path) has other columns than \(first.path): \(hint)")
        }
    }
}
