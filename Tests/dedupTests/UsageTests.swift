import Testing

/// Wrong use: exit code 64, a message that names the way out, nothing on standard output.
@Suite struct UsageTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var arguments: String
        var message: String
        var testDescription: String { arguments.isEmpty ? "no inputs" : arguments }
    }

    @Test(arguments: [
        Case(arguments: "", message: "Missing expected argument '<input> ...'"),
        Case(arguments: "FILE --threshold 0", message: "--threshold is above 0 and at most 1"),
        Case(arguments: "FILE --threshold 2", message: "--threshold is above 0 and at most 1"),
        Case(arguments: "FILE --threshold nan", message: "--threshold is above 0 and at most 1"),
        Case(arguments: "FILE --threshold abc", message: "The value 'abc' is invalid for '--threshold"),
        Case(arguments: "FILE --event-threshold 1.5", message: "--event-threshold is above 0 and at most 1"),
        Case(arguments: "FILE --level same", message: "Please provide one of 'exact', 'near', 'copy' or 'event'"),
        Case(arguments: "FILE --linkage complete", message: "Please provide one of 'star' and 'single'"),
        Case(arguments: "FILE --format xml", message: "Please provide one of 'text', 'jsonl', 'tsv' or 'csv'"),
        Case(arguments: "FILE --color red", message: "Please provide one of 'auto', 'always' or 'never'"),
        Case(arguments: "FILE --threads 0", message: "--threads is from 1 to 1024"),
        Case(arguments: "FILE --threads -2", message: "--threads"),
        Case(arguments: "FILE --pairs --format tsv", message: "--pairs needs --format jsonl"),
        Case(arguments: "FILE --pairs --format text", message: "--pairs needs --format jsonl"),
        Case(arguments: "FILE --pairs --level exact", message: "--pairs needs --level near"),
        Case(arguments: "FILE --treshold 0.8", message: "Did you mean '--threshold'?"),
        Case(arguments: "FILE --text-field", message: "Missing value for '--text-field"),
        Case(arguments: "FILE -o", message: "Missing value for '-o"),
        Case(arguments: "- -", message: "standard input can be read only once"),
        Case(arguments: "FILE -o out --stats out", message: "-o and --stats need different files"),
    ])
    func cluster(_ example: Case) throws {
        let words = example.arguments.split(separator: " ").map { $0 == "FILE" ? Place.sample : String($0) }
        expect(try Tool.run(["cluster"] + words), example.message)
    }

    @Test func unknownCommand() throws { expect(try Tool.run(["clutser"]), "did you mean dedup cluster?") }

    @Test func evalWithoutGold() throws {
        expect(try Tool.run(["eval", Place.sample]), "Missing expected argument '<gold>'")
    }

    @Test(arguments: ["-0.1", "1.1", "x"])
    func leastF1(_ value: String) throws {
        expect(try Tool.run(["eval", Place.sample, Place.sample, "--min-f1=\(value)"]), "--min-f1")
    }

    @Test func unknownKernel() throws {
        let run = try Tool.run(["cluster", Place.sample], environment: ["DEDUP_KERNEL": "nonsense"])
        expect(run, "DEDUP_KERNEL=nonsense is not a kernel of this processor, which has scalar")
    }

    private func expect(_ run: Tool.Run, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(run.code == 64, sourceLocation: sourceLocation)
        #expect(run.talk.contains(message), "\(run.talk)", sourceLocation: sourceLocation)
        #expect(run.talk.hasPrefix("dedup: "), "\(run.talk)", sourceLocation: sourceLocation)
        #expect(run.output.isEmpty, sourceLocation: sourceLocation)
    }
}
