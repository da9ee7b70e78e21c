"""Command lines that are run again and again with a fault, and what they may leave."""

import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "corpora/sample/stories.jsonl"
#: What happens to an input, not to a call.
BEFALLING = ["shrinks", "changes", "grows", "vanishes"]
#: Bad records, usage, no text, no input, an output that cannot be written.
CODES = [2, 64, 65, 66, 74]
#: How Swift and C++ end where there is no memory; the runtime of Swift takes some for types without a look.
ABORTS = [-signal.SIGABRT, -signal.SIGILL, -signal.SIGTRAP, -signal.SIGSEGV]
OLD = b"what stood here\n"
INPUTS = ["in/a.jsonl", "in/b.jsonl.gz", "in/c.csv", "in/d.json", "in/e.txt"]
RECORDS = ["in/a.jsonl", "in/b.jsonl.gz"]
PAGES = ["index.html", "page.css", "page.js", *(f"events/{number}.html" for number in range(1, 30))]

COMMANDS = {
    "cluster": (["cluster", "in", "-o", "out.jsonl"], ["out.jsonl"]),
    "page": (["cluster", *RECORDS, "-o", "out.jsonl.gz", "--html", "out.html"], ["out.jsonl.gz", "out.html"]),
    "pages": (["cluster", *RECORDS, "-o", "out.txt", "--html-dir", "out"],
              ["out.txt", *(f"out/{name}" for name in PAGES)]),
    "short memory": (["cluster", "in", "--level", "copy", "--memory", "1M", "-o", "out.csv"], ["out.csv"]),
    "archive": (["cluster", "all.tar", "--level", "near", "--pairs", "-o", "out.jsonl.zst"], ["out.jsonl.zst"]),
    "standard input": (["cluster", "-", "--level", "near"], []),
    "text": (["cluster", *RECORDS, "--format", "text", "--explain"], []),
    "flag": (["flag", *RECORDS, "--against", "in/c.csv", "-o", "out.tsv"], ["out.tsv"]),
    "filter": (["filter", *RECORDS, "-o", "kept.jsonl", "--dupes", "gone.jsonl"], ["kept.jsonl", "gone.jsonl"]),
    "filter to a folder": (["filter", "in", "--out-dir", "out"], [f"out/{name}" for name in INPUTS]),
    "annotate": (["filter", *RECORDS, "--annotate", "-o", "out.jsonl.xz"], ["out.jsonl.xz"]),
    "report": (["report", "saved.jsonl", "-o", "out.html"], ["out.html"]),
    "compare": (["compare", "lp-1080", "nw-0806", "--in", "in/a.jsonl"], []),
    "compare html": (["compare", "lp-1080", "nw-0806", "--in", "in", "--format", "html", "-o", "out.html"], ["out.html"]),
    "eval": (["eval", "saved.jsonl", "labels.tsv"], []),
    "index create": (["index", "create", "index", "--level", "copy"], ["index"]),
    "index add": (["index", "add", "index", "in/b.jsonl.gz"], ["index"]),
    "index match": (["index", "match", "index", "in/b.jsonl.gz", "-o", "out.tsv"], ["out.tsv", "index"]),
    "index remove": (["index", "remove", "index", "lp-1080", "nw-0806"], ["index"]),
    "index expire": (["index", "expire", "index", "--before", "2024-03-05"], ["index"]),
    "index filter": (
        ["filter", "today.jsonl", "in/b.jsonl.gz", "--against", "index", "-o", "kept.jsonl", "--dupes", "gone.jsonl"],
        ["kept.jsonl", "gone.jsonl", "index"]),
    "index settle": (["index", "settle", "index"], ["index"]),
    "index export": (["index", "export", "index", "-o", "out.csv"], ["out.csv", "index"]),
    "index report": (["report", "index", "-o", "out.html"], ["out.html", "index"]),
    "index check": (["index", "check", "index"], ["index"]),
    "index stats": (["index", "stats", "index"], ["index"]),
}
#: The input that shrinks, changes, grows or vanishes, where it is not the first of `RECORDS` that is named.
VICTIMS = {"archive": "all.tar", "standard input": "in/a.jsonl", "report": "in/a.jsonl", "eval": "labels.tsv",
           "index filter": "today.jsonl", "cluster": "in/e.txt", "short memory": "in/a.jsonl",
           "filter to a folder": "in/d.json", "compare html": "in/c.csv"}


