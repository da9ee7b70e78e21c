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
    StringType,
    StructType,
)

from .._native import ColumnError
from .._parts.bands import components, edge_rows, link, pack, unpacked_edges
from ._components import alternating_stars
from ._input import Input
from .._parts.sketch import ID, PLACE, Array, Spec, sketch, texts
from .._parts.stage import near

#: Edges of what hangs together that one machine puts together: 16 bytes each.
EDGES_AT_ONCE = 4_000_000
#: Documents whose components go to every task: 16 bytes each.
SENT_TO_ALL = 4_000_000
#: Equal texts from which on their rows are not brought together.
HOT = 100_000
#: Documents of a task that the number of tasks is chosen for.
_DOCUMENTS_A_TASK = 500_000
#: Parts of the keys for each task: they fall to tasks at random.
_PARTS_A_TASK = 8

_TEXT = ["high", "low"]


class Plan:
    """One run. What is kept between its steps is dropped by `close`."""

    def __init__(self, inputs: list[Input], checkpoint: bool, partitions: int | None) -> None:
        self.inputs, self.checkpoint, self._partitions = inputs, checkpoint, partitions
        self._kept: list[DataFrame] = []
        schema = inputs[0].select().schema
        self._id, self._place = schema[ID].dataType, schema[PLACE].dataType

    def labels(self, level: str) -> DataFrame:
        """A row for each document: is_new, id, exact, near, is_known (whether near is the id of a known one), jaccard,
        too_short; near is exact at level exact."""
        sketched = self.keep(self._union([
            input.select().mapInArrow(_task(sketch, input.spec), self._sketch_schema) for input in self.inputs
        ]))  # fmt: skip
        self._settle_dates(sketched)
        tasks = self._partitions or self._tasks(sketched)
        month_first = [input.spec.is_new for input in self.inputs if input.spec.month_first]
        date = F.when(F.col("is_new").isin(month_first), F.col("date_month_first")).otherwise(F.col("date"))
        documents = sketched.select(
            "is_new", "id", "place", *_TEXT, "length", "too_short", date.alias("date"), "length_rank")  # fmt: skip
        self._check_ids(documents)
        of_text = self._exact(documents)
        if level == "near":
            of_text = of_text.join(self._near(sketched, tasks), _TEXT, "full_outer")
        else:
            none = {"near": self._id, "near_is_known": BooleanType(), "jaccard": DoubleType()}
            of_text = of_text.withColumns({name: F.lit(None).cast(kind) for name, kind in none.items()})
        return self._joined(documents, self.keep(of_text))

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
        return reduce(DataFrame.union, frames)

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

    def _settle_dates(self, sketched: DataFrame) -> None:
        """Reads dates as those of all documents say; refuses what has no id."""
        counts = {row["is_new"]: row for row in sketched.groupBy("is_new").agg(
            F.count("*").alias("documents"), F.count("id").alias("ids"), F.count("place").alias("places"),
            *(F.sum(name).alias(name) for name in ("day_first", "month_first", "ambiguous")),
        ).collect()}  # fmt: skip
        for input in self.inputs:
            row = counts.get(input.spec.is_new)
            if row is None:
                continue
            _refuse_missing(row["documents"] - row["ids"], "id")
            _refuse_missing(row["documents"] - row["places"], "order")
            told = None
            if row["day_first"] and not row["month_first"]:
                told = "dmy"
            elif row["month_first"] and not row["day_first"]:
                told = "mdy"
            is_month_first = row["ambiguous"] > 0 and (told or input.spec.options["date_order"]) == "mdy"
            input.spec = input.spec._replace(month_first=is_month_first)

    def _tasks(self, sketched: DataFrame) -> int:
        usual = int(sketched.sparkSession.conf.get("spark.sql.shuffle.partitions", "200") or 200)
        return max(usual, -(-sketched.count() // _DOCUMENTS_A_TASK))

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

    @staticmethod
    def _exact(documents: DataFrame) -> DataFrame:
        """The preferred document of each text that several have: high, low, exact, is_known, count."""
        order = F.struct("is_new", "date", "length_rank", "place", "id")
        preferred = documents.where("length > 0").groupBy(*_TEXT).agg(
            F.min(order).alias("first"), F.count("*").alias("count")
        )  # fmt: skip
        return preferred.where("count > 1").select(
            *_TEXT, F.col("first.id").alias("exact"), (~F.col("first.is_new")).alias("is_known"), "count")  # fmt: skip

    def _near(self, sketched: DataFrame, tasks: int) -> DataFrame:
        """Of each text that another represents: high, low, near, near_is_known, jaccard."""
        packed = sketched.select("low", "keys").mapInArrow(
            lambda batches: pack(batches, _PARTS_A_TASK * tasks), _schema(part=IntegerType(), entries=BinaryType()))  # fmt: skip
        edges = self.keep(packed.repartition(tasks, "part").select("entries").mapInArrow(
            link, _schema(count=LongType(), edges=BinaryType())
        ))  # fmt: skip
        schema = _schema(component=LongType(), is_new=BooleanType(), high=LongType(), low=LongType(), date=LongType())
        schema = schema.add("length_rank", LongType()).add("place", self._place).add("id", self._id)
        schema = schema.add("text", StringType())
        total = edges.agg(F.coalesce(F.sum("count"), F.lit(0))).first()[0]  # type: ignore[index]
        if total <= EDGES_AT_ONCE:
            found = components(*unpacked_edges(row["edges"] for row in edges.select("edges").collect()))
            met = self._texts(schema, found) if len(found[0]) <= SENT_TO_ALL else None
        if total > EDGES_AT_ONCE or met is None:
            pairs = edges.select("edges").mapInArrow(edge_rows, _schema(u=LongType(), v=LongType()))
            stars = alternating_stars(pairs, self.keep)
            all_nodes = stars.union(stars.select(F.col("component").alias("node"), "component").distinct())
            met = self._texts(schema, None).withColumnRenamed("component", "node").join(all_nodes, "node")
            met = met.select(*schema.fieldNames())
        labels = _schema(high=LongType(), low=LongType(), near=self._id, near_is_known=BooleanType(), jaccard=DoubleType())
        spec = self.inputs[0].spec
        return met.repartition(tasks, "component").mapInArrow(_task(near, spec), labels)

    def _texts(self, schema: StructType, found: tuple[Array, Array] | None) -> DataFrame:
        """The texts that are compared; read again, since to keep them would double the corpus."""
        def read(input: Input) -> DataFrame:
            spec = input.spec
            return input.select().mapInArrow(lambda batches: texts(batches, spec, found), schema)

        return self._union([read(input) for input in self.inputs])

    def _joined(self, documents: DataFrame, of_text: DataFrame) -> DataFrame:
        """Each document with what was found of its text."""
        hot = of_text.where(F.col("count") > HOT)
        if hot.isEmpty():
            return self._named(documents.join(of_text, _TEXT, "left"))
        # A page that is there a million times would come to one task.
        marked = documents.join(F.broadcast(hot), _TEXT, "left_semi").join(F.broadcast(hot), _TEXT)
        others = documents.join(F.broadcast(hot), _TEXT, "left_anti").join(of_text, _TEXT, "left")
        return self._named(marked.select(*others.columns).union(others))

    @staticmethod
    def _named(joined: DataFrame) -> DataFrame:
        counts = F.col("length") > 0
        exact = F.when(counts, F.coalesce("exact", "id")).otherwise(F.col("id"))
        labelled = joined.withColumn("exact", exact)
        near_of = F.when(counts, F.coalesce("near", "exact")).otherwise(F.col("id"))
        jaccard = F.when(F.col("exact") == F.col("id"), F.col("jaccard"))
        is_known = F.coalesce("near_is_known", "is_known", F.lit(False))
        return labelled.select(
            "is_new", "id", "exact", near_of.alias("near"), is_known.alias("is_known"), jaccard.alias("jaccard"),
            "too_short",
        )  # fmt: skip


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
