import Glibc

/// A window that moves over a file and gives its lines without copying them.
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

    private var file: Descriptor?
    private var slice: Range<UInt64> = 0..<0
    private var fileSize: UInt64 = 0
    private var start = 0  // of the line at hand
    private var end = 0
    private var position: UInt64 = 0  // in the file, of what comes after `end`

    init(blockSize: Int, lineLimit: Int) {
        self.blockSize = blockSize
        self.lineLimit = lineLimit
        capacity = blockSize
        base = .allocate(capacity: capacity + Record.padding)
    }

    deinit { base.deallocate() }

    /// Gets ready for the lines that start in the slice.
    func begin(_ file: Descriptor, fileSize: UInt64, slice: Range<UInt64>) throws(SystemError) {
        self.file = file
        self.fileSize = fileSize
        self.slice = slice
        (start, end) = (0, 0)
        position = slice.lowerBound
        guard position > 0 else { return }
        // A line starts at the slice's first byte if the byte before is a line feed.
        position -= 1
        try skipLine()
    }

    /// The next line that starts in the slice, wherever it ends.
    func next() throws(SystemError) -> Line? {
        let offset = position - UInt64(end - start)
        guard offset < slice.upperBound else { return nil }
        var scanned = start
        while true {
            if let feed = lineFeed(from: scanned) {
                defer { start = feed + 1 }
                return Line(bytes: UnsafeBufferPointer(start: base + start, count: feed - start), offset: offset)
            }
            if position == fileSize {
                defer { start = end }
                return Line(bytes: UnsafeBufferPointer(start: base + start, count: end - start), offset: offset)
            }
            if end - start > lineLimit {
                start = end
                try skipLine()
                return Line(bytes: nil, offset: offset)
            }
            scanned = end - start
            try fill()
        }
    }

    /// The bytes of one stretch of a file.
    func load(_ file: Descriptor, offset: UInt64, count: Int) throws(SystemError) -> UnsafeBufferPointer<UInt8> {
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

    private func lineFeed(from index: Int) -> Int? {
        guard index < end, let found = memchr(base + index, 0x0A, end - index) else { return nil }
        return base.distance(to: found.assumingMemoryBound(to: UInt8.self))
    }

    /// Drops the rest of a line, in no more memory than there is.
    private func skipLine() throws(SystemError) {
        while true {
            if let feed = lineFeed(from: start) {
                start = feed + 1
                return
            }
            start = end
            // The next line would start beyond the slice: it is somebody else's.
            guard position < min(fileSize, slice.upperBound) else { return }
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
        let count = Int(min(wanted, UInt64(capacity - end), fileSize - position))
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
