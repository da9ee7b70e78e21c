#!/usr/bin/env python3
"""Let each call of the system fail once, one a run, and look at how dedup ends.

    run.py DEDUP [--only NAME] [--step 1]

Of each command a small run is made again and again; in each the n-th call of a kind fails, for all n, or does only part
of what it was asked. A run may not hang or crash. Where it says that all went well, its outputs are those of a run
without a fault; else it says why, ends with a code that docs/output.md has, and each output is what stood there before
or whole. Nothing is left over beside the outputs or among the temporary files.
"""

import argparse
import collections
import gzip
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "corpora/sample/stories.jsonl"
KINDS = ["short", "EINTR", "EIO", "ENOSPC", "EMFILE", "ENOMEM", "EAGAIN"]
#: Bad records, usage, no text, no input, an output that cannot be written.
CODES = [2, 64, 65, 66, 74]
OLD = b"what stood here\n"
INPUTS = ["in/a.jsonl", "in/b.jsonl.gz", "in/c.csv", "in/d.json", "in/e.txt"]
RECORDS = ["in/a.jsonl", "in/b.jsonl.gz"]

COMMANDS = {
    "cluster": (["cluster", "in", "-o", "out.jsonl"], ["out.jsonl"]),
    "page": (["cluster", *RECORDS, "-o", "out.jsonl.gz", "--html", "out.html"], ["out.jsonl.gz", "out.html"]),
    "short memory": (["cluster", "in", "--level", "copy", "--memory", "1M", "-o", "out.csv"], ["out.csv"]),
    "standard input": (["cluster", "-", "--level", "near"], []),
    "flag": (["flag", *RECORDS, "--against", "in/c.csv", "-o", "out.tsv"], ["out.tsv"]),
    "filter": (["filter", *RECORDS, "-o", "kept.jsonl", "--dupes", "gone.jsonl"], ["kept.jsonl", "gone.jsonl"]),
    "filter to a folder": (["filter", "in", "--out-dir", "out"], [f"out/{name}" for name in INPUTS]),
    "report": (["report", "saved.jsonl", "-o", "out.html"], ["out.html"]),
    "compare": (["compare", "lp-1080", "nw-0806", "--in", "in/a.jsonl"], []),
    "eval": (["eval", "saved.jsonl", "labels.tsv"], []),
    "index add": (["index", "add", "index", "in/b.jsonl.gz"], ["index"]),
    "index match": (["index", "match", "index", "in/b.jsonl.gz", "-o", "out.tsv"], ["out.tsv", "index"]),
    "index remove": (["index", "remove", "index", "lp-1080", "nw-0806"], ["index"]),
    "index filter": (
        ["filter", "today.jsonl", "in/b.jsonl.gz", "--against", "index", "-o", "kept.jsonl", "--dupes", "gone.jsonl"],
        ["kept.jsonl", "gone.jsonl", "index"]),
    "index settle": (["index", "settle", "index"], ["index"]),
    "index export": (["index", "export", "index", "-o", "out.csv"], ["out.csv", "index"]),
}


