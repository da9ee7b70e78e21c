#!/usr/bin/env python3
"""Let each call of the system go wrong once, one a run, and look at how dedup ends.

    run.py DEDUP [--only NAME] [--kinds short,malloc] [--step 1] [--allocations 100]

Of each command a small run is made again and again; in each the n-th call of a kind fails, for all n, or does only part
of what it was asked, or just before it an input shrinks, changes, grows or vanishes, or the process is killed; of
allocations, some a command. A run may not hang or crash. Where it says that all went well, its outputs are those of a run without a fault, or of one
whose input was that way from the start; else it says why, ends with a code that docs/output.md has, and each output is
what stood there before or whole. Nothing is left over beside the outputs or among the temporary files. Without memory
it may abort, by the same rules.
"""

import argparse
import collections
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import BEFALLING, COMMANDS, Bench, IndexBench

KINDS = ["short", "EINTR", "EIO", "ENOSPC", "EMFILE", "ENOMEM", "EAGAIN", "malloc", "kill", *BEFALLING]


def campaign(bench, kind, step, allocations):
    """How many calls went wrong, by name, and what was wrong with the ends."""
    wrong, calls, at = [], collections.Counter(), 1
    if kind in BEFALLING and not bench.victim:
        return calls, wrong
    answers = [bench.right, *([bench.answer(kind)] if kind in BEFALLING else [])]
    if kind == "malloc":
        bench.lay_out()
        step = max(step, bench.run(kind, 0)[3] // allocations)
    if kind == "EIO" and bench.name == "filter":
        step = 1  # What is read wrong once may be written for good.
    while True:
        bench.lay_out()
        code, output, talk, _, failed = bench.run(kind, at)
        if failed == "-":
            return calls, wrong
        calls[failed] += 1
        problem = bench.check(kind, code, output, talk, answers)
        if problem:
            wrong.append(f"{bench.name}, {kind} at call {at} ({failed}): {problem}")
        at += step


def all_of(name, library, given):
    """Of a command: calls by kind, calls by name, how many ends were wrong."""
    bench = (IndexBench if name.startswith("index") else Bench)(str(Path(given.dedup).resolve()), library, name)
    kinds, names, wrong = {}, collections.Counter(), []
    for kind in given.kinds.split(","):
        calls, found = campaign(bench, kind, given.step, given.allocations)
        kinds[kind] = f"{sum(calls.values())}{' !' if found else ''}"
        names += calls
        wrong += found
    shutil.rmtree(bench.folder)
    print("\n".join([f"{name}: {names.total()} runs, {len(wrong)} wrong", *wrong]), flush=True)
    return kinds, names, len(wrong)


def table(rows):
    """Rows of words, the first that of titles, in Markdown."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        print("| " + " | ".join(word.ljust(width) for word, width in zip(row, widths)) + " |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dedup")
    arguments.add_argument("--only", help="the command whose name this is")
    arguments.add_argument("--kinds", default=",".join(KINDS))
    arguments.add_argument("--step", type=int, default=1, help="every how manieth call goes wrong")
    arguments.add_argument("--allocations", type=int, default=100, help="how many go wrong of a command")
    arguments.add_argument("--at-once", type=int, default=os.cpu_count())
    given = arguments.parse_args()
    library = Path(tempfile.mkdtemp(prefix="dedup-faults-")) / "fail.so"
    source = Path(__file__).parent / "fail.c"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, source, "-ldl"], check=True)
    commands = [given.only] if given.only else list(COMMANDS)
    with ThreadPoolExecutor(given.at_once) as pool:
        found = dict(zip(commands, pool.map(lambda name: all_of(name, library, given), commands)))
    shutil.rmtree(library.parent)
    print("\nhow often each kind of fault befell each command\n")
    kinds = given.kinds.split(",")
    table([["command", *kinds], *([name, *(found[name][0][kind] for kind in kinds)] for name in commands)])
    print("\nwhich call it befell\n")
    calls = sum((found[name][1] for name in commands), collections.Counter())
    titles = ["call", *(str(number + 1) for number in range(len(commands))), "all"]
    table([titles, *([call, *(str(found[name][1][call] or "") for name in commands), str(count)] for call, count in
                     calls.most_common()), ["all", *(str(found[name][1].total()) for name in commands), str(calls.total())]])
    print("\n" + ", ".join(f"{number + 1} {name}" for number, name in enumerate(commands)))
    wrong = sum(found[name][2] for name in commands)
    print(f"{wrong} runs ended wrong" if wrong else "every run ended as it should")
    raise SystemExit(wrong > 0)


if __name__ == "__main__":
    main()
