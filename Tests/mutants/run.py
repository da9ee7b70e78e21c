#!/usr/bin/env python3
"""Break the code on purpose, and see whether the tests notice: mutation analysis by schemata (Untch, Offutt, Harrold:
Mutation Analysis Using Mutant Schemata, ISSTA 1993).

    run.py [PATTERN] [--least .95]

All faults of list.toml are compiled at once into a copy of the tree, .build/mutants, each behind a number that MUTANT asks
for; PATTERN takes those of which file or fault have it. A fault is caught where its suites fail, crash or hang.
"""

import argparse
import os
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / ".build/mutants"
TESTS = COPY / ".build/debug/dedupPackageTests.xctest"
SWIFT = os.environ.get("SWIFT", "swift")
#: Optimised, with what is checked in a debug build.
FAST = "-Xswiftc -O -Xswiftc -assert-config -Xswiftc Debug -Xcc -O2".split()
SECONDS = 300

C_CHOICE = "extern int dedup_mutant;\n"
C_CHOSEN = """#include <stdlib.h>
int dedup_mutant;
__attribute__((constructor)) static void choose(void) {
  const char *number = getenv("MUTANT");
  if (number) dedup_mutant = atoi(number);
}
"""
SWIFT_CHOSEN = """import Glibc

@usableFromInline let mutant = unsafe getenv("MUTANT").flatMap { unsafe Int(String(cString: $0)) } ?? 0
"""


def broken(source: str, faults: list[tuple[int, str, str]], is_c: bool) -> str:
    """The source with all faults in it, each of a number, a marked place and what stands there instead."""
    places = []
    for number, marked, fault in faults:
        before, place, after = re.fullmatch("(.*)«(.*)»(.*)", marked, re.DOTALL).groups()
        if source.count(before + place + after) != 1:
            sys.exit(f"{marked}: not there, or more than once")
        places.append((source.index(before + place + after) + len(before), place, number, fault))
    chosen = "dedup_mutant" if is_c else "mutant"
    for start, place, number, fault in sorted(places, reverse=True):
        if fault.endswith(";") and is_c:
            new = f"if ({chosen} == {number}) {{ {fault} }} else {{ {place} }}"
        elif fault.endswith(";"):
            new = f"if {chosen} == {number} {{ {fault[:-1]} }} else {{ {place} }}"
        else:
            new = f"({chosen} == {number} ? ({fault}) : ({place}))"
        source = source[:start] + new + source[start + len(place) :]
    return C_CHOICE + source if is_c else source


def lay_out(files: list[dict]) -> None:
    """The tree with the faults in it; what has not changed since the last time is not compiled anew."""
    COPY.mkdir(parents=True, exist_ok=True)
    texts = {}
    for path in ("Package.swift", "Sources", "Tests", "Tools", "corpora"):
        texts |= {one.relative_to(ROOT): one.read_bytes() for one in [ROOT / path, *(ROOT / path).rglob("*")] if one.is_file()}
    for file in files:
        path = Path(file["path"])
        is_c = path.suffix in (".c", ".h")
        texts[path] = broken(texts[path].decode(), file["faults"], is_c).encode()
        texts[path.parent / ("mutant.c" if is_c else "Mutant.swift")] = (C_CHOSEN if is_c else SWIFT_CHOSEN).encode()
    for path, text in texts.items():
        to = COPY / path
        if not to.exists() or to.read_bytes() != text:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(text)
    for path in ("Sources", "Tests"):
        for one in (COPY / path).rglob("*"):
            if one.is_file() and one.relative_to(COPY) not in texts:
                one.unlink()


def passes(suites: str, number: int) -> bool:
    """Whether the suites end well; what they say is read along, since the first failure is enough."""
    tests = subprocess.Popen(
        [TESTS, "--testing-library", "swift-testing", "--filter", f"^({suites})\\."], cwd=COPY, text=True, errors="replace",
        env=os.environ | {"MUTANT": str(number)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    late = threading.Timer(SECONDS, tests.kill)
    late.start()
    try:
        if any("recorded an issue" in line for line in tests.stdout):
            tests.kill()
            return False
        return tests.wait() == 0
    finally:
        late.cancel()
        tests.wait()


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("pattern", nargs="?", default="")
    asked.add_argument("--least", type=float, default=0.95)
    asked = asked.parse_args()
    files, number = tomllib.loads((Path(__file__).parent / "list.toml").read_text())["file"], 0
    for file in files:
        file["faults"] = [(number := number + 1, *fault) for fault in file["faults"]]
    lay_out(files)
    subprocess.run([SWIFT, "build", "--build-tests", *FAST], cwd=COPY, check=True)
    wanted = [file | {"faults": [f for f in file["faults"] if asked.pattern in file["path"] + f[1]]} for file in files]
    for suites in {file["suites"] for file in wanted if file["faults"]}:
        if not passes(suites, 0):
            sys.exit(f"{suites}: fail without a fault")
    caught = 0
    missed = []
    for file in wanted:
        for number, marked, fault in file["faults"]:
            if passes(file["suites"], number):
                missed.append(f"{file['path']}: {marked} → {fault}")
                print(f"{number:3} MISSED {missed[-1]}", flush=True)
            else:
                caught += 1
                print(f"{number:3} caught {file['path']}: {marked} → {fault}", flush=True)
    print(f"{caught} of {caught + len(missed)} caught")
    sys.exit(caught < asked.least * (caught + len(missed)))


if __name__ == "__main__":
    main()
