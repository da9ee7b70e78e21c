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
                guard let thread = Self.thread({ body(worker) }) else { break }
                threads.append(thread)
            }
            body(0)
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Hands out `0..<items` to the workers in ascending order, each item once.
    public func forEach(_ items: Int, _ body: @Sendable (_ item: Int, _ worker: Int) -> Void) {
        Workers(count: min(count, max(1, items))).forEachWhile { item, worker in
            guard item < items else { return false }
            body(item, worker)
            return true
        }
    }

    /// Hands out 0, 1, 2, … to the workers in ascending order, each number once, until each has been told that there is
    /// no such item.
    public func forEachWhile(_ body: @Sendable (_ item: Int, _ worker: Int) -> Bool) {
        let next = Atomic<Int>(0)
        run { worker in
            while body(next.wrappingAdd(1, ordering: .relaxed).oldValue, worker) {}
        }
    }

    /// Does something on a thread of its own, which nobody waits for; here and now where the system has none left.
    public static func detach(_ body: @escaping @Sendable () -> Void) {
        if let thread = thread(body) { pthread_detach(thread) } else { body() }
    }

    /// Nil where the system starts no more.
    private static func thread(_ body: @escaping () -> Void) -> pthread_t? {
        let context = Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { raw in
                Unmanaged<Start>.fromOpaque(raw!).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        if failed == 0 { return thread }
        context.release()
        return nil
    }

    private final class Start {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
}
