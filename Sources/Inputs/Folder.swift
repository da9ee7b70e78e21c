import Glibc
import Records

/// The readable files below a folder.
enum Folder {
    struct Found {
        /// Of the files that are read, sorted by their bytes.
        var paths: [String] = []
        /// How many others there are.
        var ignored = 0
        /// What has a name that is not UTF-8, as near to it as can be said.
        var misnamed: [String] = []
    }

    /// What is read by its extension, or since its name is that of a part of an output of Spark: `part-00000`.
    ///
    /// Hidden names are skipped. Links to files are followed, links to folders are not: they could run in circles.
    static func files(below folder: String, _ formats: Formats) throws(Problem) -> Found {
        var found = Found()
        var pending = [folder]
        while let current = pending.popLast() {
            for entry in try entries(of: current, &found.misnamed) {
                let path = current.hasSuffix("/") ? current + entry : "\(current)/\(entry)"
                var status = stat()
                guard unsafe lstat(path, &status) == 0 else {
                    if errno == ENOENT { continue }  // gone since the folder was read
                    throw Fault.system(errno).of(path)
                }
                if status.st_mode & S_IFMT == S_IFDIR {
                    pending.append(path)
                } else if isRead(path, formats), unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG {
                    found.paths.append(path)
                } else {
                    found.ignored += 1
                }
            }
        }
        found.paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        found.misnamed.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return found
    }

    private static func isRead(_ path: String, _ formats: Formats) -> Bool {
        let isPart = PathName.fileName(Compression.inner(path)).wholeMatch(of: /part-[0-9a-zA-Z-]+/) != nil
        return formats.format(named: path) != nil || Compression.isArchive(named: path) || isPart
    }

    private static func entries(of folder: String, _ misnamed: inout [String]) throws(Problem) -> [String] {
        guard let stream = unsafe opendir(folder) else { throw Fault.system(errno).of(folder) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let (name, bytes) = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe (String(validatingCString: $0), String(cString: $0))
                }
            }
            guard let name else {
                misnamed.append("\(folder)/\(bytes)")
                continue
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        guard errno == 0 else { throw Fault.system(errno).of(folder) }
        return names
    }
}
