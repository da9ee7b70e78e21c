"""Clusters on Apache Spark: the stages of the one-machine tool laid over a cluster, and its clusters, id for id.

    import dedup.spark

    clusters = dedup.spark.cluster(frame, id="url", level="near")   # frame: a DataFrame of Spark
    clean = dedup.spark.filter(frame, id="url")

PySpark 3.5 and 4, with PyArrow and NumPy; the package must be on the executors. docs/spark.md has sizing and set-up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .._cluster import DateOrder, Keep, Linkage
from .._native import OptionError
from ._input import Input, check_level
from ._plan import Plan

Level = Literal["exact", "near"]

__all__ = ["cluster", "filter"]


def cluster(
    df: DataFrame,
    *,
    text: str | None = "text",
    id: str | None = None,
    date: str | None = None,
    order: str | None = None,
    level: Level = "near",
    threshold: float = 0.7,
    linkage: Linkage = "star",
    keep: Keep = "earliest",
    date_order: DateOrder | None = None,
    partitions: int | None = None,
    checkpoint: bool = False,
) -> DataFrame:
    """Which documents are the same: word for word (exact), or nearly so (near).

    The clusters are those of `dedup.cluster` and of the command over the rows in the order of `order`: id for id, whatever
    the partitions, the order of rows, tasks that are run twice and executors that are lost. Levels copy and event follow
    from counts over the whole dump, and are refused.

    Args:
        df: a frame whose rows are documents; it is read twice. A row without a text is like no other.
        text, date: names of columns; None: of the usual names (`dedup.USUAL`) those that are there, of which in each row
            the first with a value counts; date="": none.
        id: the same; strings or integers, there in each row and each there once.
        order: a column that says where each row stands in the dump, which decides where date and length do not. None: ids
            decide, by their bytes or as numbers.
        threshold, linkage, keep, date_order: as for `dedup.cluster`.
        partitions: tasks of a shuffle; None: `spark.sql.shuffle.partitions`, or one for half a million documents where
            that is more.
        checkpoint: whether intermediate results go to the checkpoint folder of the Spark context, on shared storage, and
            not to the memory and disks of executors, where what is lost is computed anew.

    Returns:
        A row for each document, in no order: id, exact, near (both of the type of id: the document that represents its
        cluster), is_representative (of its outermost cluster), jaccard (with its near representative; null where it is
        that itself or the two were not compared), too_short. Computed already, and held by Spark until
        `unpersist()`.

    Raises:
        dedup.ColumnError, dedup.ColumnTypeError, dedup.OptionError
    """
    names = {"text": text, "id": id, "date": date}
    options = _options(level, threshold, linkage, keep, date_order)
    plan = Plan([Input(df, names, order, options=options)], checkpoint, partitions)
    levels = ["exact", "near"] if level == "near" else ["exact"]
    more = [F.col("jaccard")] if level == "near" else []
    return _finished(plan, lambda: plan.labels(level).select(
        "id", *levels, (F.col(level) == F.col("id")).alias("is_representative"), *more, "too_short"
    ))  # fmt: skip


def filter(
    df: DataFrame,
    *,
    against: DataFrame | None = None,
    text: str | None = "text",
    id: str | None = None,
    date: str | None = None,
    order: str | None = None,
    level: Level = "near",
    threshold: float = 0.7,
    keep: Keep = "earliest",
    date_order: DateOrder | None = None,
    partitions: int | None = None,
    checkpoint: bool = False,
) -> DataFrame:
    """The rows to keep: of each group of duplicates one, and each that goes duplicates a kept one.

    Those that `dedup filter` and `dedup.drop_duplicates` keep.

    Args:
        against: other documents, such as a test set, with columns of the same names: what duplicates one of them goes,
            whichever is earlier.

    The other arguments and errors are those of `cluster`. Lazy: what is to go is known when this returns, the frame is read
    once more for what stays.
    """
    names = {"text": text, "id": id, "date": date}
    options = _options(level, threshold, "star", keep, date_order)
    new = Input(df, names, order, options=options)
    known = [] if against is None else [Input(against, names, order, options=options, is_new=False)]
    plan = Plan([new, *known], checkpoint, partitions)
    goes = F.col("is_new") & (F.col("is_known") | (F.col("near") != F.col("id")))
    gone = _finished(plan, lambda: plan.labels(level).where(goes).select(F.col("id").alias("__dedup_id")))
    return df.join(gone, new.id == gone["__dedup_id"], "left_anti")


def _options(level: str, threshold: float, linkage: str, keep: str, date_order: str | None) -> dict[str, Any]:
    check_level(level)
    if not 0 <= threshold <= 1:
        raise OptionError(f"threshold is {threshold}, not from 0 to 1")
    return {"level": level, "threshold": threshold, "linkage": linkage, "keep": keep, "date_order": date_order}


def _finished(plan: Plan, make: Callable[[], DataFrame]) -> DataFrame:
    """Computes what is planned, so that what it is made of can go."""
    try:
        if plan.checkpoint:
            return make().checkpoint()
        frame = make().persist()
        frame.count()
        return frame
    finally:
        plan.close()
