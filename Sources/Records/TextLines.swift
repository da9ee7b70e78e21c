import Glibc

/// The lines of a file without their ends, `-` for standard input. Read once from start to end: the path may be a pipe.
public func textLines(of path: String) throws(Problem) -> [[UInt8]] {
    guard let file = unsafe fopen(path == "-" ? "/dev/stdin" : path, "r") else { throw systemProblem(path) }
    defer { unsafe fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { unsafe free(line) }
    var lines: [[UInt8]] = []
    while case let length = unsafe getline(&line, &capacity, file), length >= 0 {
        var bytes = unsafe Array(UnsafeRawBufferPointer(start: line, count: length))
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        lines.append(bytes)
    }
    guard unsafe ferror(file) == 0 else { throw systemProblem(path) }
    return lines
}

private func systemProblem(_ path: String) -> Problem {
    unsafe Problem(path: path, .told(message: String(cString: strerror(errno)), hint: nil))
}
