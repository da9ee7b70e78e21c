"""A session of Spark as small as it goes, and rows that are scattered in it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
pyspark = pytest.importorskip("pyspark", reason="no PySpark: make test-spark has it")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("no Java: make test-spark brings it", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession  # noqa: E402


def session(master: str = "local[2,4]", **more: str) -> SparkSession:
    """Tasks are run four times before they are given up. Without the second compiler, which does not pay in a minute."""
    builder = SparkSession.builder.master(master).config("spark.driver.memory", "1g")
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
    } | more  # fmt: skip
    for name, value in settings.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    return started


def scattered(spark: SparkSession, rows: list[dict[str, Any]], schema: str, partitions: int, seed: int = 0) -> DataFrame:
    """Rows in another order, in so many partitions."""
    rows = list(rows)
    random.Random(seed).shuffle(rows)
    names = [column.split()[0] for column in schema.split(", ")]
    values = [tuple(row.get(name) for name in names) for row in rows]
    return spark.createDataFrame(spark.sparkContext.parallelize(values, partitions), schema)


def dying(frame: DataFrame, folder: Path, *calls: int) -> DataFrame:
    """The frame, the workers of whose tasks are killed in these of the calls, counted from 0 over all tasks."""

    def pass_on(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        call = 0
        while True:
            try:
                (folder / f"call-{call}").touch(exist_ok=False)
                break
            except FileExistsError:
                call += 1
        yield from batches
        if call in calls:
            os.kill(os.getpid(), signal.SIGKILL)

    return frame.mapInArrow(pass_on, frame.schema)


Labels = dict[Any, tuple[Any, ...]]
COLUMNS = ["exact", "near", "is_representative", "jaccard", "too_short"]


def labels(rows: list[dict[str, Any]], columns: list[str] = COLUMNS) -> Labels:
    """By id what was found."""
    found = {row["id"]: tuple(row[name] for name in columns) for row in rows}
    assert len(found) == len(rows)
    return found


def of_frame(clusters: DataFrame, columns: list[str] = COLUMNS) -> Labels:
    return labels([row.asDict() for row in clusters.collect()], columns)


def on_one_machine(rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any], **options: Any) -> Labels:
    """The same of the package, over the rows in an order."""
    import dedup

    names = list(rows[0])
    ordered = sorted(rows, key=key)
    table = pa.table({name: pa.array([row[name] for row in ordered]) for name in names})
    return labels(dedup.cluster(table, level="near", **options).documents.to_pylist())
