import Arrow
internal import CDedup
import DedupKit
import Records
import Workers

/// What a `dedup_options` says, checked.
@safe struct Options {
    let definition: Definition
    let run: RunOptions
    let fields: ArrowFields

    static var standard: dedup_options {
        var options = unsafe dedup_options()
        let definition = Definition()
        unsafe options.size = MemoryLayout<dedup_options>.size
        unsafe options.threshold = definition.threshold
        unsafe options.event_threshold = definition.event.threshold
        unsafe options.event_window = definition.event.window
        return unsafe options
    }

    init(_ options: dedup_options, _ watch: Watch) throws(Failure) {
        let size = unsafe options.size
        guard unsafe size == MemoryLayout<dedup_options>.size else {
            throw .option(
                "size", unsafe "is \(size), not \(MemoryLayout<dedup_options>.size): call dedup_options_init first")
        }
        definition = try unsafe Self.definition(options)
        run = try unsafe Self.run(options, watch)
        fields = unsafe Self.fields(options)
    }

    private static func definition(_ options: dedup_options) throws(Failure) -> Definition {
        var definition = Definition()
        definition.threshold = try unsafe share("threshold", options.threshold)
        definition.event.threshold = try unsafe share("event_threshold", options.event_threshold)
        let window = unsafe options.event_window
        guard window >= 0 else { throw .option("event_window", "is \(window), not a number of days") }
        definition.event.window = window
        definition.linkage = try unsafe choice("linkage", options.linkage) ?? definition.linkage
        definition.keep = try unsafe choice("keep", options.keep) ?? definition.keep
        definition.dateOrder = try unsafe choice("date_order", options.date_order)
        return definition
    }

    private static func run(_ options: dedup_options, _ watch: Watch) throws(Failure) -> RunOptions {
        let memory = unsafe Int(options.memory), folder = unsafe string(options.temporary_folder)
        guard memory == 0 || memory >= 1 << 12 else {
            throw .option("memory", "is \(memory) bytes, less than any run takes")
        }
        var run = RunOptions(
            level: try unsafe choice("level", options.level) ?? .event,
            threads: try unsafe threads(options.threads))
        run.memory = Memory(limit: memory == 0 ? Memory.standardLimit : memory, folder: SpillFolder(folder))
        (run.pairs, run.explains) = unsafe (options.pairs, options.explain)
        if run.pairs, run.level == .exact { throw .option("pairs", "needs level near or further out") }
        if run.explains, run.level != .event { throw .option("explain", "needs level event") }
        run.isStopped = { watch.isCancelled }
        run.progress = { phase, done, total in watch.report(phase, done, total) }
        return run
    }

    /// - Parameter asked: 0 for one a core.
    static func threads(_ asked: Int32) throws(Failure) -> Int {
        guard (0...1024).contains(asked) else { throw .option("threads", "is \(asked), not from 1 to 1024") }
        return asked == 0 ? Workers.available : Int(asked)
    }

    private static func fields(_ options: dedup_options) -> ArrowFields {
        let usual = Fields.standard
        func choice(_ name: UnsafePointer<CChar>?, _ names: [String]) -> ArrowFields.Choice {
            guard let name = unsafe string(name) else { return .usual(names) }
            return name.isEmpty ? .none : .named(name)
        }
        return unsafe ArrowFields(
            text: choice(options.text, usual.text), id: choice(options.id, usual.id),
            title: choice(options.title, usual.title), date: choice(options.date, usual.date),
            source: choice(options.source, usual.source), language: choice(options.language, usual.language),
            url: choice(options.url, usual.url))
    }

    private static func string(_ string: UnsafePointer<CChar>?) -> String? {
        unsafe string.map { unsafe String(cString: $0) }
    }

    private static func share(_ name: String, _ value: Double) throws(Failure) -> Double {
        guard (0...1).contains(value) else { throw .option(name, "is \(value), not from 0 to 1") }
        return value
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ value: UnsafePointer<CChar>?
    ) throws(Failure) -> Choice? {
        guard let value = unsafe string(value) else { return nil }
        guard let choice = Choice(rawValue: value) else {
            let all = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw .option(name, "is \"\(value)\", not one of \(all)")
        }
        return choice
    }
}
