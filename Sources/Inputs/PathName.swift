/// What a path says of a file.
package enum PathName {
    /// In lower case, without the dot; empty where there is none.
    package static func fileExtension(_ path: String) -> String {
        let name = fileName(path)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The file's name without its folders and extension, and without what says how it is compressed.
    static func stem(_ path: String) -> String {
        let name = fileName(Compression.inner(path))
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
        return String(name[..<dot])
    }

    static func fileName(_ path: String) -> Substring {
        path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }
}
