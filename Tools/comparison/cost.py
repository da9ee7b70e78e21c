"""CPU seconds of both binaries, measured as the benchmarks do."""

import subprocess
import sys
import venv
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[2] / "Benchmarks"
sys.path.append(str(BENCHMARKS))
from bench.measure import Cost, interleaved, run_once

LEVELS = ("near", "copy", "event")
DOCUMENTS = 200_000


def print_costs(binaries: dict[str, Path], corpora: list[Path], repeats: int) -> None:
    """A table of medians over runs that take turns, on one core. Nothing is asserted: times are for people."""
    print("| corpus | level | CPU s before | after | ratio | peak MB before | after |\n|---|---|---|---|---|---|---|")
    for corpus in corpora or [generated()]:
        for level in LEVELS:
            jobs = {name: lambda binary=binary: cost(binary, corpus, level) for name, binary in binaries.items()}
            before, after = interleaved(jobs, repeats).values()
            print(f"| {corpus.name} | {level} | {before.cpu:.2f} | {after.cpu:.2f} | {after.cpu / before.cpu:.3f} "
                  f"| {before.peak_mb:.0f} | {after.peak_mb:.0f} |", flush=True)


def cost(binary: Path, corpus: Path, level: str) -> Cost:
    return run_once([str(binary), "cluster", str(corpus), "--level", level, "--threads", "1", "--format", "jsonl"])


def generated() -> Path:
    """The corpus of the benchmarks; made in some minutes if it is not there."""
    corpus = BENCHMARKS / "data" / f"corpus_{DOCUMENTS}_1.jsonl"
    if not corpus.exists():
        make = f"from bench.inputs import generated; generated({DOCUMENTS})"
        subprocess.run([python_of_benchmarks(), "-c", make], cwd=BENCHMARKS, check=True)
    return corpus


def python_of_benchmarks() -> Path:
    """That of Benchmarks/run.py; where it has not run, one in the same place that can generate, until it makes its own."""
    python = BENCHMARKS / ".venv/bin/python"
    needed = [line for line in (BENCHMARKS / "requirements.txt").read_text().splitlines()
              if line.startswith(("numpy", "scipy", "wordfreq"))]
    has_all = ["-c", "import numpy, scipy, wordfreq"]
    if not python.exists() or subprocess.run([python, *has_all], stderr=subprocess.DEVNULL).returncode:
        venv.create(python.parents[1], with_pip=True, clear=True, symlinks=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
    return python
