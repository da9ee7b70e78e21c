package import CDedup

/// A stream read to its end: its schema and batches, held until nobody needs them.
///
/// Sendable since nothing in it is changed after it is made, and its producer lets any thread release it.
@safe package final class ArrowTable: @unchecked Sendable {
    private let schema = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
    private var batches: [UnsafeMutablePointer<ArrowArray>] = unsafe []
    package private(set) var rowCount = 0

    /// Takes a stream over, whatever comes of it.
    ///
    /// - Parameter isCancelled: asked before each batch.
    package init(
        taking stream: UnsafeMutablePointer<ArrowArrayStream>, isCancelled: () -> Bool = { false }
    ) throws(ArrowFailure) {
        unsafe schema.initialize(to: ArrowSchema())
        // Where it is asked it must stand still.
        let own = UnsafeMutablePointer<ArrowArrayStream>.allocate(capacity: 1)
        unsafe own.initialize(to: stream.pointee)
        unsafe stream.pointee.release = nil
        defer {
            if let release = unsafe own.pointee.release { unsafe release(own) }
            unsafe own.deallocate()
        }
        guard unsafe own.pointee.release != nil else {
            throw ArrowFailure(.damaged, "the stream was read before; give a new one")
        }
        guard unsafe own.pointee.get_schema(own, schema) == 0 else { throw unsafe Self.failure(of: own) }
        while true {
            if isCancelled() { throw ArrowFailure(.cancelled, "cancelled") }
            let batch = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
            unsafe batch.initialize(to: ArrowArray())
            unsafe batches.append(batch)
            guard unsafe own.pointee.get_next(own, batch) == 0 else { throw unsafe Self.failure(of: own) }
            guard unsafe batch.pointee.release != nil else { break }
            rowCount += unsafe Int(max(0, batch.pointee.length))
        }
    }

    deinit {
        while let batch = unsafe batches.popLast() {
            if let release = unsafe batch.pointee.release { unsafe release(batch) }
            unsafe batch.deallocate()
        }
        if let release = unsafe schema.pointee.release { unsafe release(schema) }
        unsafe schema.deallocate()
    }

    private var batchCount: Int { unsafe batches.count }

    private static func failure(of stream: UnsafeMutablePointer<ArrowArrayStream>) -> ArrowFailure {
        let reason = unsafe stream.pointee.get_last_error(stream).map { unsafe String(cString: $0) }
        return ArrowFailure(.damaged, "the stream failed: \(reason ?? "no reason given")")
    }

    /// Whether it has rows of fields, not values alone.
    private var hasFields: Bool { unsafe ArrowType(format: String(cString: schema.pointee.format)) == .structure }

    /// The names of its columns; nil of a stream of values alone.
    package var columnNames: [String]? {
        guard hasFields else { return nil }
        return unsafe (0..<Int(schema.pointee.n_children)).map { at in
            unsafe schema.pointee.children[at]?.pointee.name.map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// A column of each batch, in their order.
    ///
    /// - Parameter number: among the columns; of values alone 0.
    func column(_ number: Int, named name: String) throws(ArrowFailure) -> [ArrowColumn] {
        var columns: [ArrowColumn] = []
        var row = 0
        for at in 0..<batchCount {
            let batch = unsafe batches[at]
            guard unsafe batch.pointee.release != nil else { continue }
            do throws(ArrowFailure) {
                try unsafe columns.append(column(number, of: batch.pointee, name))
            } catch {
                var error = error
                error.row = error.row.map { $0 + row }
                throw error
            }
            row += columns.last!.count
        }
        return columns
    }

    private func column(_ number: Int, of batch: ArrowArray, _ name: String) throws(ArrowFailure) -> ArrowColumn {
        guard unsafe batch.length >= 0, unsafe batch.offset >= 0 else {
            throw ArrowFailure(.damaged, "a batch of \(unsafe batch.length) rows from \(unsafe batch.offset) on")
        }
        let length = unsafe Int(batch.length)
        guard hasFields else { return try unsafe ArrowColumn(batch, schema.pointee, rows: 0..<length, name: name) }
        guard unsafe batch.n_children == schema.pointee.n_children, let child = unsafe batch.children[number],
            let field = unsafe schema.pointee.children[number]
        else { throw ArrowFailure(.damaged, "a batch of other columns than its schema has") }
        guard unsafe batch.null_count <= 0 || batch.n_buffers == 0 || batch.buffers[0] == nil else {
            throw ArrowFailure(.type, "rows that are null as a whole; drop them first")
        }
        let first = unsafe Int(batch.offset)
        return try unsafe ArrowColumn(child.pointee, field.pointee, rows: first..<first + length, name: name)
    }
}
