/// Where a record's line (without its line end) or file stands: enough to read it again.
public struct RecordLocation: Sendable, BitwiseCopyable, Hashable, Comparable {
    /// Bytes from the start of the file.
    public var offset: UInt64
    /// Bytes.
    public var length: UInt32
    /// Which file of the source.
    public var file: UInt32

    public init(offset: UInt64, length: UInt32, file: UInt32) {
        self.offset = offset
        self.length = length
        self.file = file
    }

    /// Input order.
    public static func < (a: RecordLocation, b: RecordLocation) -> Bool {
        a.file == b.file ? a.offset < b.offset : a.file < b.file
    }
}

/// The fields that a format found in a record, borrowed from the memory of whoever found them.
///
/// Strings are unescaped, valid UTF-8 and not terminated. An `id` or `date` that is a JSON number is given as it was
/// written.
@safe package struct RawRecord {
    /// Nil where there is only a title. At least `Record.padding` bytes may be read after its end.
    package var text: UnsafeBufferPointer<UInt8>?
    package var id, title, date, source, language, url: UnsafeBufferPointer<UInt8>?
    /// Nil where a format has no names.
    package var names: FieldNames?

    package init(
        text: UnsafeBufferPointer<UInt8>?, id: UnsafeBufferPointer<UInt8>? = nil,
        title: UnsafeBufferPointer<UInt8>? = nil, date: UnsafeBufferPointer<UInt8>? = nil,
        source: UnsafeBufferPointer<UInt8>? = nil, language: UnsafeBufferPointer<UInt8>? = nil,
        url: UnsafeBufferPointer<UInt8>? = nil, names: FieldNames? = nil
    ) {
        unsafe (self.text, self.id, self.title) = unsafe (text, id, title)
        unsafe (self.date, self.source, self.language, self.url) = unsafe (date, source, language, url)
        self.names = names
    }
}

/// One document, borrowed from the reader's buffers: valid only inside the callback that receives it. Its strings are
/// as in `RawRecord`.
@safe public struct Record {
    public var location: RecordLocation
    /// Counted from 1 at the start of the chunk; 0 in a text file.
    public var line: Int
    /// At least `Record.padding` bytes may be read after its end. Empty where only its trace is kept.
    public var text: UnsafeBufferPointer<UInt8>
    public var id, title, date, source, language, url: UnsafeBufferPointer<UInt8>?
    /// Where it comes in the total order of all documents; nil where these come in that order. All of a source or none.
    public var ordinal: UInt32?
    /// What is kept in the place of the text; nil where that is there.
    package var trace: TextTrace?

    public static let padding = 64

    public init(
        location: RecordLocation, line: Int, text: UnsafeBufferPointer<UInt8>, id: UnsafeBufferPointer<UInt8>? = nil,
        title: UnsafeBufferPointer<UInt8>? = nil, date: UnsafeBufferPointer<UInt8>? = nil,
        source: UnsafeBufferPointer<UInt8>? = nil, language: UnsafeBufferPointer<UInt8>? = nil,
        url: UnsafeBufferPointer<UInt8>? = nil
    ) {
        unsafe (self.location, self.line, self.text) = unsafe (location, line, text)
        unsafe (self.id, self.title, self.date) = unsafe (id, title, date)
        unsafe (self.source, self.language, self.url) = unsafe (source, language, url)
    }

    package init(_ raw: RawRecord, location: RecordLocation, line: Int) {
        unsafe self.init(
            location: location, line: line, text: raw.text ?? UnsafeBufferPointer(start: nil, count: 0), id: raw.id,
            title: raw.title, date: raw.date, source: raw.source, language: raw.language, url: raw.url)
    }
}

/// Texts that have lost most of their letters: read, and like no other.
public struct Illegible: Sendable, Equatable {
    public private(set) var count = 0
    /// Where the first is.
    public private(set) var first: Problem?

    public init() {}

    package mutating func add(_ problem: Problem) {
        count += 1
        if first == nil { first = problem }
    }

    /// - Parameter linesBefore: lines of the file before those that `other` counts.
    package mutating func add(_ other: Illegible, linesBefore: Int) {
        count += other.count
        guard first == nil, var problem = other.first else { return }
        if problem.line > 0 { problem.line += linesBefore }
        first = problem
    }
}

/// What reading one chunk came to.
public struct ChunkReport: Sendable, Equatable {
    /// The file that its lines are of; of several, the first.
    public var file = 0
    /// Lines that start in the chunk, blank ones too; 0 for text files.
    public var lines = 0
    /// Records handed on.
    public var records = 0
    /// Those of them that needed repair: invalid UTF-8, lone surrogates, bare control characters.
    public var repaired = 0
    /// Those of them that have a title but no text field.
    public var withoutText = 0
    /// Those of them that have lost most of their letters.
    public var illegible = Illegible()
    /// Records that could not be read since they have neither.
    public var withoutTextAndTitle = 0
    /// The names of the fields of the first record without a text; empty where that is not known.
    public var namesWithoutText: [String] = []
    /// Under which names fields were found.
    public var fieldUse = FieldUse()
    /// Records (or whole files) that could not be read.
    public var unreadable = 0
    /// The first `problemLimit` of those, their lines counted from the start of the chunk.
    public var problems: [Problem] = []

    /// A file of another format, one problem a line, must not fill the memory.
    public static let problemLimit = 100

    public init(file: Int = 0, lines: Int = 0, records: Int = 0) {
        (self.file, self.lines, self.records) = (file, lines, records)
    }

    package mutating func add(_ problem: Problem) {
        unreadable += 1
        if problems.count < Self.problemLimit { problems.append(problem) }
    }
}

extension ChunkReport {
    /// The problems with lines counted from the start of the file.
    public func problems(linesBefore: Int) -> [Problem] {
        problems.map { problem in
            var problem = problem
            if problem.line > 0 { problem.line += linesBefore }
            return problem
        }
    }
}

extension [ChunkReport] {
    /// Of each chunk, the lines of its file that stand before it.
    public var linesBefore: [Int] {
        var sum = 0, file = -1
        return map { report in
            if report.file != file { (sum, file) = (0, report.file) }
            defer { sum += report.lines }
            return sum
        }
    }
}
