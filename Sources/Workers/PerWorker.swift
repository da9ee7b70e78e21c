import Synchronization

/// One value for each worker (or work item): safe as long as nobody but its owner touches it.
@safe package final class PerWorker<Value>: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<Value>

    package init(count: Int, _ make: () -> Value) {
        unsafe values = .allocate(capacity: count)
        for i in 0..<count { unsafe values.initializeElement(at: i, to: make()) }
    }

    package subscript(index: Int) -> Value {
        // In place: a value may be a large array.
        unsafeAddress { unsafe UnsafePointer(values.baseAddress! + index) }
        unsafeMutableAddress { unsafe values.baseAddress! + index }
    }

    deinit {
        unsafe values.deinitialize()
        unsafe values.deallocate()
    }
}

extension Workers {
    package func forEach(_ items: Int, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        Workers(count: min(count, max(1, items))).forEachWhile { item, worker in
            guard item < items else { return false }
            body(item, worker)
            return true
        }
    }

    package func forEachWhile(_ body: @Sendable (_ item: Int, _ worker: Int) -> Bool) {
        let next = Atomic<Int>(0)
        let workers = Atomic<Int>(0)
        forEachWhile(scratch: { workers.wrappingAdd(1, ordering: .relaxed).oldValue }) { worker, _ in
            while body(next.wrappingAdd(1, ordering: .relaxed).oldValue, worker) {}
            return false
        }
    }
}
