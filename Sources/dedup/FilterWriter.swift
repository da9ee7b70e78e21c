import DedupKit
import Inputs
import Output
import Report

/// The outputs of a filter, opened before hours of work.
struct FilterWriter {
    private enum Kept {
        case one(OutputFile)
        /// A file for each input.
        case each([String])
    }
    private let options: FilterOutputOptions
    private let kept: Kept
    private let dupes: OutputFile?

    init(_ options: FilterOutputOptions, besides inputs: InputSet) throws {
        self.options = options
        let file = options.output == "-" ? nil : options.output
        var targets = [options.dupes, options.stats].compactMap { $0 }
        if let folder = options.outDir, !options.isPreview {
            let paths: [String]
            do { paths = try OutputFolder.paths(of: inputs, below: folder) } catch { throw Failure(.usage, error) }
            targets += paths
            kept = .each(paths)
            if options.annotate { try inputs.refuseUnmarkable() }
        } else {
            if !options.isPreview { try inputs.refuseMixing() }
            if options.annotate { try inputs.refuseUnmarkable() }
            do { kept = .one(try OutputFile(file)) } catch { throw Failure(.cannotWrite, error) }
        }
        try inputs.refuseOverwriting(options.outDir == nil ? [file] + targets : targets)
        do {
            dupes = try options.dupes.map { name throws(OutputError) in try OutputFile(name == "-" ? nil : name) }
        } catch {
            throw Failure(.cannotWrite, error)
        }
    }

    /// - Parameters:
    ///   - known: how many documents were known.
    ///   - approve: is asked before a text of known documents counts.
    func write(
        _ removals: Removals, _ clustering: Clustering, known: Int, of inputs: InputSet, progress: Progress?,
        approve: () throws -> Void
    ) throws {
        let documents = clustering.documents
        do {
            if options.isPreview, case .one(let file) = kept {
                let preview = FilterPreview(removals, documents, known: known, of: inputs)
                let text = preview.text(samples: options.sample ?? 0, width: Terminal.width)
                try approve()
                try file.write(text.utf8)
                return try file.commit()
            }
            if let dupes {
                try RemovedRecords.write(removals, documents, of: inputs, to: dupes)
                try dupes.finish()
            }
            let mode: FilteredFiles.Mode = options.annotate ? .annotate : .remove
            let files = FilteredFiles(removals, documents, of: inputs, mode: mode)
            files.progress = progress
            // What is gone from the kept records must stand among the removed ones at any moment: these get their name
            // first. Where both are files, both are complete by then.
            switch kept {
            case .one(let file) where !file.isStream:
                try files.write(to: file)
                try file.finish()
                try dupes?.commit()
                try file.commit()
            case .one(let file):
                try dupes?.commit()
                try files.write(to: file)
                try file.commit()
            case .each(let paths):
                try dupes?.commit()
                try files.write(to: paths)
            }
        } catch let failure as Failure {
            throw failure
        } catch let problem as Problem {
            throw Failure(.noInput, problem)
        } catch {
            throw Failure(.cannotWrite, error)
        }
    }
}

extension InputSet {
    /// What is written one behind the other must be of one format, and its headers alike.
    fileprivate func refuseMixing() throws {
        let files = files[newFiles]
        if let text = files.first(where: \.isOneDocument) {
            throw Failure(.usage, "\(text.path): text files cannot be written one behind the other; use --out-dir")
        }
        let readable = files.filter(\.isReadable)
        if let other = readable.first(where: {
            $0.encodingName != readable[0].encodingName || readable.count > 1 && $0.isWide
        }) {
            let name = other.encodingName ?? readable[0].encodingName ?? ""
            throw Failure(
                .usage,
                "\(other.path): files of which some are in \(name) cannot be written one behind the other; use --out-dir"
            )
        }
        guard let first = readable.first(where: { $0.format.header != nil }) ?? readable.first else { return }
        let type = type(of: first.format), hint = "filter them one by one, or use --out-dir"
        if let other = readable.first(where: { Swift.type(of: $0.format) != type }) {
            throw Failure(.usage, "\(first.path) is \(type.name) and \(other.path) is not: \(hint)")
        }
        guard readable.count > 1 else { return }
        if let other = readable.first(where: { !$0.format.suits(first.format) }) {
            if !other.format.hasLines {
                throw Failure(.usage, "\(other.path) is \(type.name), and no other stands behind it: \(hint)")
            }
            throw Failure(.usage, "\(other.path) has other columns than \(first.path): \(hint)")
        }
    }

    fileprivate func refuseUnmarkable() throws {
        guard let file = files[newFiles].first(where: { $0.format.marker == nil }) else { return }
        throw Failure(.usage, "\(file.path): a text file has no field to add to")
    }
}
