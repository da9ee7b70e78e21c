#!/usr/bin/env python3
"""Measure dedup against its rivals and write RESULTS.md.

    run.py [--quick] [--documents 200000] [--repeats 3] [--only SECTION…]

The first run makes a virtual environment beside this file and generates the corpora under data/
(a few GB, some minutes). --quick uses 20,000 documents and one repeat and writes data/RESULTS-quick.md.
--only measures the named sections again and keeps the others of the last run; where there was none, the page is
data/RESULTS-part.md.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BINARY = HERE.parent / ".build" / "release" / "dedup"
SECTIONS = ("throughput", "promises", "reuters", "real_text", "levels", "copies", "events", "stages", "scaling",
            "memory", "latency", "same_bytes")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--documents", type=int, help="size of the main corpus")
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--binary", type=Path, default=BINARY)
    parser.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora" / "news",
                        help="folder with real text; its sections are left out where it is absent")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    return parser.parse_args()


def enter_environment() -> None:
    """Run again under the interpreter that has the rivals, building it from requirements.txt if needed."""
    wanted = (HERE / "requirements.txt").read_text()
    stamp = ENVIRONMENT / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        if find_spec("ensurepip") is None:
            raise SystemExit("python3 cannot make virtual environments here: apt-get install python3-venv")
        print("installing the rivals", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=True, symlinks=True)
        subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--quiet",
                        "-r", HERE / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    if Path(sys.prefix) != ENVIRONMENT:
        python = str(ENVIRONMENT / "bin" / "python")
        os.execv(python, [python, str(HERE / "run.py"), *sys.argv[1:]])


def main() -> None:
    options = arguments()
    if not options.binary.exists():
        raise SystemExit(f"{options.binary} is missing: build it first (make build)")
    enter_environment()
    from bench.session import run_session
    from bench.sections import Settings
    documents = options.documents or (20_000 if options.quick else 200_000)
    settings = Settings(binary=options.binary.resolve(), documents=documents,
                        scaling=(5_000, 20_000) if options.quick else (20_000, 200_000, 1_000_000),
                        repeats=options.repeats or (1 if options.quick else 3), corpora=options.corpora)
    command = shlex.join(["Benchmarks/run.py", *sys.argv[1:]]) if options.binary == BINARY else "Benchmarks/run.py"
    run_session(settings, options.only, command, quick=options.quick)


if __name__ == "__main__":
    main()
