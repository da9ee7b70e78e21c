import Testing

@Suite struct HelpTests {
    @Test(arguments: [
        "", "cluster", "flag", "compare", "report", "filter", "eval", "index", "index create", "index add",
        "index match", "index remove", "index expire", "index settle", "index check", "index stats", "index export",
    ])
    func page(of command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let run = try Tool.run(words + ["--help"], environment: ["COLUMNS": "80"])
        #expect(run.code == 0)
        #expect(run.talk.isEmpty)
        expectGolden((["help"] + words).joined(separator: "-") + ".txt", run.text)
        #expect(try Tool.run(["help"] + words, environment: ["COLUMNS": "80"]).text == run.text)
    }

    @Test func noArgumentsShowTheFirstPage() throws {
        let run = try Tool.run([])
        #expect(run.code == 0)
        #expect(run.text == (try Tool.run(["--help"]).text))
    }

    /// Every page: one sentence, two examples, and no option outside a group but those of every command.
    @Test(arguments: ["cluster", "flag", "filter", "index add", "index match"])
    func shape(of command: String) throws {
        let text = try Tool.run(command.split(separator: " ").map(String.init) + ["--help"]).text
        for title in ["EXAMPLES", "INPUT", "MATCHING", "OUTPUT"] { #expect(text.contains("\n\(title)"), "\(title)") }
        let ungrouped = text[text.range(of: "\nOPTIONS:")!.upperBound...]
        let options = ungrouped.split(separator: "\n").filter { $0.hasPrefix("  -") }
        #expect(options.map { $0.split(separator: " ")[0] } == ["--version", "-h,"])
    }

    @Test func version() throws {
        let run = try Tool.run(["--version"])
        #expect(run.code == 0)
        #expect(run.text.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(run.text)")
    }
}
