/// The cut of the inputs into pieces of work. It depends on the inputs alone, never on the number of workers.
struct ChunkTable: Sendable {
    enum Chunk: Equatable {
        /// Owns the lines that start in `slice` (bytes of a JSON Lines file).
        case lines(file: Int, slice: Range<UInt64>)
        /// Text files, each one record.
        case texts(files: Range<Int>)
    }

    private struct Span {
        var firstChunk: Int
        var files: Range<Int>
        var byteCount: UInt64
        var isText: Bool
    }

    private static let largestGroup = 256
    private let chunkSize: UInt64
    private var spans: [Span] = []
    private(set) var count = 0

    init(files: [InputFile], chunkSize: Int) {
        self.chunkSize = UInt64(chunkSize)
        for (index, file) in files.enumerated() {
            if file.kind == .text, let last = spans.last, last.isText, last.files.count < Self.largestGroup,
                last.byteCount + file.byteCount <= self.chunkSize
            {
                spans[spans.count - 1].files = last.files.lowerBound..<index + 1
                spans[spans.count - 1].byteCount += file.byteCount
                continue
            }
            let isText = file.kind == .text
            spans.append(Span(firstChunk: count, files: index..<index + 1, byteCount: file.byteCount, isText: isText))
            // An empty or unreadable file keeps one chunk, to be reported in.
            count += isText ? 1 : max(1, Int((file.byteCount + self.chunkSize - 1) / self.chunkSize))
        }
    }

    subscript(chunk: Int) -> Chunk {
        precondition(0..<count ~= chunk, "chunk \(chunk) of \(count)")
        let span = span(of: chunk)
        if span.isText { return .texts(files: span.files) }
        let start = UInt64(chunk - span.firstChunk) * chunkSize
        return .lines(file: span.files.lowerBound, slice: start..<min(start + chunkSize, max(start, span.byteCount)))
    }

    func isFirstOfFile(_ chunk: Int) -> Bool { span(of: chunk).firstChunk == chunk }

    private func span(of chunk: Int) -> Span {
        var low = 0
        var high = spans.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if spans[middle].firstChunk <= chunk { low = middle } else { high = middle }
        }
        return spans[low]
    }
}
