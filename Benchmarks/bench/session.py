"""One session: the sections in order, what machine they ran on, and the files they leave."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.inputs import BENCHMARKS, DATA
from bench.report import render, with_section
from bench.sections import SECTIONS, Settings

# What embeddings.py measured, in an environment of its own.
EMBEDDINGS = DATA / "embeddings.md"
RIVALS = ("daft", "rensa", "gaoya", "datasketch")


def run_session(settings: Settings, only: Sequence[str], command: str, quick: bool) -> None:
    DATA.mkdir(exist_ok=True)
    kept = DATA / ("results-quick.json" if quick else "results.json")
    target = DATA / "RESULTS-quick.md" if quick else BENCHMARKS / "RESULTS.md"
    is_whole = set(only) == set(SECTIONS)
    results = json.loads(kept.read_text()) if kept.exists() and not is_whole else {}
    if not results and not is_whole:
        # Some sections alone are no page of results.
        kept, target = DATA / "results-part.json", DATA / "RESULTS-part.md"
    if results:
        results.setdefault("again", []).append({"sections": list(only), **header(settings, command)})
    else:
        results["header"] = header(settings, command)
    for name in only:
        print(f"== {name}", file=sys.stderr)
        results[name] = SECTIONS[name](settings)
        if not results[name]:
            print(f"  left out: {name} needs what is not here", file=sys.stderr)
            results[name] = None
        kept.write_text(json.dumps(results, indent=1))
        page = render(results)
        target.write_text(with_section(page, EMBEDDINGS.read_text()) if EMBEDDINGS.exists() and not quick else page)
    print(target)


def header(settings: Settings, command: str) -> dict:
    return {"date": datetime.date.today().isoformat(), "cpu": cpu_model(), "cores": os.cpu_count(),
            "memory_gb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
            "system": f"{platform.system()} {platform.release()}", "command": command,
            "repeats": settings.repeats, "load": os.getloadavg()[0],
            "versions": {"dedup": our_version(settings.binary),
                         **{name: version(name) for name in RIVALS}, "Python": platform.python_version()}}


def cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def our_version(binary: Path) -> str:
    told = subprocess.run([str(binary), "--version"], capture_output=True, text=True).stdout.strip()
    commit = subprocess.run(["git", "-C", str(BENCHMARKS), "rev-parse", "--short", "HEAD"],
                            capture_output=True, text=True).stdout.strip()
    return f"{told or 'unversioned'} ({commit})" if commit else told
