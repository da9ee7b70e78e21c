import Glibc
import Records

/// The readable files below a folder.
enum Folder {
    /// Paths of the files that are read by their extension, sorted by their bytes, and how many others there are.
    ///
    /// Hidden names are skipped. Links to files are followed, links to folders are not: they could run in circles.
    static func files(below folder: String, _ formats: Formats) throws(Problem) -> (paths: [String], ignored: Int) {
        var paths: [String] = []
        var ignored = 0
        var pending = [folder]
        while let current = pending.popLast() {
            for entry in try entries(of: current) {
                let path = current.hasSuffix("/") ? current + entry : "\(current)/\(entry)"
                var status = stat()
                guard unsafe lstat(path, &status) == 0 else { continue }  // gone since the folder was read
                if status.st_mode & S_IFMT == S_IFDIR {
                    pending.append(path)
                } else if isRead(path, formats), unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG {
                    paths.append(path)
                } else {
                    ignored += 1
                }
            }
        }
        paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return (paths, ignored)
    }

    private static func isRead(_ path: String, _ formats: Formats) -> Bool {
        formats.format(named: path) != nil || Compression.isArchive(named: path)
    }

    private static func entries(of folder: String) throws(Problem) -> [String] {
        guard let stream = unsafe opendir(folder) else { throw Fault.system(errno).of(folder) }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(validatingCString: $0) }
            }
            guard let name else { throw Fault.nameNotUTF8.of(folder) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
