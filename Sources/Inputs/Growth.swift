import Glibc
import Records

/// A stream on its way into a temporary file, while readers follow behind.
///
/// Sendable since its state is touched only under its mutex.
@safe final class Growth: @unchecked Sendable {
    struct State {
        /// Where it is written, known as soon as there is anything to read.
        var file: Descriptor?
        /// Where it starts there.
        var base: UInt64 = 0
        /// Bytes that can be read.
        var size: UInt64 = 0
        var isOver = false
        /// Why it ended early; what came before is usable.
        var fault: Problem?
    }

    private var state = State()
    // The standard library has no condition variable.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    func update(_ body: (inout State) -> Void) {
        unsafe pthread_mutex_lock(mutex)
        body(&state)
        unsafe pthread_cond_broadcast(changed)
        unsafe pthread_mutex_unlock(mutex)
    }

    /// The state once more than `size` bytes can be read, or all there will ever be.
    func wait(beyond size: UInt64) -> State {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while state.size <= size, !state.isOver { unsafe pthread_cond_wait(changed, mutex) }
        return state
    }

    /// The state when all has come.
    func end() -> State { wait(beyond: .max) }

    var sizeSoFar: UInt64 {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return state.size
    }
}
