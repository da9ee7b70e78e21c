import Testing

/// Dates that can be read in two ways, and those that cannot be read.
@Suite struct DateTests {
    private let scratch = Scratch()

    private func run(_ dates: [String], _ options: [String] = [], name: String = "a.jsonl") throws -> (
        firsts: [String], talk: String
    ) {
        let lines = dates.enumerated().map { number, date in
            #"{"id":"\#(number)","text":"\#(DirtyCases.story)","date":"\#(date)"}"#
        }
        scratch.write(name, lines.joined(separator: "\n"))
        let run = try Tool.run(["cluster", name, "--level", "exact"] + options, in: scratch.path)
        #expect(run.code == 0)
        return (try Records(run)("cluster").map { "\($0["first"] ?? "") \($0["last"] ?? "")" }, run.talk)
    }

    @Test func whatTheFilesOtherDatesAllow() throws {
        let day = try run(["03/04/2024", "25/03/2024"])
        #expect(day.firsts == ["2024-03-25 2024-04-03"])
        #expect(
            day.talk == "dedup: a.jsonl: dates like 03/04/2024 are read day first, as other dates of the file allow\n")
        let month = try run(["03/04/2024", "03/25/2024"])
        #expect(month.firsts == ["2024-03-04 2024-03-25"])
        #expect(
            month.talk
                == "dedup: a.jsonl: dates like 03/04/2024 are read month first, as other dates of the file allow\n")
        #expect(try run(["03/04/2024", "03/25/2024"], ["--date-order", "dmy"]).firsts == month.firsts)
        #expect(try run(["04/04/2024", "2024-04-05"]).talk == "")
    }

    @Test func elseByTheOption() throws {
        let plain = try run(["03/04/2024", "04/05/2024"])
        #expect(plain.firsts == ["2024-04-03 2024-05-04"])
        #expect(
            plain.talk == "dedup: a.jsonl: dates like 03/04/2024 are read day first; --date-order mdy for the other\n")
        let told = try run(["03/04/2024", "04/05/2024"], ["--date-order", "mdy"])
        #expect(told.firsts == ["2024-03-04 2024-04-05"])
        #expect(
            told.talk == "dedup: a.jsonl: dates like 03/04/2024 are read month first; --date-order dmy for the other\n")
        #expect(try run(["03/04/2024", "04/05/2024"], ["-q"]).talk == "")
    }

    @Test func whatIsNotUnderstood() throws {
        let some = try run(["soon", "2024-04-03", "1970-01-01", "later"])
        #expect(some.firsts == ["2024-04-03 2024-04-03"])
        #expect(some.talk == "dedup: 2 dates were not understood, as \"soon\"\n")
    }

    /// A year alone is no day: no original over a date in it, and no days to count.
    @Test func coarse() throws {
        for (early, late, original) in [
            ("2018", "2018-05-02", "1"), ("2018", "2019-05-02", "0"), ("2018-05", "2018", "0"),
        ] {
            let lines = [early, late].enumerated().map { number, date in
                #"{"id":"\#(number)","text":"\#(DirtyCases.story)","date":"\#(date)"}"#
            }
            scratch.write("b.jsonl", lines.joined(separator: "\n"))
            let flags = try Records(Tool.run(["flag", "b.jsonl"], in: scratch.path))("flag")
            #expect(
                flags.first { $0["status"] as? String == "original" }?["id"] as? String == original, "\(early), \(late)"
            )
            #expect(flags.allSatisfy { $0["days_after"] == nil }, "\(early), \(late)")
        }
    }
}
