import Synchronization

/// A long part of a run that a person may wait for.
public enum Phase: String, Sendable {
    case reading, comparing, events, writing

    /// Whether parts are megabytes, about; else pairs or steps.
    public var isInMegabytes: Bool { self == .reading || self == .writing }
}

/// Told how far a phase has come; called from any worker. The total is nil where nobody knows it yet.
public typealias Progress = @Sendable (_ phase: Phase, _ done: Int, _ total: Int?) -> Void

/// Counts the finished parts of a phase.
struct ProgressCounter: ~Copyable, Sendable {
    private let progress: Progress?
    private let phase: Phase
    private let total: Int?
    private let done = Atomic<Int>(0)

    init(_ progress: Progress?, _ phase: Phase, total: Int?) {
        self.progress = progress
        self.phase = phase
        self.total = total
    }

    func advance(by count: Int = 1) {
        let now = done.wrappingAdd(count, ordering: .relaxed).newValue
        progress?(phase, now, total)
    }
}
