"""The rows of the tables: what is run, how, and what its clusters are called."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

RIVALS = Path(__file__).resolve().parent.parent / "rivals"


@dataclass(frozen=True)
class Tool:
    name: str
    program: list[str]
    threads: int = 1
    ours: bool = False
    options: list[str] = field(default_factory=list)

    def command(self, source: Path, target: Path) -> list[str]:
        if not self.ours:
            return [*self.program, str(source), str(target), *self.options]
        return [*self.program, "cluster", str(source), "--level", "near", "--threads", str(self.threads),
                "--format", "jsonl", "-o", str(target), *self.options]


def ours(binary: Path, *options: str, name: str = "dedup", threads: int = 1) -> Tool:
    return Tool(name, [str(binary)], threads, ours=True, options=list(options))


def our_rows(binary: Path, threads: int = 2) -> list[Tool]:
    return [ours(binary, name="**dedup** star"),
            ours(binary, "--linkage", "single", name="**dedup** single"),
            ours(binary, name=f"**dedup** star, {threads} threads", threads=threads)]


def rivals() -> list[Tool]:
    def script(name: str, file: str, *options: str) -> Tool:
        return Tool(name, [sys.executable, str(RIVALS / file)], options=list(options))
    return [script("Daft", "run_daft.py"), script("Daft, lower-casing only", "run_daft.py", "--lower"),
            script("rensa", "run_rensa.py"), script("gaoya", "run_gaoya.py"),
            script("datasketch", "run_datasketch.py")]


FLOORS = {"`cat`": ["cat"], "`wc -l`": ["wc", "-l"], "`xxhsum -H3`": ["xxhsum", "-H3"]}


def floors() -> dict[str, list[str]]:
    """Commands that read the file and do next to nothing, as far as they are installed."""
    return {name: command for name, command in FLOORS.items() if shutil.which(command[0])}


def supports(binary: Path, option: str) -> bool:
    text = subprocess.run([str(binary), "cluster", "--help"], capture_output=True, text=True)
    return option in text.stdout + text.stderr