class Bench:
    """A command in a folder of its own."""

    def __init__(self, dedup, library, name):
        self.name, self.dedup, self.library = name, dedup, library
        words, self.outputs = COMMANDS[name]
        self.victim = VICTIMS.get(name, next((word for word in words if word in RECORDS), None))
        self.folder = Path(tempfile.mkdtemp(prefix="dedup-faults-"))
        self.prepare()
        self.words = [dedup, *words]
        if words[0] in ("cluster", "flag", "filter") or words[:2] in (["index", "add"], ["index", "match"]):
            self.words += ["--temp-dir", "temp", "--threads", "2"]
        if words[0] not in ("eval", "compare") and words[:2] not in (["index", "create"], ["index", "stats"]):
            self.words.append("-q")
        self.inputs = {name: (self.folder / name).read_bytes() for name in self.files()}
        self.lay_out()
        self.old = self.contents()
        self.right = self.answer("none")
        assert self.right[0] == 0, self.right

    def prepare(self):
        lines = SAMPLE.read_text().splitlines(keepends=True)
        for name in ["in", "temp"]:
            (self.folder / name).mkdir()
        records = [json.loads(line) for line in lines[40:50]]
        table = "".join("{},{}\n".format(r["id"], '"' + r["text"].replace('"', '""') + '"') for r in records)
        with tarfile.open(self.folder / "all.tar", "w") as archive:
            for path, content in zip(INPUTS, [
                "".join(lines[:25]).encode(), gzip.compress("".join(lines[15:40]).encode(), mtime=0),
                ("id,text\n" + table).encode(), json.dumps([json.loads(line) for line in lines[50:]]).encode(),
                records[0]["text"].encode(),
            ]):
                (self.folder / path).write_bytes(content)
                member = tarfile.TarInfo(path)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        subprocess.run([self.dedup, "cluster", *RECORDS, "-q", "-o", "saved.jsonl"], cwd=self.folder, check=True)
        ids = sorted({json.loads(line)["id"] for line in lines[:40]})
        (self.folder / "labels.tsv").write_text("".join(f"{id}\t{number % 7}\n" for number, id in enumerate(ids)))

    def files(self):
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}

    def contents(self):
        return {name: self.read(name) for name in self.outputs}

    def read(self, name):
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def lay_out(self):
        """What an earlier run left."""
        for name in self.files() - set(self.inputs):
            (self.folder / name).unlink()
        for name in self.outputs:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(OLD)
        if self.victim:
            path = self.folder / self.victim
            path.write_bytes(self.inputs[self.victim])
            os.utime(path, (1e9, 1e9))

    def run(self, kind, at):
        """Its code, output, talk, and the log of its calls: how many, and the name of the one that went wrong."""
        log = self.folder.with_suffix(".log")
        log.unlink(missing_ok=True)
        faults = {"LD_PRELOAD": str(self.library), "FAULT_KIND": kind, "FAULT_AT": str(at), "FAULT_LOG": str(log),
                  "FAULT_FILE": str(self.folder / (self.victim or "-"))}
        given = (self.folder / "in/a.jsonl").open("rb") if "-" in self.words else subprocess.DEVNULL
        try:
            run = subprocess.run(self.words, cwd=self.folder, env=os.environ | faults, stdin=given, capture_output=True,
                                 timeout=60)
            ended = run.returncode, run.stdout, run.stderr
        except subprocess.TimeoutExpired:
            ended = None, b"", b""
        calls, failed = log.read_text().split() if log.exists() else ("0", "-")
        log.unlink(missing_ok=True)
        return *ended, int(calls), failed

    def answer(self, kind):
        """What a run gives whose input is that way from the start: its code, output and files."""
        if kind == "vanishes" and "-" in self.words:
            return self.right  # It is open by then.
        self.lay_out()
        self.befall(kind)
        code, output, *_ = self.run("none", 0)
        return code, output, self.contents()

    def befall(self, kind):
        if kind not in BEFALLING:
            return
        path, bytes = self.folder / self.victim, self.inputs[self.victim]
        if kind == "vanishes":
            return path.unlink()
        path.write_bytes({"shrinks": bytes[:len(bytes) // 2], "changes": bytes.replace(b"w", b"v"),
                          "grows": bytes + bytes[:bytes.find(b"\n") + 1 or None]}[kind])

    def check(self, kind, code, output, talk, answers):
        """What is wrong with an end; nothing if all is right."""
        if code is None:
            return "hangs"
        there = self.contents()
        if (code, output, there) in answers:
            return None
        if code == 0:
            return f"another answer, and no word of it: {[n for n in there if there[n] != self.right[2][n]] or 'output'}"
        # libarchive ends a process itself where it has no memory for a name.
        aborted = code in ABORTS or code == 1 and b"Error in libarchive: No memory" in talk
        if kind == "malloc" and aborted or kind == "kill" and code == -signal.SIGKILL:
            return self.half_done(there) or self.left_over()
        if code not in CODES:
            return f"ends with {code}: {talk[-200:]!r}"
        if not talk.startswith(b"dedup: "):
            return f"ends with {code} and says {talk[:80]!r}"
        if kind in BEFALLING and ("-:" if "-" in self.words else self.victim).encode() not in talk:
            return f"does not name {self.victim}: {talk[:200]!r}"
        return self.half_done(there, code) or self.left_over()

    def half_done(self, there, code=0):
        for name, new in self.right[2].items():
            if there[name] in (None, self.old[name], new) and (there[name] or not name.startswith("index")):
                continue
            whole = (b"\n", b"]", b"}", b">")
            if code != 2 or not there[name].endswith(whole) and not name.endswith((".gz", ".xz", ".zst", ".txt")):
                return f"ends with {code} and leaves {name} half done ({len(there[name] or b'')} bytes)"
        return None

    def left_over(self):
        """Whoever clears up behind a process that was killed comes a moment later."""
        deadline = time.monotonic() + 5
        while left := self.files() - set(self.inputs) - set(self.outputs):
            if time.monotonic() > deadline:
                return f"leaves {sorted(left)}"
            time.sleep(0.01)
        return None


class IndexBench(Bench):
    """Of a command that works on an index: its state is what `export` says, once `check` finds nothing wrong."""

    def prepare(self):
        super().prepare()
        # Of each input something is new, so that no output is rightly empty.
        (self.folder / "today.jsonl").write_text("".join(SAMPLE.read_text().splitlines(keepends=True)[20:50]))
        for words in (["create", "before", "--level", "copy"], ["add", "before", "in/a.jsonl", "-q"]):
            subprocess.run([self.dedup, "index", *words], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def files(self):
        return {name for name in super().files() if not name.startswith("index/")}

    def lay_out(self):
        index = self.folder / "index"
        shutil.rmtree(index, ignore_errors=True)
        super().lay_out()
        index.unlink(missing_ok=True)
        if self.name != "index create":
            shutil.copytree(self.folder / "before", index)

    def read(self, name):
        if name != "index":
            return super().read(name)
        if self.name == "index create" and not (self.folder / "index").exists():
            return b"none"
        for words in (["check", "index", "-q"], ["export", "index", "--format", "tsv", "-q"]):
            run = subprocess.run([self.dedup, "index", *words], cwd=self.folder, capture_output=True)
            if run.returncode:
                return None
        return run.stdout

    def half_done(self, there, code=0):
        # An index that did not come to be may be made again.
        if self.name == "index create" and there["index"] is None:
            again = subprocess.run(self.words, cwd=self.folder, capture_output=True)
            return None if again.returncode == 0 else f"an index can then not be created: {again.stderr}"
        return super().half_done(there, code)
