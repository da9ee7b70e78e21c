import Glibc
import Synchronization

/// A fixed set of threads that share a counter of work items.
///
///     let texts = ["The port reopened.", "It rained."]
///     let lengths = Workers(count: 4).map(texts.count, scratch: { Shingler() }) { shingler, text in
///         shingler.read(texts[text])
///         return shingler.tokenCount
///     }
///     lengths   // [3, 2]
///
/// One POSIX thread a worker: the work is pure CPU, its number is the user's to choose, and a loop over an
/// atomic counter costs a nanosecond an item where a task costs a microsecond. Each worker makes a scratch of its own,
/// on its own thread, and uses it for one item after the other.
public struct Workers: Sendable {
    /// The number of threads, at least 1.
    public let count: Int
    /// Whether nobody waits for the work any more. `forEach` then leaves the rest undone; where results are asked for,
    /// bodies may give the least that there is.
    public let isStopped: @Sendable () -> Bool

    public init(count: Int, isStopped: @escaping @Sendable () -> Bool = { false }) {
        (self.count, self.isStopped) = (max(1, count), isStopped)
    }

    /// The cores of this machine that are switched on.
    public static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// What `body` makes of each of `0..<items`, in their order.
    public func map<Scratch: ~Copyable, Result: Sendable>(
        _ items: Int, scratch: @Sendable () -> Scratch, _ body: @Sendable (inout Scratch, _ item: Int) -> Result
    ) -> [Result] {
        unsafe [Result](unsafeUninitializedCapacity: items) { results, initialized in
            let slots = unsafe Slots(results)
            // Each: memory without a value must not be seen.
            Workers(count: count).forEach(items, scratch: scratch) { scratch, item in
                unsafe slots.buffer.initializeElement(at: item, to: body(&scratch, item))
            }
            initialized = items
        }
    }

    /// What `body` makes of each of `0..<items`, in their order.
    public func map<Result: Sendable>(_ items: Int, _ body: @Sendable (_ item: Int) -> Result) -> [Result] {
        map(items, scratch: {}) { _, item in body(item) }
    }

    /// Hands out `0..<items` to the workers in ascending order, each item once.
    public func forEach<Scratch: ~Copyable>(
        _ items: Int, scratch: @Sendable () -> Scratch, _ body: @Sendable (inout Scratch, _ item: Int) -> Void
    ) {
        Workers(count: min(count, max(1, items))).forEachWhile(scratch: scratch) { scratch, item in
            guard item < items, !isStopped() else { return false }
            body(&scratch, item)
            return true
        }
    }

    /// Hands out `0..<items` to the workers in ascending order, each item once.
    public func forEach(_ items: Int, _ body: @Sendable (_ item: Int) -> Void) {
        forEach(items, scratch: {}) { _, item in body(item) }
    }

    /// Hands out 0, 1, 2, … to the workers in ascending order, each number once, until each has been told that there is
    /// no such item.
    public func forEachWhile<Scratch: ~Copyable>(
        scratch: @Sendable () -> Scratch, _ body: @Sendable (inout Scratch, _ item: Int) -> Bool
    ) {
        let next = Atomic<Int>(0)
        run {
            var scratch = scratch()
            while body(&scratch, next.wrappingAdd(1, ordering: .relaxed).oldValue) {}
        }
    }

    /// Lends the elements of an array to the workers, `size` in a row at a time, to be changed in place.
    ///
    /// - Parameter body: `first` is the index of a block's first element.
    public func forEachBlock<Element: BitwiseCopyable>(
        of elements: inout [Element], size: Int, _ body: @Sendable (_ first: Int, inout MutableSpan<Element>) -> Void
    ) {
        precondition(size > 0, "a block has at least one element")
        unsafe elements.withUnsafeMutableBufferPointer { elements in
            let slots = unsafe Slots(elements), count = elements.count
            forEach((count + size - 1) / size) { number in
                let first = number * size
                let block = unsafe slots.buffer[first..<min(count, first + size)]
                var span = unsafe UnsafeMutableBufferPointer(rebasing: block).mutableSpan
                body(first, &span)
            }
        }
    }

    /// Lends the elements of an array to the workers, one at a time, to be changed in place.
    ///
    /// - Returns: what `body` makes of each, in their order.
    public func map<Element: Sendable, Result: Sendable>(
        elementsOf elements: inout [Element], _ body: @Sendable (_ index: Int, inout Element) -> Result
    ) -> [Result] {
        unsafe elements.withUnsafeMutableBufferPointer { elements in
            let slots = unsafe Slots(elements)
            return map(elements.count) { unsafe body($0, &slots.buffer[$0]) }
        }
    }

    /// Calls `body` on each worker, at the same time; returns when all have returned. Where the system starts fewer
    /// threads than were asked for, those do the work.
    private func run(_ body: @Sendable () -> Void) {
        if count == 1 { return body() }
        // The compiler puts the length of the file's path beside the check that `body` did not escape; a name of our own
        // gives the same program in every folder.
        #sourceLocation(file:"threads",line:1)
        withoutActuallyEscaping(body) { body in
            var threads: [pthread_t] = []
            for _ in 1..<count {
                guard let thread = Self.thread({ body() }) else { break }
                threads.append(thread)
            }
            body()
            for thread in threads { pthread_join(thread, nil) }
        }
        #sourceLocation()
    }

    /// Does something on a thread of its own, which nobody waits for; here and now where the system has none left.
    public static func detach(_ body: @escaping @Sendable () -> Void) {
        if let thread = thread(body) { pthread_detach(thread) } else { body() }
    }

    /// Nil where the system starts no more.
    private static func thread(_ body: @escaping () -> Void) -> pthread_t? {
        let context = unsafe Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let failed = unsafe pthread_create(
            &thread, nil,
            { raw in
                unsafe Unmanaged<Start>.fromOpaque(raw!).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        if failed == 0 { return thread }
        unsafe context.release()
        return nil
    }

    private final class Start {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }
}

/// Sendable since each element is touched only by the worker that was handed its number, and by nobody else before all
/// workers have been joined.
@safe private struct Slots<Element>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Element>
    init(_ buffer: UnsafeMutableBufferPointer<Element>) { unsafe self.buffer = buffer }
}
