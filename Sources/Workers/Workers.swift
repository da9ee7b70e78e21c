import Glibc
import Synchronization

/// A fixed set of threads that share a counter of work items.
///
/// One POSIX thread a worker: the work is pure CPU, its number is the user's to choose, and a loop over an
/// atomic counter costs a nanosecond an item where a task costs a microsecond.
public struct Workers: Sendable {
    /// The number of threads, at least 1.
    public let count: Int

    public init(count: Int) { self.count = max(1, count) }

    /// The cores of this machine that are switched on.
    public static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Calls `body` on each worker, at the same time, with the worker's number; returns when all have returned. Where the
    /// system starts fewer threads than were asked for, those do the work.
    private func run(_ body: @Sendable (_ worker: Int) -> Void) {
        if count == 1 { return body(0) }
        withoutActuallyEscaping(body) { body in
            var threads: [pthread_t] = []
            for worker in 1..<count {
                let context = Unmanaged.passRetained(Start { body(worker) })
                var thread = pthread_t()
                let failed = pthread_create(
                    &thread, nil,
                    { raw in
                        Unmanaged<Start>.fromOpaque(raw!).takeRetainedValue().body()
                        return nil
                    }, context.toOpaque())
                guard failed == 0 else {
                    context.release()
                    break
                }
                threads.append(thread)
            }
            body(0)
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Hands out `0..<items` to the workers in ascending order, each item once.
    public func forEach(_ items: Int, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        let next = Atomic<Int>(0)
        Workers(count: min(count, max(1, items))).run { worker in
            while case let item = next.wrappingAdd(1, ordering: .relaxed).oldValue, item < items {
                body(item, worker)
            }
        }
    }

    private final class Start {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
}
