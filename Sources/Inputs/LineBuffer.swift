import Glibc
import Records

/// A window that moves over a file and gives its lines, or the rows of a table, without copying them.
///
/// It grows only for a line that does not fit, and is followed by `Record.padding` zeros.
final class LineBuffer {
    @safe struct Line {
        /// Nil if it is longer than the limit. Without its line feed; valid until the next call.
        var bytes: UnsafeBufferPointer<UInt8>?
        var offset: UInt64

        /// Without the white space of JSON around it.
        var withoutSpace: Line {
            guard let bytes = unsafe bytes, let first = unsafe bytes.firstIndex(where: { !$0.isJSONSpace }),
                let last = unsafe bytes.lastIndex(where: { !$0.isJSONSpace })
            else { return self }
            return unsafe Line(
                bytes: UnsafeBufferPointer(rebasing: bytes[first...last]), offset: offset + UInt64(first))
        }
    }

    private let blockSize: Int
    private let lineLimit: Int
    private var buffer: PaddedBuffer
    private var file: ByteSource?
    private var slice: Range<UInt64> = 0..<0
    /// What can be read of the file, as far as known.
    private var fileSize: UInt64 = 0
    /// For the row at hand; nil for lines.
    private var scanner: (any RowScanner)?
    private var start = 0  // of the line at hand
    private var position: UInt64 = 0  // in the file, of what comes after the window

    init(blockSize: Int = 1 << 17, lineLimit: Int = Int(UInt32.max) - Record.padding) {
        self.blockSize = blockSize
        self.lineLimit = lineLimit
        buffer = PaddedBuffer(capacity: blockSize)
    }

    /// Gets ready for the lines that start in the slice, or for the rows: these begin with the slice.
    ///
    /// - Parameter scanner: of rows; nil for lines.
    func begin(_ file: ByteSource, slice: Range<UInt64>, _ scanner: (any RowScanner)? = nil) throws(Fault) {
        self.file = file
        self.slice = slice
        fileSize = 0
        self.scanner = scanner
        (start, buffer.count) = (0, 0)
        position = slice.lowerBound
        guard position > 0, scanner == nil else { return }
        // A line starts at the slice's first byte if the byte before is a line feed.
        position -= 1
        try skip()
    }

    /// The next one that starts in the slice, wherever it ends.
    func next() throws(Fault) -> Line? {
        let offset = position - UInt64(buffer.count - start)
        guard offset < slice.upperBound, scanner?.isOver != true else { return nil }
        scanner?.restart()
        var scanned = start
        while true {
            if let end = feed(from: scanned) ?? endOfFile {
                defer { start = end.next }
                return unsafe Line(bytes: UnsafeBufferPointer(rebasing: buffer.bytes[start..<end.end]), offset: offset)
            }
            if buffer.count - start > lineLimit {
                try skip()
                return unsafe Line(bytes: nil, offset: offset)
            }
            scanned = buffer.count - start
            try fill()
        }
    }

    /// Where the first row starts at or after `target`, or rows or the file end; and whether there are no more rows.
    func end(
        of file: ByteSource, from start: UInt64, to target: UInt64, _ scanner: any RowScanner
    ) throws(Fault) -> (end: UInt64, isOver: Bool) {
        try begin(file, slice: start..<target, scanner)
        while try next() != nil {}
        return (position - UInt64(buffer.count - self.start), self.scanner!.isOver)
    }

    /// The bytes of one stretch of a file.
    func load(_ file: ByteSource, offset: UInt64, count: Int) throws(Fault) -> UnsafeBufferPointer<UInt8> {
        (start, buffer.count) = (0, 0)
        buffer.reserve(count)
        guard try unsafe file.read(into: buffer.base, count: count, at: offset) == count else { throw .becameShorter }
        buffer.count = count
        buffer.pad()
        return unsafe buffer.bytes
    }

    /// Gives a giant line's memory back.
    func trim(to limit: Int) {
        file = nil
        if buffer.capacity > max(limit, blockSize) { buffer = PaddedBuffer(capacity: blockSize) }
    }

    private var isAtEnd: Bool {
        if position >= fileSize { fileSize = file!.size(beyond: position) }
        return position >= fileSize
    }

    /// Of the line or row at hand, where nothing is before `index`.
    private func feed(from index: Int) -> RowEnd? {
        guard scanner == nil else {
            guard let end = unsafe scanner!.end(of: UnsafeBufferPointer(rebasing: buffer.bytes[start...])) else {
                return nil
            }
            return RowEnd(end: start + end.end, next: start + end.next)
        }
        return unsafe buffer.bytes.index(of: UInt8(ascii: "\n"), from: index).map { RowEnd(end: $0, next: $0 + 1) }
    }

    /// Where the line or row at hand ends if the file does.
    private var endOfFile: RowEnd? {
        guard isAtEnd else { return nil }
        let end = unsafe scanner?.endOfFile(in: UnsafeBufferPointer(rebasing: buffer.bytes[start...]))
        return end.map { RowEnd(end: start + $0.end, next: start + $0.next) }
            ?? RowEnd(end: buffer.count, next: buffer.count)
    }

    /// Drops the rest of a line or row, in no more memory than there is.
    private func skip() throws(Fault) {
        while true {
            if let feed = feed(from: start) {
                start = feed.next
                return
            }
            start = scanner == nil ? buffer.count : start + scanner!.dropDone()
            // The next line would start beyond the slice: it is somebody else's.
            guard !isAtEnd, scanner != nil || position < slice.upperBound else { return start = buffer.count }
            try fill()
        }
    }

    /// Reads on behind the line at hand, which moves to the front.
    private func fill() throws(Fault) {
        let kept = buffer.count - start
        if start > 0 { unsafe memmove(buffer.base, buffer.base + start, kept) }
        (start, buffer.count) = (0, kept)
        if kept == buffer.capacity { buffer.reserve(2 * buffer.capacity) }
        // Beyond the slice only the rest of one line is wanted.
        let wanted = position < slice.upperBound ? slice.upperBound - position : UInt64(max(kept, blockSize / 16, 1))
        let count = isAtEnd ? 0 : Int(min(wanted, UInt64(buffer.capacity - kept), fileSize - position))
        guard try unsafe file!.read(into: buffer.base + kept, count: count, at: position) == count else {
            throw .becameShorter
        }
        buffer.count += count
        position += UInt64(count)
        buffer.pad()
    }
}
