internal import CDedup

/// A column of one batch, borrowed: values by rows of the batch. What makes loads safe is checked once, when it is made.
///
/// Sendable since nobody writes to a batch.
@safe struct ArrowColumn: @unchecked Sendable {
    /// Bytes of a value, borrowed from the batch.
    @safe struct Lent {
        var bytes: UnsafeBufferPointer<UInt8>
        /// Bytes behind the last that are known to be there.
        var readableBehind: Int
    }

    @safe private enum Values {
        case null
        /// - Parameter end: bytes that are known to be there.
        case strings(offsets: UnsafeRawPointer, width: Int, bytes: UnsafePointer<UInt8>?, end: Int)
        case views(UnsafeRawPointer, buffers: [UnsafeBufferPointer<UInt8>])
        case fixed(UnsafeRawPointer)
        indirect case dictionary(UnsafeRawPointer, keys: ArrowType, ArrowColumn)
    }

    let count: Int
    /// Of a dictionary, that of its values.
    let type: ArrowType
    private let validity: Validity
    /// The place of row 0 in the buffers.
    private let first: Int
    private let values: Values

    /// - Parameters:
    ///   - rows: of the array, counted from its own start.
    ///   - name: for errors.
    init(
        _ array: ArrowArray, _ schema: ArrowSchema, rows: Range<Int>, name: String
    ) throws(ArrowFailure) {
        func damaged(_ reason: String) -> ArrowFailure { ArrowFailure(.damaged, column: name, "\(name): \(reason)") }
        let type = unsafe ArrowType(format: String(cString: schema.format))
        guard unsafe array.length >= rows.upperBound, unsafe array.offset >= 0, rows.lowerBound >= 0 else {
            throw damaged("an array of \(unsafe array.length) rows where there are \(rows.upperBound)")
        }
        count = rows.count
        first = unsafe Int(array.offset) + rows.lowerBound
        let buffers = unsafe UnsafeBufferPointer(start: array.buffers, count: max(0, Int(array.n_buffers)))
        let hasNulls = unsafe array.null_count != 0 && type != .null && !buffers.isEmpty
        unsafe validity = Validity(hasNulls ? buffers[0] : nil, from: first)
        guard type != .null, !rows.isEmpty else {
            (self.type, values) = unsafe (
                schema.dictionary.map { ArrowType(format: unsafe String(cString: $0.pointee.format)) } ?? type, .null
            )
            return
        }
        if let dictionary = unsafe schema.dictionary {
            guard case .integer(let width, let isSigned) = type, buffers.count == 2,
                let keys = unsafe buffers[1],
                let array = unsafe array.dictionary
            else { throw damaged("a dictionary without its indices or values") }
            let column = try unsafe ArrowColumn(
                array.pointee, dictionary.pointee, rows: 0..<Int(array.pointee.length), name: name)
            unsafe values = .dictionary(keys, keys: .integer(bytes: width, isSigned: isSigned), column)
            self.type = column.type
            try checkKeys(upTo: column.count, name)
            return
        }
        self.type = type
        switch type {
        case .string(.view):
            guard buffers.count >= 3, let views = unsafe buffers[1] else {
                throw damaged("views without buffers")
            }
            values = try unsafe .views(views, buffers: Self.viewed(buffers, name))
        case .string(let layout):
            guard buffers.count == 3, let offsets = unsafe buffers[1] else {
                throw damaged("strings without offsets")
            }
            let width = layout == .small ? 4 : 8
            let end = unsafe Self.offset(offsets, width, Int(array.offset) + Int(array.length))
            let bytes = unsafe buffers[2]?.assumingMemoryBound(to: UInt8.self)
            guard unsafe bytes != nil || end == 0 else { throw damaged("strings without their bytes") }
            values = unsafe .strings(offsets: offsets, width: width, bytes: bytes, end: end)
        case _ where type.width != nil:
            guard buffers.count == 2, let start = unsafe buffers[1] else { throw damaged("no values") }
            values = unsafe .fixed(start)
        default: values = .null
        }
        try checkStrings(name)
    }

    /// The buffers that views point into; their sizes are the last buffer.
    private static func viewed(
        _ buffers: UnsafeBufferPointer<UnsafeRawPointer?>, _ name: String
    ) throws(ArrowFailure) -> [UnsafeBufferPointer<UInt8>] {
        let count = buffers.count - 3
        var all: [UnsafeBufferPointer<UInt8>] = unsafe []
        for at in 0..<count {
            guard let sizes = unsafe buffers[count + 2],
                case let size = unsafe Int(sizes.loadUnaligned(fromByteOffset: at * 8, as: Int64.self)), size >= 0,
                unsafe buffers[at + 2] != nil || size == 0
            else { throw ArrowFailure(.damaged, column: name, "\(name): a buffer of views without its size") }
            unsafe all.append(
                UnsafeBufferPointer(start: buffers[at + 2]?.assumingMemoryBound(to: UInt8.self), count: size))
        }
        return unsafe all
    }

