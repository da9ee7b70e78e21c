import Glibc
import Records

/// One file of documents.
public struct InputFile: Sendable {
    /// As the user gave it, or below the folder or archive that the user gave; `-` for standard input.
    public let path: String
    /// The file on disk that it is or comes out of.
    public let origin: String
    package let format: any RecordFormat

    /// Of its bytes, where its first ones tell that they are not UTF-8.
    let encoding: TextEncoding?
    /// Whether `content` has it as UTF-8, in a temporary file.
    let isConverted: Bool

    let content: Content
    /// Why it cannot be read at all, where others can.
    let fault: Problem?

    enum Content: Sendable {
        /// Held open for as many files as is polite. What is appended after the first look is not read.
        case file(size: UInt64, Descriptor?, FileStamp)
        /// Part of a temporary file.
        case extent(ByteSource)
        /// On its way into a temporary file.
        case growing(Growth)
        case none
    }

    init(
        path: String, origin: String, format: any RecordFormat, content: Content, encoding: TextEncoding? = nil,
        isConverted: Bool = false
    ) {
        (self.path, self.origin, self.format, self.content, fault) = (path, origin, format, content, nil)
        (self.encoding, self.isConverted) = (encoding, isConverted)
    }

    /// An unreadable one.
    init(fault: Problem, origin: String) {
        (path, self.origin, format, content, self.fault) = (fault.path, origin, JSONLines(), .none, fault)
        (encoding, isConverted) = (nil, false)
    }

    /// Waits for the end of what is still coming.
    public var byteCount: UInt64 {
        switch content {
        case .file(let size, _, _): size
        case .extent(let source): source.size
        case .growing(let growth): growth.end().size
        case .none: 0
        }
    }

    var sizeSoFar: UInt64 { if case .growing(let growth) = content { growth.sizeSoFar } else { byteCount } }
    var isComing: Bool { if case .growing = content { true } else { false } }
    var isOpen: Bool { if case .file(_, .some, _) = content { true } else { false } }
    /// Nil for what was copied and cannot change.
    var stamp: FileStamp? { if case .file(_, _, let stamp) = content { stamp } else { nil } }

    /// Of its encoding, where its first bytes tell that it is not UTF-8.
    public var encodingName: String? { encoding?.name }

    /// Whether a line feed is more than one byte in it.
    public var isWide: Bool { encoding?.isWide == true }

    /// Whether there is anything of it, or will be.
    public var isReadable: Bool { fault == nil }

    /// Whether it is one document, and no dump of them.
    public var isOneDocument: Bool { type(of: format).isOneDocument }

    /// Why it is not, or not to its end, what it should be. Waits for the end of what is still coming.
    var problem: Problem? {
        if case .growing(let growth) = content { return growth.end().fault }
        return fault
    }

    /// Its bytes; `opening` is asked for a file that is not open.
    func source(_ opening: (String) throws(Fault) -> Descriptor) throws(Fault) -> ByteSource {
        switch content {
        case .file(let size, let descriptor, _):
            if let descriptor { return ByteSource(descriptor: descriptor, size: size) }
            return ByteSource(descriptor: try opening(path), size: size)
        case .extent(let source): return source
        case .growing(let growth):
            let state = growth.wait(beyond: 0)
            return ByteSource(descriptor: state.file!, base: state.base, growth: growth)
        case .none: throw .system(ENOENT)
        }
    }
}
