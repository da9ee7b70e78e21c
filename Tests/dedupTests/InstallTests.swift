import Testing

/// `make install` and `make uninstall`.
@Suite struct InstallTests {
    private let scratch = Scratch()
    private static let hasTools = Place.command("make") != nil && Place.python != nil
    private static let files = [
        "bin/dedup", "share/bash-completion/completions/dedup", "share/fish/vendor_completions.d/dedup.fish",
        "share/man/man1/dedup.1", "share/zsh/site-functions/_dedup",
    ]

    private func make(_ target: String) throws {
        let run = try Tool.run(
            ["\(target)", "DEDUP=\(Tool.path)", "DESTDIR=\(scratch.path)/stage", "PREFIX=/opt/dedup"],
            executable: Place.command("make")!)
        #expect(run.code == 0, "\(run.talk)")
    }

    private func shell(_ line: String) throws -> Tool.Run {
        try Tool.shell(line, in: scratch.path + "/stage/opt/dedup")
    }

    @Test(.enabled("needs make and python3") { hasTools })
    func putsFilesInPlaceAndTakesThemAway() throws {
        try make("install")
        #expect(
            try Tool.shell("find stage -type f | sort", in: scratch.path).lines
                == Self.files.map { "stage/opt/dedup/\($0)" })
        #expect(try shell("bin/dedup --version").text == (try Tool.run(["--version"]).text))
        for (name, file) in [("bash", Self.files[1]), ("fish", Self.files[2]), ("zsh", Self.files[4])]
        where Place.command(name) != nil {
            let run = try shell("\(name) -n \(file)")
            #expect(run.code == 0 && run.talk.isEmpty, "\(name): \(run.talk)")
        }
        try make("uninstall")
        #expect(try Tool.shell("find stage -type f", in: scratch.path).text == "")
    }

    /// Whatever `--help` knows.
    @Test(.enabled("needs make and python3") { hasTools })
    func manualHasEveryOption() throws {
        try make("install")
        let page = scratch.text("stage/opt/dedup/" + Self.files[3])
        for command in ["cluster", "flag", "filter", "compare", "report", "eval"] {
            let section = page.components(separatedBy: "\n.Ss dedup \(command)\n")[1].components(separatedBy: "\n.Ss ")[
                0]
            let help = try Tool.run([command, "--help"]).text
            for option in Set(help.matches(of: /--([a-z-]+)/).map { String($0.1) })
            where !["version", "help", "temp-dir"].contains(option) {
                #expect(section.contains("Fl -\(option)"), "\(command) --\(option)")
            }
        }
        for code in [0, 2, 64, 66, 74] { #expect(page.contains("\n.It \(code)\n"), "\(code)") }
        guard Place.command("man") != nil else { return }
        let run = try shell("man --warnings -l \(Self.files[3]) > /dev/null")
        #expect(run.code == 0 && run.talk.isEmpty, "\(run.talk)")
    }

    @Test(.enabled("needs make and python3") { hasTools })
    func bashCompletesFiles() throws {
        try make("install")
        scratch.write("stage/opt/dedup/news.jsonl", "")
        let run = try shell(
            """
            source \(Self.files[1]); COMP_WORDS=(dedup filter ne); COMP_CWORD=2; COMP_LINE='dedup filter ne'
            COMP_POINT=${#COMP_LINE}; _dedup dedup ne filter; echo "${COMPREPLY[@]}"
            """)
        #expect(run.lines == ["news.jsonl"], "\(run.talk)")
    }
}
