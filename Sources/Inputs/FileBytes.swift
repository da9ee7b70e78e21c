import Glibc
public import Records

/// The bytes of a run's files as they stand, for writing them on.
@safe public final class FileBytes {
    private let inputs: InputSet
    private var opener = FileOpener()
    private var line = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 1)

    public init(_ inputs: InputSet) { self.inputs = inputs }

    deinit { unsafe line.deallocate() }

    /// Fills `target` with the bytes of a file from `offset` on.
    public func read(_ target: UnsafeMutableRawBufferPointer, of file: Int, at offset: UInt64) throws(Problem) {
        guard unsafe !target.isEmpty else { return }
        do throws(Fault) {
            let source = try opener.open(inputs.files[file])
            guard try unsafe source.read(into: target.baseAddress!, count: target.count, at: offset) == target.count
            else { throw .becameShorter }
        } catch {
            throw error.of(inputs.files[file].path)
        }
    }

    /// The line of a record or the whole of a text file, line end included: lent to `body`.
    public func withLine<R>(at location: RecordLocation, _ body: (UnsafeBufferPointer<UInt8>) -> R) throws(Problem) -> R
    {
        let range = inputs.lineRange(of: location)
        if unsafe line.count < range.count {
            unsafe line.deallocate()
            unsafe line = .allocate(byteCount: range.count + range.count / 2, alignment: 1)
        }
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: line[..<range.count])
        try unsafe read(target, of: Int(location.file), at: range.lowerBound)
        return unsafe body(UnsafeBufferPointer(target.assumingMemoryBound(to: UInt8.self)))
    }

    /// Makes sure that a file is what it was when the run began.
    public func checkUnchanged(_ file: Int) throws(Problem) {
        let input = inputs.files[file]
        guard let stamp = input.stamp else { return }
        do throws(Fault) {
            guard try FileStamp(opener.open(input).descriptor.status()) == stamp else { throw .changed }
        } catch {
            if case .system(let number) = error { throw Fault.gone(number).of(input.path) }
            throw error.of(input.path)
        }
    }
}

extension InputSet {
    /// Where the line of a record (or the whole of a text file) stands, line end included.
    public func lineRange(of location: RecordLocation) -> Range<UInt64> {
        let end = location.offset + UInt64(location.length)
        return location.offset..<min(end + 1, files[Int(location.file)].byteCount)
    }
}

/// By which a change of a file is noticed.
struct FileStamp: Equatable, Sendable {
    private let size: off_t
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
        size = status.st_size
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
