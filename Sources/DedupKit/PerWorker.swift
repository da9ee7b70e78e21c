/// One value for each worker (or work item): safe as long as nobody but its owner touches it.
package final class PerWorker<Value>: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<Value>

    package init(count: Int, _ make: () -> Value) {
        values = .allocate(capacity: count)
        for i in 0..<count { values.initializeElement(at: i, to: make()) }
    }

    package subscript(index: Int) -> Value {
        // In place: a value may be a large array.
        unsafeAddress { UnsafePointer(values.baseAddress! + index) }
        unsafeMutableAddress { values.baseAddress! + index }
    }

    deinit {
        values.deinitialize()
        values.deallocate()
    }
}
