import ArgumentParser
import DedupKit
import Glibc

/// How every line of talk begins: whose it is.
let errorPrefix = "dedup: "

/// An end that is not success: what to say on standard error, and the exit code.
struct Failure: Error, CustomStringConvertible {
    /// docs/output.md lists them.
    enum Code: Int32 {
        case someUnreadable = 2
        case usage = 64
        case noText = 65
        case noInput = 66
        case cannotWrite = 74
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    init(_ code: Code, _ error: any Error) { self.init(code, worded(error)) }

    /// A kernel that is asked for and not there must not be another in silence.
    private static func checkKernel() throws {
        guard let unknown = Kernel.unknownRequest else { return }
        let known = Kernel.available.joined(separator: ", ")
        throw Failure(.usage, "DEDUP_KERNEL=\(unknown) is not a kernel of this processor, which has \(known)")
    }

    /// Runs a command's body, and ends the process as a failure says.
    static func reporting(_ body: () throws -> Void) throws {
        // A broken pipe ends a filter quietly, even where whoever started it ignores the signal.
        signal(SIGPIPE, SIG_DFL)
        // A limit on the size of files is an error like a full disk.
        signal(SIGXFSZ, SIG_IGN)
        do {
            try checkKernel()
            try body()
        } catch let failure as Failure {
            if !failure.description.isEmpty { Terminal.say("\(failure)") }
            throw ExitCode(failure.code.rawValue)
        }
    }
}
