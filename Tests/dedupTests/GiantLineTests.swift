import Testing

/// Lines of tens of megabytes, whole and broken.
@Suite struct GiantLineTests {
    static let giant: [UInt8] = {
        let words = (0..<20_000).map { "w\($0 &* 7919 % 10_007)" }.joined(separator: " ")
        return Array(repeating: Array("\(words) ".utf8), count: 200).flatMap { $0 }
    }()

    @Test func whole() throws {
        let scratch = Scratch()
        scratch.write("in.jsonl", line("a", Self.giant) + line("b", Self.giant) + line("c", Self.giant.dropLast(3000)))
        let run = try Tool.run(["cluster", "in.jsonl", "--level", "near"], in: scratch.path)
        #expect(run.code == 0)
        #expect(run.talk.isEmpty)
        let records = try Records(run)
        #expect(records.ids == ["a", "b", "c"])
        #expect(records.groups("exact") == [["a", "b"]])
        #expect(records.groups("near") == [["a", "b", "c"]])
    }

    @Test func cutOff() throws {
        let scratch = Scratch()
        scratch.write("in.jsonl", line("a", Self.giant).dropLast(3) + [10] + line("b", Self.giant.prefix(1000)))
        let run = try Tool.run(["cluster", "in.jsonl"], in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk.hasPrefix("dedup: in.jsonl:1: cut off or malformed JSON"), "\(run.talk)")
        #expect(try Records(run).ids == ["b"])
    }

    private func line(_ id: String, _ text: some Sequence<UInt8>) -> [UInt8] {
        Array("{\"id\":\"\(id)\",\"text\":\"".utf8) + text + Array("\"}\n".utf8)
    }
}
