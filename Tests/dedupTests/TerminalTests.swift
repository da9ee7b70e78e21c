import Testing

/// Standard output is data, standard error is talk; colour and progress are for people only.
@Suite struct TerminalTests {
    private static let hasTerminal = Place.command("script") != nil
    private static let escape = "\u{1b}["

    /// Runs a shell line on a terminal of its own; what both streams wrote comes out together.
    private func onTerminal(_ line: String, environment: [String: String] = [:]) throws -> Tool.Run {
        try Tool.shell(
            "exec script --quiet --return --command '\(line)' /dev/null < /dev/null",
            environment: environment.merging(["TERM": "xterm"]) { a, _ in a })
    }

    @Test(.enabled("needs script of util-linux") { hasTerminal })
    func textAndColourOnATerminal() throws {
        let run = try onTerminal("$DEDUP cluster \(Place.sample)")
        #expect(run.code == 0)
        #expect(run.text.contains("\(Self.escape)1mevent of 5 stories"), "\(run.text.prefix(200))")
    }

    @Test(.enabled("needs script of util-linux") { hasTerminal })
    func noColourWhereUnwanted() throws {
        for (line, environment) in [
            ("$DEDUP cluster \(Place.sample)", ["NO_COLOR": "1"]),
            ("$DEDUP cluster \(Place.sample) --color never", [:]),
        ] {
            let run = try onTerminal(line, environment: environment)
            #expect(run.text.contains("event of 5 stories"), "\(line)")
            #expect(!run.text.contains(Self.escape), "\(line)")
        }
        let wanted = try onTerminal("$DEDUP cluster \(Place.sample) --color always", environment: ["NO_COLOR": "1"])
        #expect(wanted.text.contains(Self.escape))
    }

    @Test(.enabled("needs script of util-linux") { hasTerminal }, arguments: [40, 80, 133])
    func noLineIsWiderThanTheTerminal(_ columns: Int) throws {
        let run = try onTerminal("stty columns \(columns); $DEDUP cluster \(Place.sample) --color never")
        // Talk is folded by the terminal.
        for line in run.text.split(whereSeparator: \.isNewline) where columns >= 80 && !line.hasPrefix("dedup: ") {
            // Two columns for each Chinese character.
            let width = line.unicodeScalars.reduce(0) { $0 + (0x4e00...0x9fff ~= $1.value ? 2 : 1) }
            #expect(width <= columns, "\(line)")
        }
    }

    @Test(.enabled("needs script of util-linux") { hasTerminal })
    func fileGetsDataEvenOnATerminal() throws {
        let scratch = Scratch()
        let run = try onTerminal("$DEDUP cluster \(Place.sample) -o \(scratch.path)/out")
        let lines = run.text.split(whereSeparator: \.isNewline)
        #expect(lines.allSatisfy { $0.hasPrefix("dedup: ") }, "\(run.text)")
        #expect(lines.contains { $0.contains("out: 24 clusters at level event, in ") }, "\(run.text)")
        #expect(scratch.text("out").hasPrefix(#"{"type":"run""#))
    }

    @Test func pipeGetsDataOnly() throws {
        let run = try Tool.run(["cluster", Place.sample])
        #expect(run.talk.isEmpty)
        #expect(try Records(run).all.allSatisfy { $0["type"] != nil })
        #expect(!run.text.contains("\u{1b}"))
        #expect(!(try Tool.run(["cluster", Place.sample, "--format", "text"]).text.contains("\u{1b}")))
    }

    @Test func colourWhereDemanded() throws {
        let plain = try Tool.run(["cluster", Place.sample, "--format", "text"]).text
        let coloured = try Tool.run(["cluster", Place.sample, "--format", "text", "--color", "always"]).text
        #expect(coloured.contains(Self.escape))
        #expect(coloured.replacing(/\u{1b}\[\d*m/, with: "") == plain)
    }

    /// A headline must not move the cursor, set a colour or turn the line around.
    @Test func textSteersNoTerminal() throws {
        let title = #"red \u001b[31m bell \u0007 \u202e left\nnext"#
        let lines = ["a", "b"].map { #"{"id":"\#($0)\u001b","title":"\#(title)","text":"\#(DirtyCases.story)"}"# }
        let input = Array(lines.joined(separator: "\n").utf8)
        let run = try Tool.run(["cluster", "-", "--format", "text"], input: input)
        #expect(
            run.text.unicodeScalars.allSatisfy { $0 == "\n" || !($0.value < 32 || $0.value == 0x202e) }, "\(run.text)")
        #expect(run.lines.count { $0.contains("red") } == 2, "\(run.text)")
    }

    @Test func quietSaysOnlyErrors() throws {
        let input = Array("\(DirtyCases.a)\n\(DirtyCases.a)\nx\n".utf8)
        let run = try Tool.run(["cluster", "-", "-q"], input: input)
        #expect(run.code == 2)
        #expect(run.talk == "dedup: -:3: not JSON; each line must be one JSON object\n")
    }
}
