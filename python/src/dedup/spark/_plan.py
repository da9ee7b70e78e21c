"""How the stages are laid over a cluster: what is mapped, what is shuffled by which key, and what is brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    BinaryType,
    BooleanType,
    DataType,
    DoubleType,
    IntegerType,
    LongType,
    StructField,
    StructType,
)

from .._native import ColumnError, ColumnTypeError, DedupError
from .._parts.bands import components, edge_rows, link, merge, pack, unpacked_edges
from ._components import alternating_stars
from ._input import Input
from ._labels import TEXT, distinct, joined
from .._parts.sketch import HANDLE_MASK, ID, PLACE, Spec, placed, sketch
from .._parts.stage import near

#: Edges of what hangs together that one machine puts together: 16 bytes each.
EDGES_AT_ONCE = 4_000_000
#: Parts whose edges are put together first.
_MERGED = 16
#: Texts that hang together whose rows without their texts go to every executor: some 100 bytes each.
SENT_TO_ALL = 1_000_000
#: Documents of a task that the number of tasks is chosen for.
_DOCUMENTS_A_TASK = 500_000
#: Parts of the keys for each task: they fall to tasks at random.
_PARTS_A_TASK = 8

_EDGES = StructType().add("count", LongType()).add("edges", BinaryType())


class Plan:
    """One run. What is kept between its steps is dropped by `close`."""

    def __init__(self, inputs: list[Input], checkpoint: bool, partitions: int | None) -> None:
        self.inputs, self.checkpoint, self._partitions = inputs, checkpoint, partitions
        self._kept: list[DataFrame] = []
        schema = inputs[0].select().schema
        self._id, self._place = schema[ID].dataType, schema[PLACE].dataType
        for input in inputs[1:]:
            for role, name in (("id", ID), ("order", PLACE)):
                _refuse_other_type(role, schema[name].dataType, input.select().schema[name].dataType)

    def labels(self, level: str) -> DataFrame:
        """A row for each document: is_new, id, exact, near, is_known (whether near is the id of a known one), jaccard,
        too_short; near is exact at level exact."""
        sketched = self.keep(self._union([
            input.select().mapInArrow(_task(sketch, input.spec), self._sketch_schema) for input in self.inputs
        ]))  # fmt: skip
        documents = self._with_settled_dates(sketched)
        self._check_ids(documents)
        texts = self.keep(distinct(documents))
        of_text = texts.where("count > 1").select(
            *TEXT, F.col("first.id").alias("exact"), (~F.col("first.is_new")).alias("is_known"), "count")  # fmt: skip
        if level == "near":
            of_text = of_text.join(self._near(sketched, texts), TEXT, "full_outer")
        else:
            none = {"near": self._id, "near_is_known": BooleanType(), "jaccard": DoubleType()}
            of_text = of_text.withColumns({name: F.lit(None).cast(kind) for name, kind in none.items()})
        return joined(documents, self.keep(of_text))

    def keep(self, frame: DataFrame) -> DataFrame:
        """Computes a frame once, for steps to come."""
        if self.checkpoint:
            return frame.checkpoint()
        self._kept.append(frame.persist())
        return frame

    def close(self) -> None:
        for frame in self._kept:
            frame.unpersist()
        self._kept = []

    @staticmethod
    def _union(frames: list[DataFrame]) -> DataFrame:
        return reduce(lambda one, other: one.union(other), frames)

    @property
    def _sketch_schema(self) -> StructType:
        schema = _schema(is_new=BooleanType(), id=self._id, place=self._place, high=LongType(), low=LongType())
        schema = schema.add("length", IntegerType()).add("too_short", BooleanType())
        for name in ("date", "date_month_first", "length_rank"):
            schema = schema.add(name, LongType())
        schema = schema.add("keys", BinaryType())
        for name in ("day_first", "month_first", "ambiguous"):
            schema = schema.add(name, IntegerType())
        return schema

    def _with_settled_dates(self, sketched: DataFrame) -> DataFrame:
        """Documents whose dates are read as all of their frame say; refuses what has no id."""
        counts = {row["is_new"]: row for row in sketched.groupBy("is_new").agg(
            F.count("*").alias("documents"), F.count("id").alias("ids"), F.count("place").alias("places"),
            *(F.sum(name).alias(name) for name in ("day_first", "month_first", "ambiguous")),
        ).collect()}  # fmt: skip
        self._tasks = self._partitions or max(
            int(sketched.sparkSession.conf.get("spark.sql.shuffle.partitions", "200") or 200),
            -(-sum(row["documents"] for row in counts.values()) // _DOCUMENTS_A_TASK),
        )  # fmt: skip
        month_first = []
        for row in counts.values():
            _refuse_missing(row["documents"] - row["ids"], "id")
            _refuse_missing(row["documents"] - row["places"], "order")
            told = None
            if row["day_first"] and not row["month_first"]:
                told = "dmy"
            elif row["month_first"] and not row["day_first"]:
                told = "mdy"
            if (told or self.inputs[0].spec.options["date_order"]) == "mdy":
                month_first.append(row["is_new"])
        date = F.when(F.col("is_new").isin(month_first), F.col("date_month_first")).otherwise(F.col("date"))
        return sketched.select(
            "is_new", "id", "place", *TEXT, "length", "too_short", date.alias("date"), "length_rank")  # fmt: skip

    @staticmethod
    def _check_ids(documents: DataFrame) -> None:
        """Labels are ids: two documents of one would be mistaken for one another. 8 bytes a document are shuffled."""
        hashed = documents.select("is_new", F.xxhash64("id").alias("hash"))
        repeated = hashed.groupBy("is_new", "hash").count().where("count > 1").drop("count")
        if repeated.isEmpty():
            return
        some = documents.withColumn("hash", F.xxhash64("id")).join(repeated, ["is_new", "hash"], "left_semi")
        twice = some.groupBy("is_new", "id").count().where("count > 1").first()
        if twice is not None:
            error = ColumnError(
                f'id "{twice["id"]}" is that of {twice["count"]} documents: give each an id of its own (say '
                'concat_ws("#", id, url), or drop rows that are there twice in every column), or name another column: id=…'
            )
            error.subject = "id"
            raise error

    def _near(self, sketched: DataFrame, texts: DataFrame) -> DataFrame:
        """Of each text that another represents: high, low, near, near_is_known, jaccard."""
        parts = _PARTS_A_TASK * self._tasks
        packed = sketched.select("low", "keys").mapInArrow(
            lambda batches: pack(batches, parts), _schema(part=IntegerType(), entries=BinaryType()))  # fmt: skip
        edges = self.keep(packed.repartition(self._tasks, "part").select("entries").mapInArrow(link, _EDGES))
        chosen = self._chosen(texts.select(*TEXT, "first.*"), edges)
        compared = self._texts(chosen).repartition(self._tasks, "component")
        labels = _schema(high=LongType(), low=LongType(), near=self._id, near_is_known=BooleanType(), jaccard=DoubleType())
        return compared.mapInArrow(_task(near, self.inputs[0].spec), labels)

    def _chosen(self, texts: DataFrame, edges: DataFrame) -> DataFrame:
        """The texts that hang together with others, with their component in front."""
        if _total(edges) > EDGES_AT_ONCE:
            edges = self.keep(edges.coalesce(max(1, self._tasks // _MERGED)).mapInArrow(merge, _EDGES))
        if _total(edges) <= EDGES_AT_ONCE:
            nodes, found = components(*unpacked_edges(row["edges"] for row in edges.select("edges").collect()))
            schema = StructType([StructField("component", LongType()), *texts.schema.fields])
            return texts.mapInArrow(lambda batches: placed(batches, nodes, found), schema)
        _require_checkpoints(edges)
        pairs = edges.select("edges").mapInArrow(edge_rows, _schema(u=LongType(), v=LongType()))
        stars = alternating_stars(pairs, lambda frame: frame.checkpoint())
        least = stars.select(F.col("component").alias("node"), "component").distinct()
        handle = F.col("low").bitwiseAND(F.lit(HANDLE_MASK))
        return texts.withColumn("node", handle).join(stars.union(least), "node").select("component", *texts.columns)

    def _texts(self, chosen: DataFrame) -> DataFrame:
        """What was chosen with its text; read again, since to keep texts would double the corpus."""
        chosen = self.keep(chosen)
        if chosen.count() <= SENT_TO_ALL:
            chosen = F.broadcast(chosen)

        def read(input: Input) -> DataFrame:
            is_its = (F.col("is_new") == input.spec.is_new) & (F.col("id") == F.col(ID))
            return input.texts().join(chosen, is_its).drop(ID)

        return self._union([read(input) for input in self.inputs])


def _total(edges: DataFrame) -> int:
    found = edges.agg(F.coalesce(F.sum("count"), F.lit(0)).alias("total")).first()
    return int(found["total"]) if found else 0


def _require_checkpoints(frame: DataFrame) -> None:
    if frame.sparkSession.sparkContext.getCheckpointDir() is None:
        raise DedupError(
            f"more than {EDGES_AT_ONCE} edges between texts that hang together: their components are found in rounds, which "
            "need a checkpoint folder on shared storage: spark.sparkContext.setCheckpointDir(…)"
        )


def _schema(**columns: DataType) -> StructType:
    schema = StructType()
    for name, kind in columns.items():
        schema = schema.add(name, kind)
    return schema


def _task(function: Callable[..., Iterator[Any]], spec: Spec) -> Callable[..., Iterator[Any]]:
    return lambda batches: function(batches, spec)


def _refuse_missing(count: int, role: str) -> None:
    if count:
        error = ColumnError(
            f"{count} documents have no {role}: rows of a Spark frame have no places, so that each needs one of its own; "
            f"fill the column or leave out those rows"
        )
        error.subject = role
        raise error


def _refuse_other_type(role: str, one: DataType, other: DataType) -> None:
    if one != other:
        error = ColumnTypeError(f"{role} is {one.simpleString()} in one frame and {other.simpleString()} in the other: cast it")
        error.subject = role
        raise error
