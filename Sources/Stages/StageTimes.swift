import Glibc
import Synchronization

/// The parts of a run, in their order.
public enum Stage: String, Sendable, CaseIterable {
    case parse, tokenise, shingle, sketch, sample, columns, exact, bands, verify, cluster, copy, event, write
}

/// Seconds of work by stage, added up over workers.
public final class StageTimes: Sendable {
    private let seconds = Mutex([Stage: Double]())

    public init() {}

    public subscript(stage: Stage) -> Double { seconds.withLock { $0[stage] ?? 0 } }

    func add(_ clock: StageClock) {
        for (stage, time) in clock.seconds { add(stage, time) }
    }

    func add(_ stage: Stage, _ time: Double) { seconds.withLock { $0[stage, default: 0] += time } }

    /// CPU seconds of the whole process while `body` runs, apart from what it books for a stage of its own.
    public func measure<R>(_ stage: Stage, apartFrom inner: Stage? = nil, _ body: () throws -> R) rethrows -> R {
        func elapsed() -> Double { cpuSeconds() - (inner.map { self[$0] } ?? 0) }
        let start = elapsed()
        defer { add(stage, elapsed() - start) }
        return try body()
    }
}

/// A stop-watch of one worker.
struct StageClock {
    private var last = 0.0
    private(set) var seconds: [Stage: Double] = [:]

    /// What was booked; begins anew.
    mutating func taken() -> StageClock {
        defer { seconds = [:] }
        return self
    }

    mutating func start() { last = wallSeconds() }

    /// Books the time since the last lap.
    mutating func lap(_ stage: Stage) {
        let now = wallSeconds()
        seconds[stage, default: 0] += now - last
        last = now
    }
}

private func wallSeconds() -> Double { seconds(CLOCK_MONOTONIC) }
private func cpuSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
