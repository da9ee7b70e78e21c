import Glibc
import Inputs

enum FileKind {
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension InputSet {
    /// - Parameter targets: nil for standard output.
    func refuseOverwriting(_ targets: [String?]) throws { try files.map(\.origin).refuseOverwriting(targets) }
}

extension [String] {
    /// Of these paths any by one of the targets, nil for standard output.
    func refuseOverwriting(_ targets: [String?]) throws {
        let targets = Set(
            targets.map { $0.map(FileIdentity.init(path:)) ?? FileIdentity(descriptor: STDOUT_FILENO) })
        for input in self {
            let source = input == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: input)
            guard source == nil || !targets.contains(source) else {
                throw Failure(.usage, "\(input) is an input: write to another file")
            }
        }
    }
}
