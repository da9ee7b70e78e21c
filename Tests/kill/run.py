#!/usr/bin/env python3
"""Kill dedup at random moments, and look at what is there afterwards.

    run.py DEDUP [--moments 200] [--copies 10] [--seed 1]

Of each command that many runs are ended by SIGKILL, SIGINT or SIGTERM at a random moment, from its first
millisecond to a little after its usual end. Afterwards each output is what stood there before or the complete
new one, the removed records are new where the kept ones are, and nothing else lies about: neither beside the
outputs nor among the temporary files. Tests/faults hits the moments that are over soonest: it kills at each call.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "corpora/sample/stories.jsonl"
OLD = b"what stood here\n"
SIGNALS = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM]


class Command:
    """A command line that is run again and again in its folder."""

    def __init__(self, dedup: str, name: str, words: list[str], outputs: list[str], copies: int):
        self.name, self.outputs, self.by_pipe = name, outputs, "-" in words
        self.folder = Path(tempfile.mkdtemp(prefix="dedup-kill-"))
        self.words = [dedup, *words, "--temp-dir", "temp", "--memory", "1M", "-q"]
        (self.folder / "temp").mkdir()
        self.prepare_input(copies)
        self.inputs = self.files()
        self.run(None)
        self.new = {name: self.read(name) for name in outputs}
        start = time.monotonic()
        self.run(None)
        self.seconds = time.monotonic() - start

    def prepare_input(self, copies: int):
        lines = SAMPLE.read_text().splitlines(keepends=True)
        (self.folder / "in").mkdir()
        for part in range(3):
            (self.folder / f"in/{part}.jsonl").write_text("".join(lines * copies))
            (self.folder / f"in/{part}.txt").write_text(lines[part])

    def files(self) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file()}

    def read(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def lay_out(self, is_there: bool):
        """What an earlier run left, or nothing."""
        for name in self.files() - self.inputs:
            (self.folder / name).unlink()
        for name in self.outputs:
            if is_there:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(OLD)

    def run(self, end: tuple[float, signal.Signals] | None) -> int:
        stream = open(self.folder / "in/0.jsonl") if self.by_pipe else subprocess.DEVNULL
        source = subprocess.Popen(["cat"], stdin=stream, stdout=subprocess.PIPE) if self.by_pipe else None
        process = subprocess.Popen(
            self.words, cwd=self.folder, stdin=source.stdout if source else stream,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if source:
            source.stdout.close()
        if end:
            time.sleep(end[0])
            process.send_signal(end[1])
        code = process.wait()
        if source:
            source.wait()
        return code

    def check(self, is_there: bool, moment: str) -> bool:
        """Whether all outputs are the new ones."""
        old = OLD if is_there else None
        found = {name: self.read(name) for name in self.outputs}
        for name in self.outputs:
            assert found[name] in (old, self.new[name]), f"{self.name}, {moment}: {name} is neither old nor new"
        # Removed records get their name first.
        first, *others = self.outputs
        if any(found[name] != old for name in others):
            assert found[first] == self.new[first], f"{self.name}, {moment}: {first} lacks what was removed"
        deadline = time.monotonic() + 10
        while others := self.files() - self.inputs - set(self.outputs):
            # The janitor comes when the process is gone.
            assert time.monotonic() < deadline, f"{self.name}, {moment}: {others} left behind"
            time.sleep(0.001)
        return found == self.new


MIRRORED = [f"out/in/{part}.{kind}" for part in range(3) for kind in ("jsonl", "txt")]
COMMANDS = [
    ("cluster", ["cluster", "in", "--level", "near", "-o", "out"], ["out"]),
    ("filter", ["filter", "in/0.jsonl", "in/1.jsonl", "-o", "out", "--dupes", "gone"], ["gone", "out"]),
    ("filter, compressed", ["filter", "-", "-o", "out.gz", "--dupes", "gone.zst"], ["gone.zst", "out.gz"]),
    ("filter, folder", ["filter", "in", "--out-dir", "out", "--dupes", "gone"], ["gone", *MIRRORED]),
]


def campaign(options, name: str, words: list[str], outputs: list[str]):
    command = Command(options.dedup, name, words, outputs, options.copies)
    choose = random.Random(f"{options.seed} {name}")
    ended = complete = 0
    for number in range(options.moments):
        is_there = choose.random() < 0.5
        moment = choose.uniform(0, 1.1) * command.seconds, choose.choice(SIGNALS)
        command.lay_out(is_there)
        ended += command.run(moment) < 0
        complete += command.check(is_there, f"moment {number}: {moment[1].name} after {1000 * moment[0]:.1f} ms")
    shutil.rmtree(command.folder)
    print(f"{name}: {ended} of {options.moments} runs ended by a signal, {complete} complete", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dedup", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--copies", type=int, default=10, help="of the sample dump in each input")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda command: campaign(options, *command), COMMANDS))


if __name__ == "__main__":
    main()
