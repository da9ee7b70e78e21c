public import Columns
import Glibc
import Workers

/// How much memory a run may take, and where what does not fit goes.
///
/// Levels exact, near and copy keep to it, whatever the size of the input, as long as it is `least(for:_:)` or more. The
/// terms of the event level stay in memory.
public struct Memory: Sendable {
    /// Bytes of the whole process.
    public let limit: Int
    public let folder: SpillFolder

    /// Nothing goes to temporary files.
    public static var unlimited: Memory { Memory(limit: .max) }

    /// - Parameters:
    ///   - limit: bytes of the whole process.
    ///   - folder: where what does not fit goes; `TMPDIR` or `/tmp` by default.
    public init(limit: Int, folder: SpillFolder = SpillFolder()) {
        (self.limit, self.folder) = (limit, folder)
    }

    /// The program itself, and a megabyte of input on the way for each of a few workers.
    private static let base = 32 << 20
    /// Bytes that a document takes beside its id at the height of a run: measured, and rounded up (decision 012).
    private static func perDocument(_ level: Level) -> Int {
        switch level {
        case .exact: 150
        case .near: 400
        case .copy, .event: 600
        }
    }
    private static let perReportedDocument = 45

    func isExceeded(by documents: Int, idBytes: Int, _ level: Level) -> Bool {
        Self.base + documents * Self.perDocument(level) + idBytes > limit
    }

    /// The least that so many documents fit in, however much goes to files; the event level takes more.
    public static func least(for documents: Int, _ level: Level) -> Int {
        base + documents * (level < .copy ? 90 : 220)
    }

    /// What the event level keeps in memory of so much text, about.
    public static func terms(ofBytes bytes: UInt64) -> Int { Int(bytes / 4) }

    /// The most that the process has taken so far; nil where the system does not tell.
    public static var peak: Int? { field("VmHWM:", of: "/proc/self/status").map { $0 << 10 } }

    /// What a report leaves for columns.
    package func roomBesideReport(of documents: Int) -> Int { limit - Self.base - documents * Self.perReportedDocument }

    /// As many as can sort a band side by side in a quarter of the memory.
    func threads(_ most: Int, items: Int) -> Int { min(most, max(1, limit / 4 / max(1, items * 8))) }

    /// Three quarters of what is free on this machine, or in this container.
    public static var standardLimit: Int {
        let free = [field("MemAvailable:", of: "/proc/meminfo").map { $0 << 10 }, containerRoom].compactMap { $0 }.min()
        return free.map { max(base * 2, $0 / 4 * 3) } ?? .max
    }

    /// What a limit of the control group leaves; nil where there is none.
    private static var containerRoom: Int? {
        let root = "/sys/fs/cgroup"
        for (limit, used) in [
            ("memory.max", "memory.current"), ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
        ] {
            guard let limit = number(of: "\(root)/\(limit)"), let used = number(of: "\(root)/\(used)") else { continue }
            return max(0, limit - used)
        }
        return nil
    }

    private static func number(of file: String) -> Int? {
        contents(file).flatMap { Int($0.prefix { $0 != "\n" }) }
    }

    private static func field(_ name: String, of file: String) -> Int? {
        let line = contents(file)?.split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.split(separator: " ")[1]) }
    }

    private static func contents(_ path: String) -> String? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 13)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
