public import Columns
public import Records

/// Reads the members of an archive into a temporary file. What they are called is only ever a name: nothing is put on disk
/// under it.
struct ArchiveReader {
    private(set) var files: [InputFile] = []
    private(set) var passedOver = PassedOver()

    private let archive: Expansion
    private let path: String
    private let fields: Fields
    private let target: SpoolFile
    private let start: UInt64
    private let limit = ExpansionLimit()

    init(_ archive: Expansion, _ path: String, _ fields: Fields, _ target: SpoolFile) {
        (self.archive, self.path, self.fields, self.target) = (archive, path, fields, target)
        start = target.size
    }

    /// False where it is damaged: what came before is there, and the fault stands last among the files.
    mutating func read(_ first: Expansion.Entry) throws(InputError) -> Bool {
        do {
            var entry = first
            while entry != .end {
                switch entry {
                case .file(let name): try add(name)
                case .other(let name, let kind): passedOver.refuse("\(path)/\(Self.printable(name)): \(kind)")
                case .folder, .end: break
                }
                entry = try archive.next()
            }
            return true
        } catch let fault as Expansion.Fault {
            // Where a member was cut off, so is the archive.
            if files.last?.fault == nil { add(fault, to: path) }
            return false
        } catch {
            throw error as! InputError
        }
    }

    private mutating func add(_ name: String) throws {
        let name = Self.printable(name), path = "\(self.path)/\(name)"
        guard Format.isRead(named: name), Compression.inner(name) == name, !Self.isHidden(name) else {
            passedOver.inArchives += 1
            return
        }
        let source = ByteSource(descriptor: target.descriptor, base: target.size)
        var fault: Expansion.Fault?
        do { try copy(path) } catch let error as Expansion.Fault { fault = error }
        try add(path, source, size: target.size - source.base)
        if let fault { add(fault, to: path) }
    }

    private mutating func add(_ fault: Expansion.Fault, to path: String) {
        files.append(InputFile(fault: InputError(path: path, message: fault.message), origin: self.path))
    }

    private mutating func add(_ path: String, _ source: ByteSource, size: UInt64) throws {
        var source = source
        source.size = size
        do throws(InputError) {
            let head: [UInt8]
            do throws(SystemError) { head = try source.head(InputOpener.headSize) } catch { throw error.input(path) }
            let kind = try Format.kind(path, head: head, fields: fields)
            files.append(InputFile(path: path, origin: self.path, kind: kind, content: .extent(source)))
        } catch {
            files.append(InputFile(fault: error, origin: self.path))
        }
    }

    private func copy(_ path: String) throws {
        while case let bytes = try archive.read(), !bytes.isEmpty {
            try limit.check(target.size - start + UInt64(bytes.count), from: archive.consumed, in: target.folder)
            try target.append(bytes, of: path)
        }
    }

    /// As in folders; and what a Mac adds for itself.
    private static func isHidden(_ name: String) -> Bool {
        Format.fileName(name).hasPrefix(".") || name.hasPrefix("__MACOSX/")
    }

    private static func printable(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
