"""What a run on Spark has cost, and documents for it."""

from __future__ import annotations

import json
import os
import statistics
from collections import defaultdict
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree() -> dict[str, float]:
    """CPU seconds of this process and all that it started, by what they are."""
    found: dict[str, float] = defaultdict(float)
    parents, cpus = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                name, rest = (entry / "stat").read_text().rsplit(")", 1)
            except OSError:
                continue
            fields = rest.split()
            parents[int(entry.name)] = int(fields[1])
            cpus[int(entry.name)] = (name.split("(", 1)[1], sum(map(int, fields[11:15])) / TICK)
    for process, (name, cpu) in cpus.items():
        at = process
        while at in parents and at != os.getpid():
            at = parents[at]
        if at == os.getpid():
            found["jvm" if name == "java" else "driver" if process == os.getpid() else "workers"] += cpu
    return found


def events(log: Path) -> dict:
    """Of Spark's event log: bytes shuffled; of the stages of some tasks the largest share of a task in rows and in time,
    as a multiple of the median, the latter for stages whose longest task takes two seconds or more."""
    shuffled, rows, times = 0, defaultdict(list), defaultdict(list)
    with open(log) as lines:
        for line in lines:
            event = json.loads(line)
            if event["Event"] != "SparkListenerTaskEnd":
                continue
            metrics, info, stage = event.get("Task Metrics") or {}, event["Task Info"], event["Stage ID"]
            shuffled += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
            rows[stage].append(
                metrics.get("Input Metrics", {}).get("Records Read", 0)
                + metrics.get("Shuffle Read Metrics", {}).get("Total Records Read", 0)
            )
            times[stage].append((info["Finish Time"] - info["Launch Time"]) / 1000)

    def skew(stages: dict, least: float) -> tuple[float, float]:
        some = [tasks for tasks in stages.values() if len(tasks) > 2 and max(tasks) >= least]
        return max(((max(tasks) / max(statistics.median(tasks), 1e-9), max(tasks)) for tasks in some), default=(1, 0))

    return {"shuffled": shuffled, "rows": skew(rows, 10_000), "seconds": skew(times, 2)}


def to_parquet(jsonl: str, parquet: str, rows: int | None = None) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept = []
    with open(jsonl) as lines:
        for number, line in enumerate(lines):
            if rows is not None and number == rows:
                break
            row = json.loads(line)
            kept.append({"id": row["id"], "text": row["text"]})
    pq.write_table(pa.Table.from_pylist(kept), parquet, row_group_size=10_000)
    return len(kept)


def numbered(count: int, seed: int, kind: str) -> list[dict]:
    """Documents of random words, each its own; of kind hot all of one text."""
    import numpy as np

    random = np.random.default_rng(seed)
    words = np.array([f"w{number}" for number in range(50_000)])
    if kind == "hot":
        text = " ".join(words[:40])
        return [{"id": f"{number:08}", "text": text} for number in range(count)]
    rows = []
    for number in range(count):
        if number % 5 == 4:
            chosen = chosen.copy()  # noqa: F821 - of the document before
            chosen[random.integers(0, 200, 2)] = random.integers(0, 50_000, 2)
        else:
            chosen = random.integers(0, 50_000, 200)
        rows.append({"id": f"{number:08}", "text": " ".join(words[chosen])})
    return rows


def write(rows: list[dict], parquet: str, files: int = 1) -> None:
    """A folder of files, rows dealt out to them in turn."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    os.makedirs(parquet)
    for file in range(files):
        pq.write_table(pa.Table.from_pylist(rows[file::files]), f"{parquet}/{file}.parquet", row_group_size=10_000)
