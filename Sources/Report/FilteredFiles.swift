public import DedupKit
public import Inputs
public import Output

/// The new files of the input as they stand but for the documents that a filter removed, or for what it says of each.
///
/// Files are copied by ranges: whatever is no document, blank lines, odd line ends, lines that cannot be read, goes
/// through untouched.
public final class FilteredFiles {
    public enum Mode: Sendable { case remove, annotate }

    /// Told of megabytes of input that are behind.
    public var progress: Progress?

    private static let encodedStep = 1 << 16

    private let inputs: InputSet
    private let documents: Documents
    private let mode: Mode
    private let bytes: FileBytes
    private let removals: Column<Removal>
    /// Megabytes of input.
    private let total: Int
    /// Bytes of it that are behind.
    private var behind: UInt64 = 0
    /// Of each file, its first document; then the number of all.
    private var firsts: [UInt32] = []
    /// The first of `removals` that is not behind: files are written in their order.
    private var next = 0

    public init(_ removals: Removals, _ documents: Documents, of inputs: InputSet, mode: Mode) {
        self.inputs = inputs
        self.documents = documents
        self.mode = mode
        self.removals = removals.all
        total = Int(inputs.files[inputs.newFiles].reduce(0) { $0 + $1.byteCount } >> 20)
        bytes = FileBytes(inputs)
        unsafe documents.locations.forEachBlock { first, block in
            for unsafe(place, location) in unsafe block.enumerated() where first + place >= documents.knownCount {
                while firsts.count <= location.file { firsts.append(UInt32(first + place)) }
            }
        }
        while firsts.count <= inputs.files.count { firsts.append(UInt32(documents.count)) }
    }

    /// All files, one behind the other. A line feed is added only where one would run into the next; of headers, which must
    /// be alike, the first stays.
    public func write(to output: OutputFile) throws {
        var hasHeader = false
        for file in inputs.newFiles {
            if !output.endsLine, inputs.files[file].byteCount > 0 {
                try output.write(CollectionOfOne(UInt8(ascii: "\n")))
            }
            try write(file, to: output, withHeader: !hasHeader)
            hasHeader = hasHeader || inputs.files[file].format.header != nil
        }
    }

    /// Each file to a place of its own, with folders made where there are none. A file that is one document, and removed,
    /// is written nowhere, and what an earlier run left in its place goes.
    ///
    /// - Parameter targets: paths, in the order of the files.
    public func write(to targets: [String]) throws {
        // Before one gets its name: what goes from it may be kept in another.
        for file in inputs.newFiles where !inputs.files[file].isOneDocument { try bytes.checkUnchanged(file) }
        for (file, target) in zip(inputs.newFiles, targets) where inputs.files[file].isReadable {
            let isOneDocument = inputs.files[file].isOneDocument
            if isOneDocument, removal(before: firsts[file + 1]) != nil {
                try OutputFolder.remove(target)
                continue
            }
            try OutputFolder.make(for: target)
            let output = try OutputFile(target)
            do { try write(file, to: output) } catch is Problem where isOneDocument && firsts[file] == firsts[file + 1]
            {
                continue  // Could not be read before, which was said then.
            }
            try output.commit()
        }
    }

    /// The next file.
    private func write(_ file: Int, to output: OutputFile, withHeader: Bool = true) throws {
        let header = inputs.files[file].format.header
        var position = withHeader ? 0 : header?.size ?? 0
        let encoder = unsafe bytes.encoder(of: file)
        func apply(_ edit: Edit) throws {
            try unsafe copy(position..<edit.range.lowerBound, of: file, to: output, encoder)
            try output.write(unsafe edit.text.withUnsafeBufferPointer { unsafe encoder?($0) } ?? edit.text)
            position = edit.range.upperBound
        }
        switch mode {
        case .remove:
            while let removal = removal(before: firsts[file + 1]) {
                let location = documents.locations[removal.document.index]
                try apply(Edit(range: bytes.range(removing: location, from: position)))
            }
        case .annotate:
            guard let marker = inputs.files[file].format.marker else {
                preconditionFailure("\(inputs.files[file].path) has no place for marks")
            }
            if withHeader, let header { try apply(Edit(range: header.end..<header.end, text: marker.header)) }
            for document in firsts[file]..<firsts[file + 1] {
                try apply(mark(of: Int(document), removal(before: document + 1), marker))
            }
        }
        let end = inputs.files[file].byteCount
        try unsafe copy(position..<end, of: file, to: output, encoder)
        behind += end
        try bytes.checkUnchanged(file)
    }

    /// Steps on to the next removal, if it is of a document before `end`.
    private func removal(before end: UInt32) -> Removal? {
        guard next < removals.count, case let removal = removals[next], removal.document.rawValue < end else {
            return nil
        }
        next += 1
        return removal
    }

    /// What stands in the output in place of a range of the input.
    private struct Edit {
        var range: Range<UInt64>
        var text: [UInt8] = []
    }

    private func mark(of document: Int, _ removal: Removal?, _ marker: any RecordMarker) throws -> Edit {
        let location = documents.locations[document]
        let verdict = removal.map { removal in
            Verdict.remove(
                of: documents.identifiers[removal.of], relation: removal.relation.rawValue, score: removal.score)
        }
        let (place, text) = try unsafe bytes.withLine(at: location) { unsafe marker.mark($0, verdict ?? .keep) }
        return Edit(range: location.offset + UInt64(place)..<location.offset + UInt64(place), text: text)
    }

    private func copy(
        _ range: Range<UInt64>, of file: Int, to output: OutputFile,
        _ encoder: ((UnsafeBufferPointer<UInt8>) -> [UInt8])?
    ) throws {
        if let encoder = unsafe encoder {
            for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.encodedStep) {
                let count = Int(min(UInt64(Self.encodedStep), range.upperBound - start))
                try output.write(
                    try unsafe withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { block in
                        try unsafe bytes.read(block, of: file, at: start)
                        return unsafe encoder(UnsafeBufferPointer(block.assumingMemoryBound(to: UInt8.self)))
                    })
            }
            return
        }
        try unsafe output.write(count: UInt64(range.count)) { target, done in
            try unsafe bytes.read(target, of: file, at: range.lowerBound + done)
            progress?(.writing, Int((behind + range.lowerBound + done) >> 20), total)
        }
    }
}
