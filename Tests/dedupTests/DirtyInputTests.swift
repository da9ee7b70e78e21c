import Testing

/// What dumps look like in the wild, by name: what becomes of it, what is said, and the exit code — the same at every
/// level.
@Suite struct DirtyInputTests {
    @Test(arguments: DirtyCases.readable, SampleTests.levels)
    func readable(_ example: DirtyCase, level: String) throws { try expect(example, level) }

    @Test(arguments: DirtyCases.unreadable, SampleTests.levels)
    func unreadable(_ example: DirtyCase, level: String) throws { try expect(example, level) }

    /// `--strict` ends with the first complaint and without a result.
    @Test(arguments: DirtyCases.unreadable)
    func strict(_ example: DirtyCase) throws {
        let scratch = Scratch()
        scratch.write("in.jsonl", example.bytes)
        let run = try Tool.run(["cluster", "in.jsonl", "--strict"] + example.options, in: scratch.path)
        #expect(run.code == 2)
        #expect(run.output.isEmpty)
        #expect(run.talk.hasPrefix("dedup: \(example.talk[0])"), "\(run.talk)")
        #expect(run.talk.split(separator: "\n").count == 1, "\(run.talk)")
    }

    private func expect(_ example: DirtyCase, _ level: String) throws {
        let scratch = Scratch()
        scratch.write("in.jsonl", example.bytes)
        let run = try Tool.run(["cluster", "in.jsonl", "--level", level] + example.options, in: scratch.path)
        #expect(run.code == example.code)
        #expect(run.talk == example.talk.map { "dedup: \($0)\n" }.joined())
        let records = try Records(run)
        #expect(records.ids == example.ids)
        for (name, count) in example.summary { #expect(records.summary[name] as? Int == count, "\(name)") }
        #expect(records("error").count == example.summary["unreadable", default: 0])
        let same = Set(records("document").map { $0["exact"] as! String })
        #expect(same.count == (example.ids.isEmpty ? 0 : records.summary["too_short"] as? Int == 0 ? 1 : same.count))
    }
}
