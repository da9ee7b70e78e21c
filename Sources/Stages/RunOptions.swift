import Workers

/// How a run goes and how far: what changes no answer, only how soon it comes and how much of it is asked for.
public struct RunOptions: Sendable {
    /// The outermost level wanted; those inside it come with it.
    public var level = Level.event
    /// Whether all verified pairs are wanted, not clusters only.
    public var pairs = false
    /// Whether it is wanted what the reports of an event have in common.
    public var explains = false
    /// Whether a record that cannot be read ends the run after the first pass, without clusters.
    public var stopsAtProblem = false
    /// At least 1.
    public var threads = 1
    public var memory = Memory.unlimited
    /// Whether stages inside the first pass are timed, which costs a few per cent.
    public var timesStages = false
    public var progress: Progress?
    /// Whether nobody waits for the run any more: asked often, from any of its threads. What a run returns that was stopped
    /// says nothing.
    public var isStopped: @Sendable () -> Bool = { false }

    /// - Parameters:
    ///   - level: the outermost level wanted.
    ///   - threads: at least 1.
    public init(level: Level = .event, threads: Int = 1) { (self.level, self.threads) = (level, threads) }

    package var workers: Workers { Workers(count: threads, isStopped: isStopped) }
}

/// What the stages of one run work with.
package struct Run: Sendable {
    package let definition: Definition
    package let options: RunOptions
    package let times: StageTimes

    package init(_ definition: Definition, _ options: RunOptions, _ times: StageTimes = StageTimes()) {
        (self.definition, self.options, self.times) = (definition, options, times)
    }

    var workers: Workers { options.workers }
}
