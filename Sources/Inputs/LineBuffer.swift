import Glibc
public import Records

/// A window that moves over a file and gives its lines, or the rows of a table, without copying them.
///
/// It grows only for a line that does not fit, and is followed by `Record.padding` zeros.
final class LineBuffer {
    struct Line {
        /// Nil if it is longer than the limit. Without its line feed; valid until the next call.
        var bytes: UnsafeBufferPointer<UInt8>?
        var offset: UInt64
    }

    private let blockSize: Int
    private let lineLimit: Int
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int

    private var file: ByteSource?
    private var slice: Range<UInt64> = 0..<0
    /// What can be read of the file, as far as known.
    private var fileSize: UInt64 = 0
    /// For the row at hand; nil for lines.
    private var scanner: RowScanner?
    private var start = 0  // of the line at hand
    private var end = 0
    private var position: UInt64 = 0  // in the file, of what comes after `end`

    init(blockSize: Int = 1 << 17, lineLimit: Int = Int(UInt32.max) - Record.padding) {
        self.blockSize = blockSize
        self.lineLimit = lineLimit
        capacity = blockSize
        base = .allocate(capacity: capacity + Record.padding)
    }

    deinit { base.deallocate() }

    /// Gets ready for the lines that start in the slice, or for the rows: these begin with the slice.
    ///
    /// - Parameter separator: of the columns of a table.
    func begin(_ file: ByteSource, slice: Range<UInt64>, separator: UInt8? = nil) throws(SystemError) {
        self.file = file
        self.slice = slice
        fileSize = 0
        scanner = separator.map(RowScanner.init)
        (start, end) = (0, 0)
        position = slice.lowerBound
        guard position > 0, scanner == nil else { return }
        // A line starts at the slice's first byte if the byte before is a line feed.
        position -= 1
        try skip()
    }

    /// The next one that starts in the slice, wherever it ends.
    func next() throws(SystemError) -> Line? {
        let offset = position - UInt64(end - start)
        guard offset < slice.upperBound else { return nil }
        scanner = scanner.map { RowScanner(separator: $0.separator) }
        var scanned = start
        while true {
            if let feed = feed(from: scanned) {
                defer { start = feed + 1 }
                return Line(bytes: UnsafeBufferPointer(start: base + start, count: feed - start), offset: offset)
            }
            if isAtEnd {
                defer { start = end }
                return Line(bytes: UnsafeBufferPointer(start: base + start, count: end - start), offset: offset)
            }
            if end - start > lineLimit {
                try skip()
                return Line(bytes: nil, offset: offset)
            }
            scanned = end - start
            try fill()
        }
    }

    /// Where the first row starts at or after `target`, or the file ends.
    func end(
        of file: ByteSource, from start: UInt64, to target: UInt64, separator: UInt8
    ) throws(SystemError) -> UInt64 {
        try begin(file, slice: start..<target, separator: separator)
        while try next() != nil {}
        return position - UInt64(end - self.start)
    }

    /// The bytes of one stretch of a file.
    func load(_ file: ByteSource, offset: UInt64, count: Int) throws(SystemError) -> UnsafeBufferPointer<UInt8> {
        (start, end) = (0, 0)
        reserve(count)
        guard try file.read(into: base, count: count, at: offset) == count else { throw SystemError.becameShorter }
        pad(at: count)
        return UnsafeBufferPointer(start: base, count: count)
    }

    /// Gives a giant line's memory back.
    func trim(to limit: Int) {
        file = nil
        guard capacity > max(limit, blockSize) else { return }
        base.deallocate()
        capacity = blockSize
        base = .allocate(capacity: capacity + Record.padding)
    }

    private var isAtEnd: Bool {
        if position >= fileSize { fileSize = file!.size(beyond: position) }
        return position >= fileSize
    }

    /// Of the line or row at hand, where nothing is before `index`.
    private func feed(from index: Int) -> Int? {
        guard scanner == nil else {
            return scanner!.end(of: UnsafeBufferPointer(start: base + start, count: end - start)).map { start + $0 }
        }
        return UnsafeBufferPointer(start: base, count: end).index(of: UInt8(ascii: "\n"), from: index)
    }

    /// Drops the rest of a line or row, in no more memory than there is.
    private func skip() throws(SystemError) {
        while true {
            if let feed = feed(from: start) {
                start = feed + 1
                return
            }
            start = scanner == nil ? end : start + scanner!.dropDone()
            // The next line would start beyond the slice: it is somebody else's.
            guard !isAtEnd, scanner != nil || position < slice.upperBound else { return start = end }
            try fill()
        }
    }

    /// Reads on behind the line at hand, which moves to the front.
    private func fill() throws(SystemError) {
        let kept = end - start
        if start > 0 { memmove(base, base + start, kept) }
        (start, end) = (0, kept)
        if kept == capacity { reserve(2 * capacity) }
        // Beyond the slice only the rest of one line is wanted.
        let wanted = position < slice.upperBound ? slice.upperBound - position : UInt64(max(kept, blockSize / 16, 1))
        let count = isAtEnd ? 0 : Int(min(wanted, UInt64(capacity - end), fileSize - position))
        guard try file!.read(into: base + end, count: count, at: position) == count else {
            throw SystemError.becameShorter
        }
        end += count
        position += UInt64(count)
        pad(at: end)
    }

    private func reserve(_ count: Int) {
        guard count > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Record.padding)
        larger.update(from: base, count: end)
        base.deallocate()
        base = larger
        capacity = count
    }

    private func pad(at index: Int) { (base + index).update(repeating: 0, count: Record.padding) }
}
