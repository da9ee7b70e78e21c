import Glibc

/// Patterns that the shell has left as they are.
enum Glob {
    /// Sorted by their bytes; none if it is no pattern.
    static func matches(_ pattern: String) -> [String] {
        guard isPattern(pattern) else { return [] }
        var found = unsafe glob_t()
        defer { unsafe globfree(&found) }
        // 0: no flags. The C locale sorts by bytes.
        guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
        return unsafe (0..<Int(found.gl_pathc)).compactMap {
            unsafe found.gl_pathv[$0].flatMap { unsafe String(validatingCString: $0) }
        }
    }

    static func isPattern(_ path: String) -> Bool { path.utf8.contains { "*?[".utf8.contains($0) } }
}
