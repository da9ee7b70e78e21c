import Records
import Synchronization

/// The cut of the inputs into pieces of work, made as far as it is asked for: what comes in slowly is worked on meanwhile.
/// It depends on the inputs alone, never on the number of workers.
final class ChunkTable: Sendable {
    enum Chunk: Equatable {
        /// Owns the lines or rows that start in `slice`.
        case records(file: Int, slice: Range<UInt64>)
        /// Files that are one record each.
        case texts(files: Range<Int>)
        /// All that is to be read of a file stands before; it is not all of it. Why is known to the file where it is nil.
        case fault(file: Int, Fault?)

        var file: Int {
            switch self {
            case .records(let file, _), .fault(let file, _): file
            case .texts(let files): files.lowerBound
            }
        }
    }

    /// Held while it waits for input; the chunks can be asked for meanwhile.
    private let cutter: Mutex<ChunkCutter>
    private let chunks = Mutex<[Chunk]>([])

    init(files: [InputFile], chunkSize: Int) {
        cutter = Mutex(ChunkCutter(files: files, chunkSize: UInt64(chunkSize)))
    }

    /// Whether there are so many chunks and one more. Waits for input where that is not known yet.
    func has(_ chunk: Int) -> Bool {
        if chunk < chunks.withLock(\.count) { return true }
        return cutter.withLock { cutter in
            while chunks.withLock(\.count) <= chunk {
                guard let next = cutter.next() else { return false }
                chunks.withLock { $0.append(next) }
            }
            return true
        }
    }

    /// Waits for the end of all input.
    var count: Int {
        _ = has(.max - 1)
        return chunks.withLock(\.count)
    }

    subscript(chunk: Int) -> Chunk { chunks.withLock { $0[chunk] } }

    func isFirstOfFile(_ chunk: Int) -> Bool {
        chunks.withLock { chunk == 0 || $0[chunk - 1].file != $0[chunk].file }
    }
}

/// Makes the chunks, one after the other.
private struct ChunkCutter {
    private let files: [InputFile]
    private let chunkSize: UInt64
    private var file = 0
    private var position: UInt64 = 0
    /// Whether the rows of the file at hand are behind, and what is wrong with what follows them.
    private var isOver = false
    private var tail: Fault?
    private let rows = LineBuffer()

    private static let largestGroup = 256

    init(files: [InputFile], chunkSize: UInt64) { (self.files, self.chunkSize) = (files, chunkSize) }

    mutating func next() -> ChunkTable.Chunk? {
        while file < files.count {
            if files[file].isOneDocument { return texts() }
            if let slice = slice() { return .records(file: file, slice: slice) }
            defer { (file, position, isOver, tail) = (file + 1, 0, false, nil) }
            if files[file].problem != nil || tail != nil { return .fault(file: file, tail) }
        }
        return nil
    }

    private mutating func texts() -> ChunkTable.Chunk {
        let first = file
        var size: UInt64 = 0
        repeat {
            size += files[file].byteCount
            file += 1
        } while file < files.count && files[file].isOneDocument && file - first < Self.largestGroup
            && size + files[file].byteCount <= chunkSize
        return .texts(files: first..<file)
    }

    /// The next piece of the file at hand.
    private mutating func slice() -> Range<UInt64>? {
        // One that cannot be opened any more is cut like any other, and the reader says what is wrong.
        let source = try? files[file].source { path throws(Fault) in try Descriptor.open(path) }
        let format = files[file].format
        guard !isOver else { return nil }
        position = max(position, format.header?.size ?? 0)
        let wanted = position + chunkSize
        let size = source?.size(beyond: wanted - 1) ?? files[file].byteCount
        guard position < size else { return nil }
        var end = min(wanted, size)
        if let scanner = format.rowScanner, let source {
            defer { rows.trim(to: InputReader.keptCapacity) }
            do throws(Fault) {
                (end, isOver) = try rows.end(of: source, from: position, to: end, scanner)
            } catch {
                end = size
            }
            defer { step(behind: end, of: source, format) }
            return position..<end
        }
        defer { position = end }
        return position..<end
    }

    /// To the next rows, if there are any.
    private mutating func step(behind end: UInt64, of source: ByteSource, _ format: any RecordFormat) {
        position = end
        let isAtEnd = end >= source.size(beyond: end)
        guard isOver || isAtEnd else { return }
        do throws(Fault) {
            guard isOver else { return tail = format.cutOff }
            switch try format.tail(source, from: end) {
            case .end(let fault): tail = fault
            case .rows(let next): (position, isOver) = (next, false)
            }
        } catch {
            tail = error
        }
    }
}
