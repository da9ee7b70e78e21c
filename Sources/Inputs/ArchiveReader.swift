import Columns
import Records

/// Reads the members of an archive into a temporary file. What they are called is only ever a name: nothing is put on disk
/// under it.
struct ArchiveReader {
    private(set) var files: [InputFile] = []
    private(set) var passedOver = PassedOver()

    private let archive: Expansion
    private let path: String
    private let fields: Fields
    private let formats: Formats
    private let target: SpoolFile
    private let start: UInt64
    private let limit = ExpansionLimit()

    init(_ archive: Expansion, _ path: String, _ fields: Fields, _ formats: Formats, _ target: SpoolFile) {
        (self.archive, self.path, self.target) = (archive, path, target)
        (self.fields, self.formats) = (fields, formats)
        start = target.size
    }

    /// False where it is damaged: what came before is there, and the fault stands last among the files.
    mutating func read(_ first: Expansion.Entry) throws(Problem) -> Bool {
        var entry = first
        while entry != .end {
            switch entry {
            case .file(let name):
                if let foreign = ForeignFormat(member: name), files.isEmpty { throw Fault.foreign(foreign).of(path) }
                try add(name)
            case .other(let name, let kind): passedOver.refuse("\(path)/\(Self.printable(name)): \(kind)")
            case .folder, .end: break
            }
            do throws(Fault) { entry = try archive.next() } catch {
                // Where a member was cut off, so is the archive.
                if files.last?.fault == nil { add(error.of(path)) }
                return false
            }
        }
        return true
    }

    private mutating func add(_ name: String) throws(Problem) {
        let name = Self.printable(name), path = "\(self.path)/\(name)"
        guard formats.format(named: name) != nil, Compression.inner(name) == name, !Self.isHidden(name) else {
            passedOver.inArchives += 1
            return
        }
        var source = ByteSource(descriptor: target.descriptor, base: target.size)
        var fault: Fault?
        do throws(Fault) { try copy() } catch {
            if case .notCopied = error { throw error.of(path) }
            fault = error
        }
        source.size = target.size - source.base
        do throws(Fault) {
            let encoding = try formats.encoding.encoding(source.head(Formats.headSize))
            let isConverted = encoding?.isWide == true
            if isConverted, let encoding { source = try converted(source, encoding) }
            let format = try formats.format(of: path, head: source.head(Formats.headSize), fields)
            files.append(
                InputFile(
                    path: path, origin: self.path, format: format, content: .extent(source), encoding: encoding,
                    isConverted: isConverted))
        } catch {
            add(error.of(path))
        }
        if let fault { add(fault.of(path)) }
    }

    private mutating func add(_ problem: Problem) { files.append(InputFile(fault: problem, origin: path)) }

    /// Behind the member as it came.
    private func converted(_ source: ByteSource, _ encoding: TextEncoding) throws(Fault) -> ByteSource {
        guard let converter = TextConverter(encoding) else { return source }
        var text = ByteSource(descriptor: target.descriptor, base: target.size)
        var fault: Fault?
        try unsafe source.forEachBlock(from: 0) { block in
            fault = unsafe converter.next(block).withUnsafeBytes { unsafe target.attempt($0) }
            return fault == nil
        }
        fault = unsafe fault ?? converter.end().withUnsafeBytes { unsafe target.attempt($0) }
        if let fault { throw fault }
        text.size = target.size - text.base
        return text
    }

    private func copy() throws(Fault) {
        while case let bytes = try unsafe archive.read(), unsafe !bytes.isEmpty {
            try limit.check(target.size - start + UInt64(bytes.count), from: archive.consumed, in: target.folder)
            try unsafe target.append(bytes)
        }
    }

    /// As in folders; and what a Mac adds for itself.
    private static func isHidden(_ name: String) -> Bool {
        PathName.fileName(name).hasPrefix(".") || name.hasPrefix("__MACOSX/")
    }

    private static func printable(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
