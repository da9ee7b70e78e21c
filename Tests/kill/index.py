#!/usr/bin/env python3
"""Kill dedup index at random moments and at each of its system calls, and look at what the index is afterwards.

    index.py DEDUP [--moments 1000] [--seed 1]

An index of the first stories of the sample dump is given the rest, is settled, or loses some of them, and so is one without
texts; the command is ended by
SIGKILL at a random moment, from its first millisecond to a little after its usual end, and, where there is strace, at
each call that changes the disk. Afterwards the index holds what it held before or what it holds after the whole change,
`check` finds nothing wrong, and the change can be made again. A full disk (a limit on the size of files) is tried, too.
"""

import argparse
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "corpora/sample/stories.jsonl"
CALLS = ["openat", "write", "fsync", "rename", "unlink", "flock"]


class Change:
    def __init__(self, dedup: str, folder: Path, name: str, words: list[str], made: list[str] = []):
        self.dedup, self.folder, self.name, self.words = dedup, folder, name, words
        self.start = folder / f"{name}.before"
        self.index = folder / f"{name}.index"
        self.run("create", self.start, *made)
        for day in range(4):
            self.run("add", self.start, folder / f"{day}.jsonl", "-q", "-o", "/dev/null")
        self.before = self.labels(self.start)
        self.lay_out()
        began = time.monotonic()
        assert self.change().wait() == 0
        self.seconds = time.monotonic() - began
        self.after = self.labels(self.index)

    def run(self, verb: str, index: Path, *words) -> str:
        words = [self.dedup, "index", verb, index, *words]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout

    def labels(self, index: Path) -> str:
        return self.run("export", index, "--format", "tsv", "-q")

    def lay_out(self):
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.start, self.index)

    def change(self, *tracing) -> subprocess.Popen:
        words = [*tracing, self.dedup, "index", self.words[0], str(self.index), *self.words[1:]]
        return subprocess.Popen(words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def check(self, moment: str) -> bool:
        """Whether the change has happened."""
        found = self.labels(self.index)
        assert found in (self.before, self.after), f"{self.name}, {moment}: neither before nor after"
        self.run("check", self.index, "-q")
        if found == self.before and self.before != self.after:
            assert self.change().wait() == 0, f"{self.name}, {moment}: cannot be made again"
            assert self.labels(self.index) == self.after, f"{self.name}, {moment}: another state the second time"
        return found == self.after


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dedup", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--moments", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    choose = random.Random(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="dedup-kill-"))
    lines = SAMPLE.read_text().splitlines(keepends=True)
    for day in range(6):
        (folder / f"{day}.jsonl").write_text("".join(lines[day * 10:day * 10 + 10]))
    changes = [
        Change(options.dedup, folder, "add", ["add", "4.jsonl", "5.jsonl", "-q", "-o", "/dev/null"]),
        Change(options.dedup, folder, "remove", ["remove", "nw-0794", "hg-0536", "-q"]),
        Change(options.dedup, folder, "settle", ["settle", "-q", "-o", "/dev/null"]),
        Change(options.dedup, folder, "add without texts", ["add", "4.jsonl", "5.jsonl", "-q", "-o", "/dev/null"],
               ["--no-texts"]),
    ]
    for change in changes:
        ended = happened = 0
        for number in range(options.moments // len(changes)):
            change.lay_out()
            moment = choose.uniform(0, 1.1) * change.seconds
            process = change.change()
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            ended += process.wait() < 0
            happened += change.check(f"moment {number}: after {1000 * moment:.1f} ms")
        told = f"{change.name}: {ended} of {options.moments // len(changes)} runs killed, {happened} had happened"
        struck = 0
        for call in CALLS if shutil.which("strace") else []:
            for which in range(1, 200):
                change.lay_out()
                inject = f"inject={call}:signal=KILL:when={which}"
                if change.change("strace", "-f", "-o", "/dev/null", "-e", inject).wait() == 0:
                    break
                struck += 1
                change.check(f"{call} {which}")
        for size in range(0, 400, 8):
            change.lay_out()
            code = change.change("prlimit", f"--fsize={size * 1024}").wait()
            happened = change.check(f"files of {size} KB")
            assert happened or code == 74, f"{change.name}: code {code} where files have {size} KB"
        print(f"{told}; {struck} killed at {', '.join(CALLS)}; full disks leave what was there", flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
