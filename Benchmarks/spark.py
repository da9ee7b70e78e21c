#!/usr/bin/env python3
"""Measure dedup on Spark: CPU beside the command, shuffle bytes, growth, skew, and Spark's own join.

    spark.py DEDUP CORPUS.jsonl [--only cost growth hot giant rival] [--rows 20000 …]

For a Python with pyspark, pyarrow, numpy and the package on its path: `make bench-spark`; beside text-dedup
where that is installed. Runs are processes of their own on local[2]; CPU is user and system of all that a run has started,
the JVM's compiler included. Shuffle bytes and times of tasks are those of Spark's event log. `hot` and `growth` make their documents themselves, of numbered words.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.spark import events, numbered, to_parquet, tree, write

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def child(asked: argparse.Namespace) -> None:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", asked.memory)
    for name, value in {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": asked.partitions,
        "spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file://{asked.log}",
        "spark.eventLog.compress": "false", "spark.sql.files.maxPartitionBytes": asked.split,
        "spark.sql.files.openCostInBytes": asked.split,
        "spark.eventLog.rolling.enabled": "false",
    }.items():  # fmt: skip
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frame = spark.read.parquet(asked.child).select("id", "text")
    frame.limit(1).collect()
    ready, start = tree(), time.time()
    answer: dict[str, object] = {}
    if asked.what == "near":
        import dedup.spark

        clusters = dedup.spark.cluster(frame, id="id", date="", partitions=asked.partitions)
        answer["documents"] = clusters.count()
        answer["clusters"] = clusters.where("is_representative").count()
        if asked.out:
            clusters.select("id", "near").write.mode("overwrite").parquet(asked.out)
    elif asked.what == "read":
        frame.mapInArrow(lambda batches: batches, frame.schema).write.format("noop").mode("overwrite").save()
    elif asked.what == "rival":
        answer["pairs"] = rival(frame, asked.partitions)
    done = tree()
    answer |= {
        "seconds": time.time() - start, "start": sum(ready.values()), "cpu": sum(done.values()),
        **{name: done[name] - ready.get(name, 0) for name in done},
    }  # fmt: skip
    print(json.dumps(answer))
    spark.stop()


def rival(frame, partitions: int) -> int:
    """Spark's own MinHashLSH: 128 hashes as 25 tables it has not, so tables of one hash; five-word shingles; J ≥ .7."""
    from pyspark.ml.feature import CountVectorizer, HashingTF, MinHashLSH, NGram, RegexTokenizer  # noqa: F401
    from pyspark.sql import functions as F

    words = RegexTokenizer(inputCol="text", outputCol="words", pattern=r"\W+").transform(frame)
    shingles = NGram(n=5, inputCol="words", outputCol="shingles").transform(words).where(F.size("shingles") > 0)
    hashed = HashingTF(inputCol="shingles", outputCol="features", binary=True, numFeatures=1 << 20).transform(shingles)
    hashed = hashed.select("id", "features").repartition(partitions).persist()
    model = MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=5, seed=1).fit(hashed)
    joined = model.approxSimilarityJoin(hashed, hashed, 0.3).where(F.col("datasetA.id") < F.col("datasetB.id"))
    return joined.count()


