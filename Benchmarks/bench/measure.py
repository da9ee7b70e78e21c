"""CPU seconds, wall seconds and peak memory of whole processes; medians over interleaved repeats."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

LAUNCHER = Path(__file__).with_name("launch.py")
# One thread for libraries that ignore the affinity mask, and the same string hashes in every run.
QUIET = {"RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
         "PYTHONHASHSEED": "0", "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "true"}


@dataclass(frozen=True)
class Cost:
    cpu: float       # user + system seconds
    wall: float      # seconds
    peak_mb: float   # resident, 10^6 bytes

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def cores(threads: int) -> list[int]:
    """The last cores allowed: the first one tends to serve the interrupts."""
    return sorted(os.sched_getaffinity(0))[-threads:]


def run_once(command: Sequence[str], threads: int = 1, stdout: Path = Path(os.devnull),
             environment: dict[str, str] | None = None) -> Cost:
    where = ",".join(map(str, cores(threads)))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(LAUNCHER), where, str(stdout), *command],
        env={**os.environ, **QUIET, **(environment or {})}, capture_output=True, text=True)
    # exit 2 is our "done, but some input was unreadable"
    if done.returncode or int(done.stdout.split()[3]) not in (0, 2):
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr.strip()[-2000:]}")
    cpu, wall, peak_kib, _ = done.stdout.split()
    return Cost(float(cpu), float(wall), int(peak_kib) * 1024 / 1e6)


def interleaved(jobs: dict[str, Callable[[], Cost]], repeats: int) -> dict[str, Cost]:
    """Median costs. Round-robin, so that a noisy minute spoils one repeat of all and not all of one."""
    costs: dict[str, list[Cost]] = {name: [] for name in jobs}
    for turn in range(repeats):
        for name, job in jobs.items():
            print(f"  {turn + 1}/{repeats} {name}", end="", file=sys.stderr, flush=True)
            costs[name].append(job())
            print(f"  {costs[name][-1].cpu:.2f} CPU s", file=sys.stderr)
    return {name: median_cost(runs) for name, runs in costs.items()}


def median_cost(runs: Sequence[Cost]) -> Cost:
    return Cost(median(r.cpu for r in runs), median(r.wall for r in runs), median(r.peak_mb for r in runs))
