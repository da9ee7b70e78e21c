import Glibc
import Report

extension OutputFile {
    /// Makes sure before hours of work that the result can be written, and that it does not overwrite what it is made
    /// from.
    ///
    /// - Parameters:
    ///   - path: nil for standard output.
    ///   - others: further files that are to be written.
    static func opened(_ path: String?, besides inputs: [String], others: [String?] = []) throws -> OutputFile {
        let targets =
            [path.map(FileIdentity.init(path:)) ?? FileIdentity(descriptor: STDOUT_FILENO)]
            + others.map { $0.flatMap(FileIdentity.init(path:)) }
        for input in inputs {
            let source = input == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: input)
            guard source == nil || !targets.contains(source) else {
                throw Failure(.usage, "\(input) is an input: write to another file")
            }
        }
        do { return try OutputFile(path) } catch { throw Failure(.cannotWrite, "\(error)") }
    }
}
