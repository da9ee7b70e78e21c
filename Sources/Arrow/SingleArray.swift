package import CDedup
import Glibc

/// A stream of one array, which it has taken over. Its schema can be asked for once.
@safe package final class SingleArray {
    private var schema: ArrowSchema?
    private var array: ArrowArray?

    /// Both are moved.
    package init(_ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>) {
        unsafe (self.schema, self.array) = unsafe (schema.pointee, array.pointee)
        unsafe schema.pointee.release = nil
        unsafe array.pointee.release = nil
    }

    deinit {
        if var schema = unsafe schema, let release = unsafe schema.release { unsafe release(&schema) }
        if var array = unsafe array, let release = unsafe array.release { unsafe release(&array) }
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> SingleArray {
        unsafe Unmanaged<SingleArray>.fromOpaque(stream!.pointee.private_data).takeUnretainedValue()
    }

    package func export(to stream: UnsafeMutablePointer<ArrowArrayStream>) {
        unsafe stream.initialize(
            to: ArrowArrayStream(
                get_schema: { stream, out in
                    let state = unsafe SingleArray.of(stream)
                    guard let schema = unsafe state.schema else { return EINVAL }
                    unsafe out!.initialize(to: schema)
                    unsafe state.schema = nil
                    return 0
                },
                get_next: { stream, out in
                    let state = unsafe SingleArray.of(stream)
                    unsafe out!.initialize(to: state.array ?? ArrowArray())
                    unsafe state.array = nil
                    return 0
                },
                get_last_error: { _ in nil },
                release: { stream in
                    unsafe Unmanaged<SingleArray>.fromOpaque(stream!.pointee.private_data).release()
                    unsafe stream!.pointee.release = nil
                }, private_data: Unmanaged.passRetained(self).toOpaque()))
    }
}
