import ArgumentParser
import DedupKit
import Glibc
import Inputs
import Workers

struct ThreadOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Threads to use; any number gives the same result. (default: one a core)", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads is from 1 to 1024.") }
    }
}

/// What the work may take of the machine; the result is the same.
struct WorkOptions: ParsableArguments {
    @OptionGroup private var cores: ThreadOptions
    @Option(
        help: ArgumentHelp(
            "Memory to take, as 512M; the rest goes to temporary files. Level event takes more. "
                + "(default: three quarters of what is free)",
            valueName: "size"))
    var memory: ByteCount?
    @Option(
        help: ArgumentHelp("Folder for temporary files. (default: $TMPDIR, or /tmp)", valueName: "folder"),
        completion: .directory)
    var tempDir: String?

    func validate() throws {
        if let memory, memory.bytes < 1 << 12 {
            throw ValidationError("--memory \(memory) is that many bytes, less than any run takes: as 512M, or 8G.")
        }
        if tempDir == "" { throw ValidationError("--temp-dir needs the name of a folder.") }
    }

    func options(level: Level) -> RunOptions {
        var options = RunOptions(level: level, threads: cores.threads ?? Workers.available)
        let folder = SpillFolder(tempDir) { failure in
            // Outputs have no names yet, so that nothing half done stays.
            Terminal.say("\(failure)")
            _exit(Failure.Code.cannotWrite.rawValue)
        }
        options.memory = Memory(limit: memory?.bytes ?? Memory.standardLimit, folder: folder)
        return options
    }

    /// Says before hours of work where a limit will not be kept.
    func warn(of inputs: InputSet, _ level: Level) {
        guard let memory, level == .event else { return }
        let terms = ByteCount(bytes: Memory.terms(ofBytes: inputs.totalBytes))
        if terms.bytes > memory.bytes {
            Terminal.say("--memory \(memory): level event takes \(terms) or more; the others keep to it")
        }
    }

    /// Says afterwards where it was not kept.
    func tell(of clustering: Clustering) {
        guard let memory, let peak = Memory.peak, peak > memory.bytes else { return }
        Terminal.say("--memory \(memory): \(clustering.documents.count) documents took \(ByteCount(bytes: peak))")
    }
}

/// A size as people write it: 512M, 8G, 1048576.
struct ByteCount: ExpressibleByArgument, CustomStringConvertible {
    var bytes: Int

    private static let units: [(name: Character, shift: Int)] = [("K", 10), ("M", 20), ("G", 30), ("T", 40)]

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        var digits = argument[...]
        if digits.last?.uppercased() == "B" { digits = digits.dropLast() }
        if digits.last?.uppercased() == "I" { digits = digits.dropLast() }
        let unit = Self.units.first { String($0.name) == digits.last?.uppercased() }
        if unit != nil { digits = digits.dropLast() }
        guard let number = Int(digits), number > 0, number <= Int.max >> (unit?.shift ?? 0) else { return nil }
        bytes = number << (unit?.shift ?? 0)
    }

    /// In the largest unit that leaves two digits or more.
    var description: String {
        let unit = Self.units.last { bytes >> $0.shift >= 10 }
        return unit.map { "\(bytes >> $0.shift)\($0.name)" } ?? "\(bytes)"
    }
}
