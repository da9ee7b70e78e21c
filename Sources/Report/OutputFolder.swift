import Glibc
public import Inputs
public import Output

/// A folder that mirrors the new inputs.
public enum OutputFolder {
    /// Where each file goes: below `folder`, under the path by which it was given. Nothing leaves the folder: `..` goes no
    /// further up than to it, and an absolute path begins in it.
    ///
    /// Makes nothing yet; O(files).
    public static func paths(of inputs: InputSet, below folder: String) throws(OutputError) -> [String] {
        var origins: [String: String] = [:]
        var paths: [String] = []
        for file in inputs.files[inputs.newFiles].map(\.path) {
            if file == "-" {
                throw OutputError(path: folder, .noName)
            }
            let path = "\(folder)/\(inside(file))"
            if let other = origins.updateValue(file, forKey: path) {
                throw OutputError(path: path, .samePlace(other, file))
            }
            paths.append(path)
        }
        try check(folder)
        return paths
    }

    private static func inside(_ path: String) -> String {
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        return names.joined(separator: "/")
    }

    /// Makes sure before hours of work that files can be made there, or where it will be.
    package static func check(_ folder: String) throws(OutputError) {
        var status = stat(), existing = folder
        while unsafe stat(existing, &status) != 0, errno == ENOENT, existing != ".", existing != "/" {
            existing = OutputTarget.folder(of: existing)
        }
        if unsafe access(existing + "/", W_OK | X_OK) != 0 { throw OutputError(path: folder, SystemFailure()) }
    }

    /// Makes the folders above a file that are not there.
    package static func make(for path: String) throws(OutputError) {
        let folder = OutputTarget.folder(of: path)
        if unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, folder != path else { throw OutputError(path: folder, SystemFailure()) }
        try make(for: folder)
        if unsafe mkdir(folder, 0o777) != 0, errno != EEXIST { throw OutputError(path: folder, SystemFailure()) }
    }

    /// Returns whether there was something.
    @discardableResult
    package static func remove(_ path: String) throws(OutputError) -> Bool {
        if unsafe unlink(path) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw OutputError(path: path, SystemFailure()) }
        return false
    }
}
