#!/usr/bin/env python3
"""usage: local.py DEDUP SPARK-VENV [INPUT.jsonl] [--kills N]

Submits python/examples/spark_near.py to a cluster of two executors on this machine, with the package in an archive as
docs/spark.md says, kills executors while it runs, and holds what comes of it against the command over the same documents in
the order of their ids.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def executors(of: int) -> list[int]:
    """Processes below one that run an executor."""
    parents, found = {}, []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if b"CoarseGrainedExecutorBackend" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return [process for process in found if of in ancestors(process, parents)]


def ancestors(process: int, parents: dict[int, int]) -> list[int]:
    found = []
    while process in parents:
        process = parents[process]
        found.append(process)
    return found


def submit(venv: Path, source: Path, folder: Path, kills: int) -> int:
    """Runs the script; returns how many executors were killed meanwhile."""
    with tarfile.open(folder / "package.tar.gz", "w:gz") as archive:
        archive.add(ROOT / "python/src/dedup", "dedup")
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "python/src"), "PYSPARK_PYTHON": str(venv / "bin/python"), "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "spark"), "SPARK_WORKER_DIR": str(folder / "work"),
    }  # fmt: skip
    if not shutil.which("java"):
        environment["JAVA_HOME"] = str(venv / "java")
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.driver.memory": "1g",
        "spark.executorEnv.PYTHONPATH": "package", "spark.executor.memory": "1g",
        # Tasks that take a little longer than others are run twice.
        "spark.speculation": "true", "spark.speculation.quantile": "0.3", "spark.speculation.multiplier": "1.1",
        "spark.speculation.interval": "20ms", "spark.speculation.minTaskRuntime": "20ms",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }  # fmt: skip
    command = [str(venv / "bin/spark-submit"), "--master", "local-cluster[2,1,1024]", "--archives",
               f"{folder / 'package.tar.gz'}#package"]  # fmt: skip
    command += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    command += [str(ROOT / "python/examples/spark_near.py"), str(source), str(folder / "clusters")]
    with open(folder / "log", "w") as log:
        running = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder, start_new_session=True)
    killed: set[int] = set()
    due = time.monotonic() + 4
    while running.poll() is None:
        time.sleep(0.2)
        alive = [process for process in executors(running.pid) if process not in killed]
        if alive and len(killed) < kills and time.monotonic() > due:
            os.kill(alive[0], signal.SIGKILL)
            killed.add(alive[0])
            due = time.monotonic() + 5
        elif not alive:
            due = max(due, time.monotonic() + 3)
    if running.returncode:
        sys.exit((folder / "log").read_text()[-5000:])
    return len(killed)


def of_command(dedup: Path, source: Path, folder: Path) -> dict[str, tuple[str, str]]:
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    ordered = folder / "ordered.jsonl"
    ordered.write_text("".join(json.dumps(row) + "\n" for row in sorted(rows, key=lambda row: row["id"].encode())))
    done = subprocess.run(
        [dedup, "cluster", ordered, "--level", "near", "-q", "--format", "jsonl"], check=True, capture_output=True, text=True
    )
    records = map(json.loads, done.stdout.splitlines())
    return {row["id"]: (row["exact"], row["near"]) for row in records if row["type"] == "document"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("dedup", type=Path)
    parser.add_argument("venv", type=Path)
    parser.add_argument("input", type=Path, nargs="?", default=ROOT / "corpora/sample/stories.jsonl")
    parser.add_argument("--kills", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed = submit(asked.venv.absolute(), asked.input.absolute(), Path(folder), asked.kills)
        read = "import sys, json, pyarrow.parquet as p; json.dump(p.read_table(sys.argv[1]).to_pylist(), sys.stdout)"
        found = subprocess.run(
            [asked.venv / "bin/python", "-c", read, f"{folder}/clusters"], check=True, capture_output=True, text=True)  # fmt: skip
        mine = {row["id"]: (row["exact"], row["near"]) for row in json.loads(found.stdout)}
        theirs = of_command(asked.dedup.absolute(), asked.input, Path(folder))
    if mine != theirs:
        apart = [id for id in theirs if mine.get(id) != theirs[id]]
        sys.exit(f"{len(apart)} of {len(theirs)} documents differ from the command, the first {apart[:3]}")
    print(f"{len(mine)} documents on two executors, {killed} killed: the clusters of the command, "
          f"{len({near for _, near in mine.values()})} at level near")  # fmt: skip


if __name__ == "__main__":
    main()
