/// What text files are called: the name without extension, or the path where several would have that name.
struct TextNames {
    private let files: [InputFile]
    private var clashing: Set<String> = []

    init(_ files: [InputFile]) {
        self.files = files
        var seen: Set<String> = []
        for file in files where file.isOneDocument {
            let stem = PathName.stem(file.path)
            if !seen.insert(stem).inserted { clashing.insert(stem) }
        }
    }

    subscript(file: Int) -> String {
        let path = files[file].path
        let stem = PathName.stem(path)
        return clashing.contains(stem) ? path : stem
    }
}
