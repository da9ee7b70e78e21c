import Glibc

/// Where things are.
enum Place {
    /// The package.
    static let root = parent(parent(parent(parent(#filePath))))
    static let sample = root + "/corpora/sample/stories.jsonl"
    static let golden = parent(parent(#filePath)) + "/Golden"

    /// What developers have beside the project; `DEDUP_SHARED` where it is elsewhere.
    static let shared = getenv("DEDUP_SHARED").map { String(cString: $0) } ?? parent(root) + "/shared"
    static let seeds = shared + "/corpora/seeds"
    static let score = shared + "/tools/score.py"

    static let executable = realPath("/proc/self/exe")!
    static let python = command("python3")
    static var isRoot: Bool { geteuid() == 0 }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    static func parent(_ path: String) -> String { String(path[..<path.lastIndex(of: "/")!]) }

    /// The full path of a command, nil where it is not installed.
    static func command(_ name: String) -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? ""
        return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
