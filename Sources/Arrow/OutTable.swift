package import CDedup
import Glibc

/// A table that is handed out as a stream of one batch.
package struct OutTable: Sendable {
    private let columns: [OutColumn]
    private let count: Int

    /// - Parameter columns: at least one, all of one length.
    package init(_ columns: [OutColumn]) {
        precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns of one length")
        (self.columns, count) = (columns, columns[0].count)
    }

    /// Writes to `stream`, which the consumer releases, as each part that it takes out of it.
    package func export(to stream: UnsafeMutablePointer<ArrowArrayStream>) {
        unsafe stream.initialize(to: OutStream(self).stream)
    }

    fileprivate func writeSchema(to schema: UnsafeMutablePointer<ArrowSchema>) {
        unsafe SchemaParts(format: "+s", name: "", children: columns).write(to: schema)
    }

    fileprivate func writeArray(to array: UnsafeMutablePointer<ArrowArray>) {
        unsafe ArrayParts(count: count, nullCount: 0, buffers: [nil], children: columns).write(to: array)
    }
}

/// The state of a stream that is out.
private final class OutStream {
    private let table: OutTable
    private var isGiven = false

    init(_ table: OutTable) { self.table = table }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> OutStream {
        unsafe Unmanaged<OutStream>.fromOpaque(stream!.pointee.private_data).takeUnretainedValue()
    }

    var stream: ArrowArrayStream {
        unsafe ArrowArrayStream(
            get_schema: { stream, schema in
                unsafe OutStream.of(stream).table.writeSchema(to: schema!)
                return 0
            },
            get_next: { stream, array in
                let state = unsafe OutStream.of(stream)
                unsafe array!.initialize(to: ArrowArray())
                if !state.isGiven { unsafe state.table.writeArray(to: array!) }
                state.isGiven = true
                return 0
            },
            get_last_error: { _ in nil },
            release: { stream in
                unsafe Unmanaged<OutStream>.fromOpaque(stream!.pointee.private_data).release()
                unsafe stream!.pointee.release = nil
            }, private_data: Unmanaged.passRetained(self).toOpaque())
    }
}

/// What a schema that is out points to.
@safe private final class SchemaParts {
    private let format, name: UnsafeMutablePointer<CChar>
    private let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>
    private let childCount: Int

    init(format: String, name: String, children columns: [OutColumn]) {
        unsafe (self.format, self.name) = unsafe (strdup(format), strdup(name))
        unsafe children = .allocate(capacity: max(1, columns.count))
        childCount = columns.count
        for (place, column) in columns.enumerated() {
            let child = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
            unsafe SchemaParts(format: column.format, name: column.name, children: column.children).write(to: child)
            unsafe (children + place).initialize(to: child)
        }
    }

    deinit {
        for place in 0..<childCount {
            let child = unsafe children[place]!
            if let release = unsafe child.pointee.release { unsafe release(child) }
            unsafe child.deallocate()
        }
        unsafe children.deallocate()
        unsafe free(format)
        unsafe free(name)
    }

    func write(to schema: UnsafeMutablePointer<ArrowSchema>) {
        unsafe schema.initialize(
            to: ArrowSchema(
                format: format, name: name, metadata: nil, flags: Int64(ARROW_FLAG_NULLABLE),
                n_children: Int64(childCount), children: childCount == 0 ? nil : children, dictionary: nil,
                release: { schema in
                    unsafe Unmanaged<SchemaParts>.fromOpaque(schema!.pointee.private_data).release()
                    unsafe schema!.pointee.release = nil
                }, private_data: Unmanaged.passRetained(self).toOpaque()))
    }
}

/// What an array that is out points to. A child may be moved away and outlive it.
@safe private final class ArrayParts {
    private let count, nullCount: Int
    private let owners: [OutBuffer?]
    private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
    private let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
    private let childCount: Int

    init(count: Int, nullCount: Int, buffers owners: [OutBuffer?], children columns: [OutColumn]) {
        (self.count, self.nullCount, self.owners, childCount) = (count, nullCount, owners, columns.count)
        unsafe buffers = .allocate(capacity: max(1, owners.count))
        for (place, owner) in owners.enumerated() {
            unsafe (buffers + place).initialize(to: owner.map { unsafe UnsafeRawPointer($0.start) })
        }
        unsafe children = .allocate(capacity: max(1, columns.count))
        for (place, column) in columns.enumerated() {
            let child = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
            unsafe ArrayParts(
                count: column.count, nullCount: column.nullCount, buffers: column.buffers, children: column.children
            ).write(to: child)
            unsafe (children + place).initialize(to: child)
        }
    }

    deinit {
        for place in 0..<childCount {
            let child = unsafe children[place]!
            if let release = unsafe child.pointee.release { unsafe release(child) }
            unsafe child.deallocate()
        }
        unsafe children.deallocate()
        unsafe buffers.deallocate()
    }

    func write(to array: UnsafeMutablePointer<ArrowArray>) {
        unsafe array.initialize(
            to: ArrowArray(
                length: Int64(count), null_count: Int64(nullCount), offset: 0, n_buffers: Int64(owners.count),
                n_children: Int64(childCount), buffers: buffers, children: childCount == 0 ? nil : children,
                dictionary: nil,
                release: { array in
                    unsafe Unmanaged<ArrayParts>.fromOpaque(array!.pointee.private_data).release()
                    unsafe array!.pointee.release = nil
                }, private_data: Unmanaged.passRetained(self).toOpaque()))
    }
}
