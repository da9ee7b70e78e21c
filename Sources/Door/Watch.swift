internal import CDedup
import Glibc
import Stages
import Synchronization

/// Tells the callback of a run how far it is, and knows whether the run is to end.
///
/// A result reads texts again after its run, when the caller's context may be gone: from `end` on nothing is told.
///
/// Sendable since the callback is called under the lock, and its context is the caller's to share.
@safe final class Watch: @unchecked Sendable {
    private let callback: dedup_progress?
    private let context: UnsafeMutableRawPointer?
    private let cancelled = Atomic<Bool>(false)
    private let ended = Atomic<Bool>(false)
    /// When the callback is due, in nanoseconds.
    private let due = Atomic<Int>(0)
    private let last = Mutex<(phase: Phase, done: Int, total: Int?)>((.reading, 0, nil))

    private static let interval = 10_000_000

    init(_ options: dedup_options) { unsafe (callback, context) = unsafe (options.progress, options.context) }

    /// Whether the run is to end. Asks now and then, also while nothing is told.
    var isCancelled: Bool {
        if cancelled.load(ordering: .relaxed) { return true }
        if isDue { last.withLockIfAvailable { tell($0) } }
        return cancelled.load(ordering: .relaxed)
    }

    func check() throws(Failure) {
        if isCancelled { throw .cancelled }
    }

    /// After a run, when its threads have ended.
    func end() throws(Failure) {
        try check()
        ended.store(true, ordering: .relaxed)
    }

    func report(_ phase: Phase, _ done: Int, _ total: Int?) {
        guard isHeard else { return }
        last.withLockIfAvailable { last in
            last = (phase, done, total)
            if isDue || done == total { tell(last) }
        }
    }

    private var isHeard: Bool { unsafe callback != nil && !ended.load(ordering: .relaxed) }
    private var isDue: Bool { isHeard && Self.now() >= due.load(ordering: .relaxed) }

    private func tell(_ last: (phase: Phase, done: Int, total: Int?)) {
        due.store(Self.now() + Self.interval, ordering: .relaxed)
        let total = Int64(last.total ?? -1)
        if unsafe callback!(context, last.phase.rawValue, Int64(last.done), total) != 0 {
            cancelled.store(true, ordering: .relaxed)
        }
    }

    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
