public import Columns

/// Documents of any origin: records in chunks that workers read side by side, each of which can be read again.
///
/// What it gives depends on the documents alone, never on who reads which chunk when.
public protocol DocumentSource: Sendable {
    /// Whether there are so many chunks and one more. Waits for input where that is not known yet.
    func hasChunk(_ chunk: Int) -> Bool

    /// The chunks there will be, or a few more; nil as long as that is not known.
    var expectedChunks: Int? { get }

    /// Why not all of it could be kept for a second reading: known after the first.
    var failure: SpillError? { get }

    /// Files that were written to while they were read, so that what was read may be of two versions: asked after a run.
    var changes: [Problem] { get }

    /// One worker's way to the records.
    func reader() -> any DocumentReader

    /// Whether a record is of an archive that the others are held against. Those stand before all others.
    func isKnown(_ location: RecordLocation) -> Bool

    /// What a file is called where something is wrong with a line of it.
    func path(ofFile file: Int) -> String

    /// What a file that is one document is called.
    func name(ofText file: Int) -> String
}

extension DocumentSource {
    public var failure: SpillError? { nil }
    public var changes: [Problem] { [] }
    public func isKnown(_ location: RecordLocation) -> Bool { false }
}

/// Reads records for one worker, in memory that is used again.
public protocol DocumentReader: AnyObject {
    /// Calls `body` with each record of a chunk, in the order of the source.
    ///
    /// What cannot be read is in the report, and the rest is read all the same.
    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport

    /// Reads one record again. Its `line` is not known and 0.
    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem)
}

extension DocumentReader {
    /// Reads one record again and returns what `body` makes of it. Its `line` is not known and 0.
    @inlinable
    public func withRecord<R>(at location: RecordLocation, _ body: (Record) -> R) throws(Problem) -> R {
        var result: R?
        try readRecord(at: location) { result = body($0) }
        return result!
    }
}