def run(parquet: str, what: str, partitions: int, out: str = "", memory: str = "1g", split: str = "32m") -> dict:
    with tempfile.TemporaryDirectory() as log:
        done = subprocess.run(
            [sys.executable, __file__, "--child", parquet, "--what", what, "--partitions", str(partitions), "--log", log,
             "--out", out, "--memory", memory, "--split", split, "-", "-"],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        return json.loads(done.stdout.splitlines()[-1]) | {"log": events(next(Path(log).iterdir()))}


def command_cpu(command: str, jsonl: str) -> float:
    before = os.times()
    subprocess.run([command, "cluster", jsonl, "--level", "near", "--threads", "1", "-q", "-o", os.devnull], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def cost(asked: argparse.Namespace, folder: str) -> None:
    parquet = f"{folder}/all.parquet"
    documents = to_parquet(asked.corpus, parquet)
    command = statistics.median(command_cpu(asked.command, asked.corpus) for _ in range(3))
    found, read, nothing = (run(parquet, what, 8) for what in ("near", "read", "nothing"))
    shuffled = found["log"]["shuffled"] / documents
    print(f"{documents} documents: the command {command:.2f} CPU s, Spark {found['cpu']:.1f} ({found['cpu'] / command:.1f} times): "
          f"start of the session {nothing['cpu']:.1f}, texts to Python once {read['cpu'] - nothing['cpu']:.1f}; after the start "
          f"JVM {found['jvm']:.1f}, Python workers {found['workers']:.1f}, driver {found['driver']:.1f}; {found['seconds']:.0f} s; "
          f"shuffled {shuffled:.0f} bytes a document, texts included")  # fmt: skip


def hot(asked: argparse.Namespace, folder: str) -> None:
    for count in asked.rows or [1_000_000]:
        parquet = f"{folder}/hot-{count}"
        others = [{"id": f"x{row['id']}", "text": row["text"]} for row in numbered(20_000, 2, "")]
        write(numbered(count, 1, "hot") + others, parquet, files=16)
        found = run(parquet, "near", 16)
        rows, seconds = found["log"]["rows"], found["log"]["seconds"]
        print(f"a page {count} times among 20,000: {found['clusters']} clusters, {found['seconds']:.0f} s; the task that stands out most "
              f"reads {rows[0]:.1f} times the rows of the median of its stage ({rows[1]}), and takes {seconds[0]:.1f} times as "
              f"long ({seconds[1]:.1f} s)")  # fmt: skip


def giant(asked: argparse.Namespace, folder: str) -> None:
    """One component as it comes to a task: pages of one template, each with words of its own."""
    for count in asked.rows or [100_000]:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import spark; spark.one_component({count})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        print(done.stdout.strip() or done.stderr[-2000:])


def one_component(count: int) -> None:
    import threading

    import numpy as np
    import pyarrow as pa
    from dedup._parts.sketch import Spec
    from dedup._parts.stage import near

    random = np.random.default_rng(4)
    words = np.array([f"w{number}" for number in range(50_000)])
    frame, size = " ".join(words[:450]), 0

    def batches():
        nonlocal size
        for first in range(0, count, 2_000):
            rows = min(2_000, count - first)
            own = random.integers(0, 50_000, (rows, 300))
            texts = [frame + " " + " ".join(words[chosen]) for chosen in own]
            size += sum(map(len, texts))
            numbers = np.arange(first, first + rows)
            zeros = np.zeros(rows, np.int64)
            yield pa.RecordBatch.from_pydict({
                "component": zeros, "is_new": np.ones(rows, bool), "high": zeros, "low": numbers, "date": zeros,
                "length_rank": zeros, "place": zeros, "id": numbers, "text": texts,
            })  # fmt: skip

    def anonymous() -> int:
        return int(next(line for line in open("/proc/self/status") if line.startswith("RssAnon")).split()[1]) // 1024

    peak, done, before = [0], threading.Event(), anonymous()

    def watch() -> None:
        while not done.wait(0.02):
            peak.append(anonymous())

    watching = threading.Thread(target=watch)
    watching.start()
    start = time.process_time()
    labels = sum(batch.num_rows for batch in near(batches(), Spec(["text"], [], {"level": "near", "threshold": 0.7, "linkage": "star"})))
    done.set()
    watching.join()
    print(f"a component of {count} different pages, {size / 1e6:.0f} MB of text, in one task: {labels} near copies, "
          f"{time.process_time() - start:.0f} CPU s with the making of the pages, at most {max(peak) - before} MB of memory")  # fmt: skip


def growth(asked: argparse.Namespace, folder: str) -> None:
    for count in asked.rows or [20_000, 200_000, 1_000_000]:
        parquet = f"{folder}/growth-{count}"
        write(numbered(count, 3, ""), parquet)
        found = run(parquet, "near", max(8, count // 25_000))
        print(f"{count} documents: CPU after the start {(found['cpu'] - found['start']) / count * 1e6:.0f} µs a document, shuffled "
              f"{found['log']['shuffled'] / count:.0f} bytes")  # fmt: skip


def beside_rival(asked: argparse.Namespace, folder: str) -> None:
    for count in asked.rows or [20_000]:
        parquet = f"{folder}/rival.parquet"
        to_parquet(asked.corpus, parquet, count)
        mine, theirs = run(parquet, "near", 8), run(parquet, "rival", 8, memory="4g")
        print(f"{count} documents: dedup.spark {mine['cpu']:.1f} CPU s ({mine['cpu'] - mine['start']:.1f} after the start of the "
              f"session), MinHashLSH {theirs['cpu']:.1f} ({theirs['cpu'] - theirs['start']:.1f}): "
              f"{theirs['cpu'] / mine['cpu']:.1f} times; it found {theirs['pairs']} pairs")  # fmt: skip
        if importlib.util.find_spec("text_dedup"):
            done = subprocess.run(
                [sys.executable, Path(__file__).parent / "rivals/spark_text_dedup.py", parquet, f"{folder}/text-dedup"],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            other = json.loads(done.stdout.splitlines()[-1])
            print(f"text-dedup on Spark {other['cpu']:.1f} CPU s: {other['cpu'] / mine['cpu']:.1f} times; keeps {other['kept']}, "
                  f"dedup.spark {mine['clusters']}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", help="the dedup command")
    parser.add_argument("corpus", help="JSON Lines with id and text")
    parser.add_argument("--only", nargs="+", default=["cost", "growth", "hot", "giant", "rival"])
    parser.add_argument("--rows", nargs="+", type=int)
    for name in ("child", "what", "log", "out"):
        parser.add_argument(f"--{name}", default="", help=argparse.SUPPRESS)
    parser.add_argument("--partitions", type=int, default=8, help=argparse.SUPPRESS)
    parser.add_argument("--memory", default="1g", help=argparse.SUPPRESS)
    parser.add_argument("--split", default="32m", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        return child(asked)
    parts = {"cost": cost, "growth": growth, "hot": hot, "giant": giant, "rival": beside_rival}
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.only:
            parts[name](asked, folder)


if __name__ == "__main__":
    main()
