"""Run command lines with both binaries and hold what they leave against each other."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count, zip_longest
from pathlib import Path

from comparison.commands import Command

VERSION = re.compile(rb'(?<=\{"type":"run","version":")[^"]*|(?<=<dt>dedup</dt><dd>)[^<]*')
Outputs = dict[str, bytes]      # by name; the exit code is among them


def count_differences(folder: Path, commands: list[Command]) -> int:
    """Says how many command lines differ, shows the first difference, and names the others."""
    outputs = differing = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda command, number: run_both(folder, command, f"out/{number}"), commands, count())
        for number, (command, (before, after)) in enumerate(zip(commands, results), 1):
            if sys.stderr.isatty():
                print(f"\r{number} of {len(commands)} ", end="", file=sys.stderr, flush=True)
            outputs += sum(map(bool, before.values())) - 1
            different = [name for name in before | after if not same(before.get(name), after.get(name))]
            if different:
                print(f"{command.after}: {', '.join(different)}", flush=True)
            if different and not differing:
                print(first_difference(before.get(different[0], b""), after.get(different[0], b"")), flush=True)
            differing += bool(different)
    verdict = f"{differing} command lines differ" if differing else "all equal, and so are the exit codes"
    print(f"{outputs} outputs of {len(commands)} command lines: {verdict}")
    return differing


def run_both(folder: Path, command: Command, out: str) -> tuple[Outputs, Outputs]:
    return run(folder, "before", command.before, out), run(folder, "after", command.after, out)


def run(folder: Path, which: str, line: str, out: str) -> Outputs:
    """Both run in one folder and write to the same paths, since what they say repeats the paths."""
    (folder / out).mkdir(parents=True)
    settings = {**os.environ, "PATH": f"{folder / which}:{os.environ['PATH']}", "OUT": out}
    done = subprocess.run(["bash", "-c", line], cwd=folder, env=settings, stdin=subprocess.DEVNULL, capture_output=True)
    outputs = {"exit code": b"%d" % done.returncode, "standard error": done.stderr, "standard output": done.stdout}
    for file in sorted((folder / out).rglob("*")):
        if file.is_file():
            outputs[str(file.relative_to(folder))] = file.read_bytes()
    shutil.rmtree(folder / out)
    return outputs


def same(before: bytes | None, after: bytes | None) -> bool:
    return before == after or None not in (before, after) and VERSION.sub(b"", before) == VERSION.sub(b"", after)


def first_difference(before: bytes, after: bytes) -> str:
    """The first line that is not the same, from a little before the place where it is not."""
    lines = enumerate(zip_longest(before.split(b"\n"), after.split(b"\n"), fillvalue=b"(no more lines)"), 1)
    number, (a, b) = next((number, pair) for number, pair in lines if pair[0] != pair[1])
    start = max(0, len(os.path.commonprefix([a, b])) - 40)
    return "\n".join(f"  line {number}, {name}: {'…' * bool(start)}{line[start:start + 160].decode(errors='replace')}"
                     for name, line in (("before", a), ("after", b)))
