import Testing

/// Inputs that change while they are read, files that must not grow, pipes that break: an error that names the file, and
/// the outputs as they were.
@Suite struct ChangingInputTests {
    private let scratch = Scratch()
    private static let canMount = Place.isRoot && (try? Tool.shell("unshare -m true").code) == 0

    /// Changes the input after it was opened and before it is read: the filter waits for somebody to read its output.
    private func filter(while change: String, input: String = "in.jsonl") throws -> Tool.Run {
        scratch.write("in.jsonl", try #require(Scratch.read(Place.sample)))
        scratch.write("gone", "old\n")
        return try Tool.shell(
            """
            mkfifo pipe; "$DEDUP" filter \(input) -q -o pipe --dupes gone & process=$!
            until ls -l /proc/$process/fd 2>/dev/null | grep -q in.jsonl; do sleep 0.01; done; sleep 0.1
            \(change)
            cat pipe; wait $process
            """, in: scratch.path)
    }

    @Test(arguments: [
        "truncate -s 20000 in.jsonl", "truncate -s 0 in.jsonl", "echo >> in.jsonl",
        "tr a b < in.jsonl > x; cat x > in.jsonl",
    ])
    func changed(_ change: String) throws {
        let run = try filter(while: change)
        #expect(run.code == 66)
        #expect(run.talk == "dedup: in.jsonl: changed while it was being read; run again\n")
        #expect(run.output.isEmpty)
        #expect(scratch.text("gone") == "old\n")
    }

    /// Changed before the output can be opened: what is clustered is not what was there first. Standard input is open twice
    /// when it is read.
    @Test(arguments: [
        ("cluster in.jsonl", "in.jsonl", 1), ("flag in.jsonl", "in.jsonl", 1),
        ("cluster in.jsonl --strict", "in.jsonl", 1),
        ("cluster - < in.jsonl", "-", 2),
    ])
    func changedWhileClustered(_ words: String, name: String, descriptors: Int) throws {
        scratch.write("in.jsonl", try #require(Scratch.read(Place.sample)))
        let run = try Tool.shell(
            """
            mkfifo pipe; "$DEDUP" \(words) -q -o pipe & process=$!
            until [ "$(ls -l /proc/$process/fd 2>/dev/null | grep -c in.jsonl)" = \(descriptors) ]; do sleep 0.01; done
            sleep 0.1; tr w v < in.jsonl > x; cat x > in.jsonl
            cat pipe; wait $process
            """, in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk == "dedup: \(name): changed while it was being read; run again\n")
        #expect(run.output.isEmpty == words.contains("--strict"))
    }

    /// The second file changes while the third, a pipe, is waited for: what goes from the first may be kept in it.
    @Test func changedBeforeTheFirstOfAFolder() throws {
        for name in ["a", "b"] { scratch.write("\(name).jsonl", try #require(Scratch.read(Place.sample))) }
        let run = try Tool.shell(
            """
            mkfifo c.jsonl; "$DEDUP" filter a.jsonl b.jsonl c.jsonl -q --out-dir out & process=$!
            until ls -l /proc/$process/fd 2>/dev/null | grep -q b.jsonl; do sleep 0.01; done; sleep 0.1
            tr w v < b.jsonl > x; cat x > b.jsonl
            head -1 x > c.jsonl; wait $process
            """, in: scratch.path)
        #expect(run.code == 66)
        #expect(run.talk == "dedup: b.jsonl: changed while it was being read; run again\n")
        #expect(Scratch.names(in: scratch.path + "/out").isEmpty)
    }

    @Test(arguments: ["rm in.jsonl", "mv in.jsonl x", "cp in.jsonl x; mv x in.jsonl; echo >> in.jsonl"])
    func openFileIsNotLost(_ change: String) throws {
        let run = try filter(while: change)
        #expect(run.code == 0, "\(run.talk)")
        #expect(run.text == (try Tool.run(["filter", Place.sample, "-q"]).text))
    }

    @Test func textFileThatIsGone() throws {
        scratch.write("dump/in.jsonl", DirtyCases.a)
        scratch.write("dump/a.txt", DirtyCases.story)
        let run = try Tool.shell(
            """
            mkfifo stats; "$DEDUP" cluster dump -q -o stats & process=$!
            until ls -l /proc/$process/fd 2>/dev/null | grep -q in.jsonl; do sleep 0.01; done; sleep 0.1
            rm dump/a.txt; cat stats; wait $process
            """, in: scratch.path)
        #expect(run.code == 2)
        #expect(run.talk == "dedup: dump/a.txt: no such file\n")
        #expect(try Records(run).ids == ["a"])
    }

    @Test(arguments: ["filter in.jsonl -o out --dupes gone", "cluster in.jsonl -o out", "filter - -o out --dupes gone"])
    func limitedFileSize(_ words: String) throws {
        scratch.write("in.jsonl", try #require(BigDump.bytes))
        scratch.write("out", "old\n")
        scratch.write("gone", "old\n")
        let run = try Tool.shell("ulimit -f 30; cat in.jsonl | \"$DEDUP\" \(words) -q", in: scratch.path)
        #expect(run.code == 74)
        #expect(run.talk.contains("File too large"), "\(run.talk)")
        #expect(scratch.text("out") == "old\n")
        #expect(scratch.text("gone") == "old\n")
        #expect(scratch.names == ["gone", "in.jsonl", "out"])
    }

    /// From a disk on which nothing fits to one on which only the last output does not.
    @Test(.enabled("mounting needs root and unshare") { canMount }, arguments: [20, 200, 3000, 3300])
    func fullDisk(kilobytes: Int) throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        for words in ["-o disk/out", "-o disk/out.gz", "--out-dir disk"] {
            let run = try Tool.shell(
                """
                exec unshare -m bash -c 'mkdir -p disk && mount -t tmpfs -o size=\(kilobytes)k tmpfs disk || exit 99
                echo old | tee disk/out disk/out.gz disk/in.jsonl > disk/gone
                "$DEDUP" filter --annotate in.jsonl -q \(words) --dupes disk/gone; code=$?
                cat disk/out disk/out.gz disk/in.jsonl; ls -A disk; exit $code'
                """, in: scratch.path)
            if run.code == 0, words.contains("gz") { continue }
            #expect(run.code == 74, "\(words)")
            #expect(run.lines == ["old", "old", "old", "gone", "in.jsonl", "out", "out.gz"], "\(words)")
            #expect(run.talk.contains("No space left on device"), "\(words): \(run.talk)")
        }
        #expect(scratch.read("in.jsonl").count == Scratch.read(dump)?.count)
    }

    @Test func brokenPipesAtBothEnds() throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        // Cut in the middle of a line: what came whole is filtered, and the rest is told.
        let cut = try Tool.shell("head -c 100000 \(dump) | \"$DEDUP\" filter -q | wc -l; echo ${PIPESTATUS[1]}")
        #expect(cut.lines.last == "2")
        let both = try Tool.shell(
            "cat \(dump) | \"$DEDUP\" filter --annotate -q | head -1 | wc -l; echo ${PIPESTATUS[@]}")
        #expect(both.lines == ["1", "0 141 0 0"], "\(both.talk)")
    }

    /// Tests/kill has more moments; see `make test-kill`.
    @Test(.enabled("needs python3") { Place.python != nil })
    func killedAtSomeMoments() throws {
        let run = try Tool.run(
            ["\(Place.root)/Tests/kill/run.py", Tool.path, "--moments", "4", "--copies", "2"],
            executable: try #require(Place.python))
        #expect(run.code == 0, "\(run.talk)")
    }
}
