public import Corpus
public import DedupKit

/// The input as it stands but for the documents that a filter removed, or for what it says of each.
///
/// Files are copied by ranges: whatever is no document, blank lines, odd line ends, lines that cannot be read, goes
/// through untouched.
public final class FilteredFiles {
    public enum Mode: Sendable { case remove, annotate }

    private let inputs: InputSet
    private let documents: Documents
    private let mode: Mode
    private let bytes: FileBytes
    private var removals: [Removal?]
    /// Of each file, its documents.
    private var ofFile: [Range<Int>] = []

    public init(_ removals: Removals, _ documents: Documents, of inputs: InputSet, mode: Mode) {
        self.inputs = inputs
        self.documents = documents
        self.mode = mode
        bytes = FileBytes(inputs)
        self.removals = Array(repeating: nil, count: documents.count)
        for removal in removals.all { self.removals[Int(removal.document)] = removal }
        var document = 0
        for file in inputs.files.indices {
            let first = document
            while document < documents.count, documents.locations[document].file == file { document += 1 }
            ofFile.append(first..<document)
        }
    }

    /// All files, one behind the other. A line feed is added only where one would run into the next; of tables, which must
    /// have the same columns, the first names them.
    public func write(to output: OutputFile) throws {
        var hasHeader = false
        for file in inputs.files.indices {
            if !output.endsLine, inputs.files[file].byteCount > 0 {
                try output.write(CollectionOfOne(UInt8(ascii: "\n")))
            }
            try write(file, to: output, withHeader: !hasHeader)
            hasHeader = hasHeader || inputs.files[file].table != nil
        }
    }

    /// One file.
    ///
    /// - Parameter withHeader: whether the names of a table's columns are written.
    public func write(_ file: Int, to output: OutputFile, withHeader: Bool = true) throws {
        let table = inputs.files[file].table
        var position = withHeader ? 0 : table?.headerSize ?? 0
        func apply(_ edit: Edit) throws {
            try copy(position..<edit.range.lowerBound, of: file, to: output)
            try output.write(edit.text)
            position = edit.range.upperBound
        }
        if mode == .annotate, withHeader, let table {
            let end = table.headerEnd
            try apply(Edit(range: end..<end, text: TableAnnotation.header(table.separator)))
        }
        for document in ofFile[file] {
            if let edit = try edit(document) { try apply(edit) }
        }
        try copy(position..<inputs.files[file].byteCount, of: file, to: output)
        try bytes.checkUnchanged(file)
    }

    /// What stands in the output in place of a range of the input.
    private struct Edit {
        var range: Range<UInt64>
        var text: [UInt8] = []
    }

    private func edit(_ document: Int) throws -> Edit? {
        let location = documents.locations[document]
        switch mode {
        case .remove:
            return removals[document].map { _ in Edit(range: inputs.lineRange(of: location)) }
        case .annotate:
            if let table = inputs.files[Int(location.file)].table {
                let end = location.offset + UInt64(try bytes.withLine(at: location) { $0.withoutLineEnd.count })
                let text = TableAnnotation.row(removals[document], documents, table.separator)
                return Edit(range: end..<end, text: text)
            }
            let (place, text) = try bytes.withLine(at: location) { line in
                // A record ends in a brace, else it would not have been read.
                (line.lastIndex(of: UInt8(ascii: "}"))!, annotation(of: document))
            }
            let offset = location.offset + UInt64(place)
            return Edit(range: offset..<offset, text: text)
        }
    }

    private func annotation(of document: Int) -> [UInt8] {
        var json = JSONWriter()
        json.bytes = Array(",\"dedup\":".utf8)
        json.object { json in
            json.field("keep", removals[document] == nil)
            if let removal = removals[document] { json.fields(removal, documents) }
        }
        return json.bytes
    }

    private func copy(_ range: Range<UInt64>, of file: Int, to output: OutputFile) throws {
        try output.write(count: UInt64(range.count)) { target, done in
            try bytes.read(target, of: file, at: range.lowerBound + done)
        }
    }
}
