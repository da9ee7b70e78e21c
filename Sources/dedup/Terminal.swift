import DedupKit
import Glibc
import Report
import Synchronization

/// Standard output and error as a person meets them.
enum Terminal {
    static var isInput: Bool { isatty(STDIN_FILENO) == 1 }
    static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isError: Bool { isatty(STDERR_FILENO) == 1 }
    static var wantsNoColour: Bool { unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false }

    static var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
        return Int(size.ws_col)
    }

    /// One line of talk: what it quotes cannot steer the terminal, nor fill it.
    static func say(_ text: String) {
        let longest = 2000
        write(errorPrefix + TextStyle().plain(String(text.prefix(longest))) + "\n")
    }

    fileprivate static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// The progress line: only on a terminal, only after a second, gone at the end.
final class ProgressLine: Sendable {
    private struct State {
        var shownAt = 0.0
        var isShown = false
        var phase: Phase?
        var phaseStart = 0.0
        var done = 0
    }
    private let start = now()
    private let state = Mutex(State())

    func show(_ phase: Phase, _ done: Int, _ total: Int?) {
        let time = now()
        state.withLock { state in
            // A phase may come again; what several workers tell comes a little out of order.
            if state.phase != phase || done < state.done / 2 { (state.phase, state.phaseStart) = (phase, time) }
            state.done = done
            guard time - start > 1, time - state.shownAt > 0.1 else { return }
            state.shownAt = time
            state.isShown = true
            Terminal.write("\r\u{1b}[K\(phase.rawValue) \(line(phase, done, total, time, since: state.phaseStart))")
        }
    }

    private func line(_ phase: Phase, _ done: Int, _ total: Int?, _ time: Double, since start: Double) -> String {
        let passed = "\(Int(time - self.start)) s"
        let rate = phase.isInMegabytes && time > start ? ", \(Int(Double(done) / (time - start))) MB/s" : ""
        guard let total else { return "\(done) MB, \(passed)\(rate)" }
        let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
        let left = share > 0 ? Int((time - start) * (1 - share) / share) : 0
        let bar = String(repeating: "=", count: Int(20 * share))
        let rest = String(repeating: " ", count: 20 - bar.utf8.count)
        return "[\(bar)\(rest)] \(Int(100 * share)) %, \(passed)\(rate)" + (left > 1 ? ", about \(left) s left" : "")
    }

    func clear() {
        state.withLock { state in
            if state.isShown { Terminal.write("\r\u{1b}[K") }
            state.isShown = false
        }
    }
}

func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
