/// A column of a table that is handed out.
package struct OutColumn: Sendable {
    var name: String
    var format: String
    var count: Int
    var nullCount = 0
    /// As the layout of the format has them, validity first.
    var buffers: [OutBuffer?]
    var children: [OutColumn] = []

    private init(_ name: String, _ format: String, count: Int, _ values: OutBuffer) {
        (self.name, self.format, self.count, buffers) = (name, format, count, [nil, values])
    }

    package static func integers(_ name: String, _ values: [Int64]) -> OutColumn {
        OutColumn(name, "l", count: values.count, OutBuffer(values))
    }

    /// The same bits taken for unsigned.
    package static func unsigned(_ name: String, _ values: [Int64]) -> OutColumn {
        OutColumn(name, "L", count: values.count, OutBuffer(values))
    }

    /// Seconds since 1970.
    package static func moments(_ name: String, _ values: [Int64?]) -> OutColumn {
        optional(name, "tss:UTC", values, 0)
    }

    package static func integers(_ name: String, _ values: [Int64?]) -> OutColumn { optional(name, "l", values, 0) }

    package static func numbers(_ name: String, _ values: [Double]) -> OutColumn {
        OutColumn(name, "g", count: values.count, OutBuffer(values))
    }

    package static func numbers(_ name: String, _ values: [Double?]) -> OutColumn { optional(name, "g", values, 0) }

    package static func booleans(_ name: String, _ values: [Bool]) -> OutColumn {
        OutColumn(name, "b", count: values.count, OutBuffer(bits(values)))
    }

    package static func strings(_ name: String, _ values: [String]) -> OutColumn {
        strings(name, count: values.count) { $1.append(contentsOf: values[$0].utf8) }
    }

    package static func strings(_ name: String, _ values: [String?]) -> OutColumn {
        var column = strings(name, values.map { $0 ?? "" })
        column.setNulls(values.map { $0 == nil })
        return column
    }

    /// - Parameter append: adds the bytes of the string at a place.
    package static func strings(_ name: String, count: Int, _ append: (Int, inout [UInt8]) -> Void) -> OutColumn {
        var bytes: [UInt8] = [], ends: [Int64] = [0]
        ends.reserveCapacity(count + 1)
        for place in 0..<count {
            append(place, &bytes)
            ends.append(Int64(bytes.count))
        }
        var column = OutColumn(name, "U", count: count, OutBuffer(ends))
        column.buffers.append(OutBuffer(bytes))
        return column
    }

    /// - Parameters:
    ///   - sizes: of each list; negative for null.
    ///   - items: of all lists, one behind the other.
    package static func lists(_ name: String, sizes: [Int], of items: OutColumn) -> OutColumn {
        var end: Int64 = 0, ends: [Int64] = [0]
        for size in sizes {
            end += Int64(max(0, size))
            ends.append(end)
        }
        var column = OutColumn(name, "+L", count: sizes.count, OutBuffer(ends))
        column.children = [items]
        column.setNulls(sizes.map { $0 < 0 })
        return column
    }

    /// Lists of so many numbers each.
    ///
    /// - Parameter values: row by row; zeros where a row is null.
    package static func lists(_ name: String, of size: Int, _ values: [UInt32], isNull: [Bool]) -> OutColumn {
        var column = OutColumn(name, "+w:\(size)", count: isNull.count, OutBuffer(values))
        column.children = [OutColumn("item", "I", count: values.count, column.buffers[1]!)]
        column.buffers.removeLast()
        column.setNulls(isNull)
        return column
    }

    private static func optional<Value: BitwiseCopyable>(
        _ name: String, _ format: String, _ values: [Value?], _ zero: Value
    ) -> OutColumn {
        var column = OutColumn(name, format, count: values.count, OutBuffer(values.map { $0 ?? zero }))
        column.setNulls(values.map { $0 == nil })
        return column
    }

    private mutating func setNulls(_ isNull: [Bool]) {
        nullCount = isNull.count { $0 }
        buffers[0] = nullCount == 0 ? nil : OutBuffer(Self.bits(isNull.map { !$0 }))
    }

    private static func bits(_ values: [Bool]) -> [UInt8] {
        var bits = [UInt8](repeating: 0, count: (values.count + 7) / 8)
        for (place, value) in values.enumerated() where value { bits[place >> 3] |= 1 << UInt8(place & 7) }
        return bits
    }
}

/// Memory that is handed out, aligned and padded to 64 bytes as Arrow asks for.
///
/// Sendable since it is written to only when it is made.
@safe final class OutBuffer: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    init<Value: BitwiseCopyable>(_ values: [Value]) {
        let used = values.count * MemoryLayout<Value>.stride, size = max(64, (used + 63) / 64 * 64)
        unsafe start = .allocate(byteCount: size, alignment: 64)
        unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        unsafe values.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { unsafe start.copyMemory(from: source, byteCount: used) }
        }
    }

    deinit { unsafe start.deallocate() }
}