    private static func offset(_ offsets: UnsafeRawPointer, _ width: Int, _ at: Int) -> Int {
        width == 4
            ? unsafe Int(offsets.loadUnaligned(fromByteOffset: at * 4, as: Int32.self))
            : unsafe Int(offsets.loadUnaligned(fromByteOffset: at * 8, as: Int64.self))
    }

    private func checkKeys(upTo count: Int, _ name: String) throws(ArrowFailure) {
        for row in 0..<self.count where validity[row] {
            guard case .dictionary(let keys, let type, _) = values,
                let key = unsafe Self.integer(keys, type, first + row),
                key < count, key >= 0
            else { throw ArrowFailure(.damaged, column: name, row: row, "\(name): an index outside its dictionary") }
        }
    }

    private func checkStrings(_ name: String) throws(ArrowFailure) {
        func damaged(_ row: Int) -> ArrowFailure {
            ArrowFailure(.damaged, column: name, row: row, "\(name): a string outside its buffer")
        }
        switch values {
        case .strings(let offsets, let width, _, let end):
            var last = unsafe Self.offset(offsets, width, first)
            guard last >= 0 else { throw damaged(0) }
            for row in 0..<count {
                let next = unsafe Self.offset(offsets, width, first + row + 1)
                guard next >= last, next <= end else { throw damaged(row) }
                last = next
            }
        case .views(let views, let buffers):
            for row in 0..<count where validity[row] {
                let view = unsafe StringView(views, first + row)
                let fits = unsafe !view.isLong || view.fits(in: buffers)
                guard view.length >= 0, fits else { throw damaged(row) }
            }
        case .null, .fixed, .dictionary: break
        }
    }
}

extension ArrowColumn {
    /// Whether a row has a value.
    func hasValue(_ row: Int) -> Bool {
        guard validity[row] else { return false }
        switch values {
        case .null: return false
        case .dictionary(let keys, let type, let column):
            return unsafe column.hasValue(Int(Self.integer(keys, type, first + row)!))
        case .strings, .views, .fixed: return true
        }
    }

    /// Of a column of strings; nil for null.
    func string(_ row: Int) -> Lent? {
        guard validity[row] else { return nil }
        switch values {
        case .strings(let offsets, let width, let bytes, let end):
            let start = unsafe Self.offset(offsets, width, first + row)
            let stop = unsafe Self.offset(offsets, width, first + row + 1)
            return unsafe Lent(
                bytes: UnsafeBufferPointer(start: bytes.map { unsafe $0 + start }, count: stop - start),
                readableBehind: end - stop)
        case .views(let views, let buffers): return unsafe StringView(views, first + row).lent(of: buffers)
        case .dictionary(let keys, let type, let column):
            return unsafe column.string(Int(Self.integer(keys, type, first + row)!))
        case .null, .fixed: return nil
        }
    }

    /// Of a column of integers, dates or timestamps; nil for null. Unsigned numbers of 64 bits by their pattern.
    func integer(_ row: Int) -> Int64? {
        guard validity[row] else { return nil }
        switch values {
        case .fixed(let start): return unsafe Self.integer(start, type, first + row)
        case .dictionary(let keys, let keyType, let column):
            return unsafe column.integer(Int(Self.integer(keys, keyType, first + row)!))
        case .null, .strings, .views: return nil
        }
    }

    /// Of a column of floating-point numbers; nil for null and for what is no number.
    func number(_ row: Int) -> Double? {
        guard validity[row], case .fixed(let start) = values, case .float(let bytes) = type else { return nil }
        let number =
            bytes == 4
            ? unsafe Double(start.loadUnaligned(fromByteOffset: (first + row) * 4, as: Float.self))
            : unsafe start.loadUnaligned(fromByteOffset: (first + row) * 8, as: Double.self)
        return number.isNaN ? nil : number
    }

    private static func integer(_ start: UnsafeRawPointer, _ type: ArrowType, _ at: Int) -> Int64? {
        func load<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) -> Int64 {
            unsafe Int64(
                truncatingIfNeeded: start.loadUnaligned(fromByteOffset: at * MemoryLayout<Value>.size, as: Value.self))
        }
        switch type {
        case .integer(1, true): return load(Int8.self)
        case .integer(1, false): return load(UInt8.self)
        case .integer(2, true): return load(Int16.self)
        case .integer(2, false): return load(UInt16.self)
        case .integer(4, false): return load(UInt32.self)
        case .integer(4, true), .date(4): return load(Int32.self)
        case .integer, .date, .timestamp: return load(Int64.self)
        case .null, .string, .float, .structure, .other: return nil
        }
    }
}
