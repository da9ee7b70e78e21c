import Glibc

/// The built binary, run as a user runs it.
enum Tool {
    struct Run {
        var output: [UInt8]
        /// All of standard error.
        var said: String
        /// Standard error without the line that every run has, on what was read.
        var talk: String {
            said.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("dedup: read ") }
                .joined(separator: "\n")
        }
        /// The exit code; of a process that a signal ended 128 and its number, as a shell has it.
        var code: Int32

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    /// `DEDUP_BINARY`, or what stands beside the test bundle, where the build puts both.
    static let path: String = {
        if let named = getenv("DEDUP_BINARY") { return String(cString: named) }
        let bundle = Place.executable
        let beside = bundle[..<bundle.lastIndex(of: "/")!] + "/dedup"
        if access(String(beside), X_OK) == 0 { return String(beside) }
        return Place.root + "/.build/debug/dedup"
    }()

    /// Runs it to its end, both outputs into files, which count as no terminal.
    ///
    /// - Parameters:
    ///   - input: what stands on standard input; nothing by default.
    ///   - environment: added to an otherwise bare one.
    static func run(
        _ arguments: [String], input: [UInt8] = [], in folder: String = Place.root,
        environment: [String: String] = [:], output: String? = nil, executable: String = path
    ) throws -> Run {
        let scratch = Scratch()
        let files = (
            input: scratch.write("in", input), output: output ?? scratch.path + "/out", talk: scratch.path + "/err"
        )
        let process = try start(
            arguments, in: folder, environment: environment, executable: executable,
            streams: (files.input, files.output, files.talk))
        let code = wait(process)
        return Run(
            output: output == nil ? scratch.read("out") : [],
            said: String(decoding: scratch.read("err"), as: UTF8.self), code: code)
    }

    /// Runs it in a shell line, in which `$DEDUP` is the binary.
    static func shell(_ line: String, in folder: String = Place.root, environment: [String: String] = [:]) throws -> Run
    {
        try run(
            ["-c", line], in: folder, environment: environment.merging(["DEDUP": path]) { $1 }, executable: "/bin/bash")
    }

    static func start(
        _ arguments: [String], in folder: String, environment: [String: String] = [:], executable: String = path,
        streams: (input: String, output: String, talk: String)
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, streams.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, streams.output, O_WRONLY | O_CREAT, 0o666)
        posix_spawn_file_actions_addopen(&actions, 2, streams.talk, O_WRONLY | O_CREAT, 0o666)

        // The threads of the test runner block signals, which a child would inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let bare = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8"]
        let variables = bare.merging(environment) { $1 }.map { strdup("\($0)=\($1)") }
        // `env` becomes the binary in the folder: the same process.
        let words = (["env", "-C", folder, executable] + arguments).map { strdup($0) }
        defer { for pointer in variables + words { free(pointer) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, "/usr/bin/env", &actions, &attributes, words + [nil], variables + [nil])
        guard error == 0 else { throw ToolError(description: "\(executable): \(String(cString: strerror(error)))") }
        return process
    }

    @discardableResult
    static func wait(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }
}

struct ToolError: Error, CustomStringConvertible {
    var description: String
}
