import Glibc
import Records
import TestSupport
import Testing

@testable import Inputs

/// Files that are written to while they are read.
@Suite struct ChangesTests {
    private let scratch = TemporaryFolder()
    private static let record = #"{"text":"one two three"}"# + "\n"

    @Test(arguments: ["in.jsonl", "in.txt"])
    func areToldUnlessTheyAreAtTheEnd(_ name: String) throws {
        for (content, isTold) in [
            (Self.record, true), ("", true), (String(Self.record.dropLast()), true), (Self.record + Self.record, false),
            (nil, false),
        ] {
            let path = scratch.write(name, Self.record)
            // Long ago: a file system may know time by hundredths of a second.
            var times = [timeval(), timeval()]
            #expect(utimes(path, &times) == 0)
            let inputs = try InputSet(paths: [path])
            #expect(inputs.changes.isEmpty)
            if let content { scratch.write(name, content) } else { unlink(path) }
            #expect(inputs.changes == (isTold ? [Problem(path: path, .changed)] : []), "\(name): \(content ?? "gone")")
        }
    }
}
