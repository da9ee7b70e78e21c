import Glibc

/// Something to be timed; `units` is what one run of it gets through.
struct Candidate {
    var name: String
    var units: Int
    var run: () -> Void
}

/// Nanoseconds a unit of each candidate: the least of `rounds` short runs that take turns, in the CPU time of this
/// thread. Turns and minima, because a shared machine only ever makes a run slower.
func race(_ candidates: [Candidate], rounds: Int) -> [Double] {
    var best = [Double](repeating: .infinity, count: candidates.count)
    for _ in 0..<rounds {
        for (i, candidate) in candidates.enumerated() {
            let start = threadNanoseconds()
            candidate.run()
            best[i] = min(best[i], threadNanoseconds() - start)
        }
    }
    return zip(best, candidates).map { $0 / Double($1.units) }
}

private func threadNanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
