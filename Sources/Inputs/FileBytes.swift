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

    /// What makes the bytes that the file had of those that are read here; nil where they are the same. To be given them in
    /// order, piece by piece.
    public func encoder(of file: Int) -> ((UnsafeBufferPointer<UInt8>) -> [UInt8])? {
        let input = inputs.files[file]
        guard input.isConverted, let converter = input.encoding.flatMap({ TextConverter($0, back: true) }) else {
            return nil
        }
        return { bytes in unsafe converter.next(bytes) }
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

extension FileBytes {
    /// What goes with a record that a filter removes: its line; of an array the comma that would be too many.
    ///
    /// - Parameter position: of the file, up to where the filter is done: all behind it is kept but for the record.
    public func range(removing location: RecordLocation, from position: UInt64) throws(Problem) -> Range<UInt64> {
        let file = Int(location.file), record = inputs.lineRange(of: location)
        let format = inputs.files[file].format
        guard !format.hasLines, format.header != nil else { return record }
        do throws(Fault) {
            let source = try opener.open(inputs.files[file])
            if record.lowerBound != position, let comma = try source.comma(before: record.lowerBound) {
                return comma..<record.upperBound
            }
            return try record.lowerBound..<source.nextElement(from: record.upperBound)
        } catch {
            throw error.of(inputs.files[file].path)
        }
    }
}

extension ByteSource {
    /// Behind the comma and the white space around it; `offset` where no comma follows.
    fileprivate func nextElement(from offset: UInt64) throws(Fault) -> UInt64 {
        var position = offset, end = offset, hasComma = false
        try unsafe forEachBlock(from: offset) { block in
            for index in block.indices {
                let byte = unsafe block[index]
                if byte == UInt8(ascii: ","), !hasComma {
                    hasComma = true
                } else if !byte.isJSONSpace {
                    end = hasComma ? position : offset
                    return false
                }
                position += 1
            }
            return true
        }
        return end
    }

    /// The offset of the comma with nothing but white space behind it; nil where there is none.
    fileprivate func comma(before offset: UInt64) throws(Fault) -> UInt64? {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
        defer { unsafe block.deallocate() }
        var end = offset
        while end > 0 {
            let count = Int(min(end, UInt64(block.count))), start = end - UInt64(count)
            guard try unsafe read(into: block.baseAddress!, count: count, at: start) == count else {
                throw .becameShorter
            }
            if let index = unsafe block[..<count].lastIndex(where: { !$0.isJSONSpace }) {
                return unsafe block[index] == UInt8(ascii: ",") ? start + UInt64(index) : nil
            }
            end = start
        }
        return nil
    }
}

extension InputSet {
    /// Where the line of a record (or the whole of a text file) stands, line end included.
    public func lineRange(of location: RecordLocation) -> Range<UInt64> {
        let end = location.offset + UInt64(location.length), file = files[Int(location.file)]
        return location.offset..<(file.format.hasLines ? min(end + 1, file.byteCount) : end)
    }
}