class Bench:
    """A command in a folder of its own."""

    def __init__(self, dedup, library, name):
        self.name, self.library = name, library
        words, self.outputs = COMMANDS[name]
        self.folder = Path(tempfile.mkdtemp(prefix="dedup-faults-"))
        self.prepare(dedup)
        reads = [word for word in words if word in ("compare", "eval", "report", "remove")]
        self.words = [dedup, *words, *([] if reads else ["--temp-dir", "temp", "--threads", "2"])]
        if name not in ("eval", "compare"):
            self.words.append("-q")
        self.inputs = self.files()
        self.lay_out()
        self.old = self.contents()
        self.right = self.run("none", 0)
        self.new = self.contents()

    def prepare(self, dedup):
        lines = SAMPLE.read_text().splitlines(keepends=True)
        for name in ["in", "temp"]:
            (self.folder / name).mkdir()
        records = [json.loads(line) for line in lines[40:50]]
        table = "".join("{},{}\n".format(r["id"], '"' + r["text"].replace('"', '""') + '"') for r in records)
        for path, content in zip(INPUTS, [
            "".join(lines[:25]).encode(), gzip.compress("".join(lines[15:40]).encode(), mtime=0),
            ("id,text\n" + table).encode(), json.dumps([json.loads(line) for line in lines[50:]]).encode(),
            records[0]["text"].encode(),
        ]):
            (self.folder / path).write_bytes(content)
        subprocess.run([dedup, "cluster", *RECORDS, "-q", "-o", "saved.jsonl"], cwd=self.folder, check=True)
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
        for name in self.files() - self.inputs:
            (self.folder / name).unlink()
        for name in self.outputs:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(OLD)

    def run(self, kind, at):
        """Its code, output, talk and the log of its calls."""
        log = self.folder.with_suffix(".log")
        faults = {"LD_PRELOAD": str(self.library), "FAULT_KIND": kind, "FAULT_AT": str(at), "FAULT_LOG": str(log)}
        given = (self.folder / "in/a.jsonl").open("rb") if "-" in self.words else subprocess.DEVNULL
        try:
            run = subprocess.run(self.words, cwd=self.folder, env=os.environ | faults, stdin=given, capture_output=True,
                                 timeout=60)
        except subprocess.TimeoutExpired:
            return None, b"", b"", ("0", "?")
        told = log.read_text().split() if log.exists() else ["0", "?"]
        log.unlink(missing_ok=True)
        return run.returncode, run.stdout, run.stderr, (told[0], told[1])

    def check(self, code, output, talk):
        """What is wrong with an end; nothing if all is right."""
        if code is None:
            return "hangs"
        if code == 0:
            if output != self.right[1]:
                return "another output, and no word of it"
            wrong = [name for name, new in self.new.items() if self.read(name) != new]
            return f"says nothing of {wrong}" if wrong else None
        if code not in CODES:
            return f"ends with {code}: {talk[-200:]!r}"
        if not talk.startswith(b"dedup: "):
            return f"ends with {code} and says {talk[:80]!r}"
        for name, new in self.new.items():
            there = self.read(name)
            if there in (None, self.old[name], new) and (there or name != "index"):
                continue
            if code != 2 or not there.endswith((b"\n", b"]", b"}", b">")) and not name.endswith((".gz", ".txt")):
                return f"ends with {code} and leaves {name} half done ({len(there)} bytes)"
        left = self.files() - self.inputs - set(self.outputs)
        return f"leaves {sorted(left)}" if left else None

    def campaign(self, kind, step):
        """How many calls failed, by name, and what was wrong."""
        wrong, calls, at = [], collections.Counter(), 1
        while True:
            self.lay_out()
            code, output, talk, (_, failed) = self.run(kind, at)
            if failed == "-":
                return calls, wrong
            calls[failed] += 1
            problem = self.check(code, output, talk)
            if problem:
                wrong.append(f"{self.name}, {kind} at call {at} ({failed}): {problem}")
            at += step


class IndexBench(Bench):
    """Of a command that works on an index: its state is what `export` says, once `check` finds nothing wrong."""

    def prepare(self, dedup):
        super().prepare(dedup)
        self.dedup = dedup
        # Of each input something is new, so that no output is rightly empty.
        (self.folder / "today.jsonl").write_text("".join(SAMPLE.read_text().splitlines(keepends=True)[20:50]))
        for words in (["create", "before", "--level", "copy"], ["add", "before", "in/a.jsonl", "-q"]):
            subprocess.run([dedup, "index", *words], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def files(self):
        return {name for name in super().files() if not name.startswith("index/")}

    def lay_out(self):
        index = self.folder / "index"
        shutil.rmtree(index, ignore_errors=True)
        super().lay_out()
        index.unlink(missing_ok=True)
        shutil.copytree(self.folder / "before", index)

    def read(self, name):
        if name != "index":
            return super().read(name)
        for words in (["check", "index", "-q"], ["export", "index", "--format", "tsv", "-q"]):
            run = subprocess.run([self.dedup, "index", *words], cwd=self.folder, capture_output=True)
            if run.returncode:
                return None
        return run.stdout


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("dedup")
    arguments.add_argument("--only", help="the command whose name this is")
    arguments.add_argument("--step", type=int, default=1, help="every how manieth call fails")
    given = arguments.parse_args()
    library = Path(tempfile.mkdtemp(prefix="dedup-faults-")) / "fail.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, HERE / "fail.c", "-ldl"], check=True)
    all_wrong = []
    for name in [given.only] if given.only else COMMANDS:
        kind = IndexBench if name.startswith("index") else Bench
        bench = kind(str(Path(given.dedup).resolve()), library, name)
        assert bench.right[0] == 0, bench.right
        row = []
        for kind in KINDS:
            calls, wrong = bench.campaign(kind, given.step)
            all_wrong += wrong
            row.append(f"{kind} {sum(calls.values())}")
        print(f"{name}: " + ", ".join(row), flush=True)
        shutil.rmtree(bench.folder)
    shutil.rmtree(library.parent)
    print("\n".join(all_wrong) or "every run ended as it should")
    raise SystemExit(bool(all_wrong))


main()
