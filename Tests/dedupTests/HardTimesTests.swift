import Glibc
import Testing

/// Full disks, read-only folders, kills and broken pipes: nothing is lost, nothing is left over.
@Suite struct HardTimesTests {
    private let scratch = Scratch()
    private static let canMount = Place.isRoot && (try? Tool.shell("unshare -m true").code) == 0

    @Test func fullStandardOutput() throws {
        let run = try Tool.run(["cluster", Place.sample], output: "/dev/full")
        #expect(run.code == 74)
        #expect(run.talk == "dedup: standard output: No space left on device\n")
    }

    /// A small file system of its own, seen by nobody else and gone with the shell.
    @Test(.enabled("mounting needs root and unshare") { canMount })
    func fullDisk() throws {
        let run = try Tool.shell(
            """
            exec unshare -m bash -c 'mkdir disk && mount -t tmpfs -o size=16k tmpfs disk && echo old > disk/out || exit 99
            "$DEDUP" cluster \(Place.sample) -o disk/out; code=$?; cat disk/out; ls -A disk; exit $code'
            """, in: scratch.path)
        #expect(run.code == 74)
        #expect(run.text == "old\nout\n")
        #expect(run.talk == "dedup: disk/out: No space left on device; nothing was changed there\n")
    }

    @Test(.enabled("mounting needs root and unshare") { canMount })
    func readOnlyFolder() throws {
        let run = try Tool.shell(
            """
            exec unshare -m bash -c 'mkdir disk && mount -t tmpfs tmpfs disk && echo old > disk/out || exit 99
            mount -o remount,ro disk && "$DEDUP" cluster \(Place.sample) -o disk/out; code=$?; cat disk/out; exit $code'
            """, in: scratch.path)
        #expect(run.code == 74)
        #expect(run.text == "old\n")
        #expect(run.talk == "dedup: disk/out: Read-only file system; nothing was changed there\n")
    }

    @Test(
        .enabled("root may write everywhere, and setpriv is absent") {
            !Place.isRoot || Place.command("setpriv") != nil
        })
    func forbiddenFolder() throws {
        // The build may lie where nobody but root may go.
        #expect(try Tool.shell("cp \"$DEDUP\" dedup", in: scratch.path).code == 0)
        chmod(scratch.write("in.jsonl", InputPathTests.record), 0o644)
        chmod(scratch.write("shut/out", "old\n"), 0o444)
        chmod(scratch.path + "/shut", 0o555)
        chmod(scratch.path, 0o755)
        let asNobody = Place.isRoot ? "setpriv --reuid=65534 --clear-groups " : ""
        for name in ["out", "new"] {
            let run = try Tool.shell("\(asNobody)./dedup cluster in.jsonl -o shut/\(name)", in: scratch.path)
            #expect(run.code == 74, "\(name)")
            #expect(run.talk == "dedup: shut/\(name): Permission denied; nothing was changed there\n")
        }
        #expect(scratch.text("shut/out") == "old\n")
    }

    /// Killed as soon as the output is open.
    @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
    func killed(by signal: Int32) throws {
        scratch.write("out/there.jsonl", "old\n")
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        for name in ["there.jsonl", "new.jsonl"] {
            let process = try Tool.start(
                ["cluster", dump, "-o", "out/\(name)"], in: scratch.path,
                streams: ("/dev/null", scratch.path + "/talk", scratch.path + "/talk"))
            while !hasOpen(process, below: scratch.path + "/out"), Place.realPath("/proc/\(process)/exe") != nil {
                usleep(1000)
            }
            kill(process, signal)
            #expect(Tool.wait(process) == 128 + signal, "over before the signal came: the dump is too small")
            #expect(Scratch.names(in: scratch.path + "/out") == ["there.jsonl"], "\(name)")
        }
        #expect(scratch.text("out/there.jsonl") == "old\n")
    }

    @Test(arguments: [SIGKILL, SIGINT])
    func killedWithTemporaryFiles(by signal: Int32) throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        scratch.write("temp/mine", "")
        let process = try Tool.start(
            ["cluster", dump, "--memory", "1M", "--temp-dir", "temp"], in: scratch.path,
            streams: ("/dev/null", scratch.path + "/out", scratch.path + "/talk"))
        while !hasOpen(process, below: scratch.path + "/temp"), Place.realPath("/proc/\(process)/exe") != nil {
            usleep(1000)
        }
        kill(process, signal)
        #expect(Tool.wait(process) == 128 + signal, "over before the signal came: the dump is too small")
        #expect(Scratch.names(in: scratch.path + "/temp") == ["mine"])
    }

    /// Full from the first write to the last, when ids that came before are renamed.
    @Test(.enabled("mounting needs root and unshare") { canMount }, arguments: [16, 300, 500, 700, 800, 900, 1000])
    func fullTemporaryDisk(kilobytes: Int) throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        let run = try Tool.shell(
            """
            exec unshare -m bash -c 'mkdir disk && mount -t tmpfs -o size=\(kilobytes)k tmpfs disk || exit 99
            "$DEDUP" cluster \(dump) --level near --memory 1M --temp-dir disk -o out -q; code=$?; ls -A disk; exit $code'
            """, in: scratch.path)
        #expect(run.code == 74)
        #expect(run.text.isEmpty && !scratch.names.contains("out"))
        #expect(
            run.talk == "dedup: disk: temporary files could not be written: No space left on device "
                + "(set TMPDIR or --temp-dir to a folder with room, or --memory to more)\n")
    }

    private func hasOpen(_ process: pid_t, below folder: String) -> Bool {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX))
        return Scratch.names(in: "/proc/\(process)/fd").contains { name in
            let length = readlink("/proc/\(process)/fd/\(name)", &target, target.count)
            return length > 0
                && String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
                    .hasPrefix(folder)
        }
    }

    @Test func brokenPipe() throws {
        let dump = scratch.write("in.jsonl", try #require(BigDump.bytes))
        for ignoring in ["", "trap '' PIPE; "] {
            let run = try Tool.shell(
                "\(ignoring)\"$DEDUP\" cluster \(dump) --level exact | head -1; echo ${PIPESTATUS[0]}")
            #expect(run.talk.isEmpty, "\(ignoring)")
            #expect(run.lines.first?.hasPrefix(#"{"type":"run""#) == true, "\(ignoring)")
            #expect(run.lines.last == "141", "\(ignoring)")
        }
    }
}

/// Some megabytes of records, whose result is longer than a pipe holds.
enum BigDump {
    static let bytes: [UInt8]? = {
        guard let sample = Scratch.read(Place.sample) else { return nil }
        return Array(repeatElement(sample, count: 60).joined())
    }()
}
