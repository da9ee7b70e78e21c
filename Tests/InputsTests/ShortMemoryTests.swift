import CSimdjson
import Glibc
import Testing

/// Where memory runs out inside C++, C is told so: nothing may be thrown through it. Each in a process of its own.
@Suite struct ShortMemoryTests {
    /// An escaped key is copied, to memory that no shorter key has asked for.
    @Test func keyOfALine() async {
        await #expect(processExitsWith: .success) {
            let parser = csj_parser_create()!
            let plain = line(key: "aa"), escaped = line(key: "\\n")
            guard parse(parser, plain) == CSJ_NO_TEXT else { exit(1) }
            leave(megabytes: 32)
            exit(parse(parser, escaped) == CSJ_TOO_LONG ? EXIT_SUCCESS : 2)
        }
    }

    /// A node takes 64 bytes where its JSON takes two.
    @Test func nodesOfATree() async {
        await #expect(processExitsWith: .success) {
            let tree = csj_tree_create()!
            let count = 1 << 20
            let string = Array("\"\(String(repeating: "aa", count: count))a\"".utf8)
            let array = Array("[\(String(repeating: "0,", count: count))0]".utf8)
            guard csj_tree_read(tree, string, string.count) != nil else { exit(1) }
            leave(megabytes: 16)
            exit(csj_tree_read(tree, array, array.count) == nil ? EXIT_SUCCESS : 2)
        }
    }
}

/// `{"aa…":1}` with a key so long that no memory freed before will do.
private func line(key start: String) -> [UInt8] {
    let rest = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 26)
    return Array("{\"\(start)".utf8) + rest + Array("\":1}".utf8) + [UInt8](repeating: 0, count: Int(CSJ_PADDING))
}

private func parse(_ parser: OpaquePointer, _ line: [UInt8]) -> csj_status {
    var record = csj_record()
    return csj_parse(parser, line, line.count - Int(CSJ_PADDING), &record)
}

/// From here on the process gets so much more memory.
private func leave(megabytes: UInt) {
    let file = fopen("/proc/self/statm", "r")!
    defer { fclose(file) }
    var pages = [CChar](repeating: 0, count: 32)
    fgets(&pages, 32, file)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    limit.rlim_cur = strtoul(pages, nil, 10) * UInt(getpagesize()) + megabytes << 20
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}
