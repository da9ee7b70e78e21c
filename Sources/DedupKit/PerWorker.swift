/// One value for each worker (or work item): safe as long as nobody but its owner touches it.
final class PerWorker<Value>: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<Value>

    init(count: Int, _ make: () -> Value) {
        values = .allocate(capacity: count)
        for i in 0..<count { values.initializeElement(at: i, to: make()) }
    }

    subscript(index: Int) -> Value {
        get { values[index] }
        set { values[index] = newValue }
    }

    deinit {
        values.deinitialize()
        values.deallocate()
    }
}
