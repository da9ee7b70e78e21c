"""The plan without Spark: its functions over Arrow batches, with a shuffle that scatters rows as Spark might."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from dedup._parts import bands, sketch, stage
from dedup._parts.sketch import ID, PLACE, Spec

Batches = list[pa.RecordBatch]


class Shuffle:
    """Cuts rows into partitions at random, or by a key."""

    def __init__(self, seed: int, partitions: int) -> None:
        self.random, self.partitions = random.Random(seed), partitions

    def scatter(self, table: pa.Table) -> list[Batches]:
        """Rows in any order, in partitions of any size."""
        places = list(range(len(table)))
        self.random.shuffle(places)
        cuts = sorted(self.random.randint(0, len(places)) for _ in range(self.partitions - 1))
        bounds = zip([0, *cuts], [*cuts, len(places)], strict=True)
        return [table.take(pa.array(places[start:end], pa.int64())).to_batches(max_chunksize=self.random.randint(1, 50)) for start, end in bounds]

    def by(self, key: str, parts: list[Batches]) -> list[Batches]:
        """All rows of a key together, in any order."""
        batches = [batch for part in parts for batch in part]
        if not batches:
            return []
        table = pa.Table.from_batches(batches)
        home = [value * 2654435761 % 4294967291 % self.partitions for value in table[key].to_pylist()]
        made = []
        for partition in range(self.partitions):
            places = [place for place, of in enumerate(home) if of == partition]
            self.random.shuffle(places)
            made.append(table.take(pa.array(places, pa.int64())).combine_chunks().to_batches(max_chunksize=self.random.randint(1, 50)))
        return made


def run(function: Callable[..., Iterator[pa.RecordBatch]], parts: list[Batches], *more: Any) -> list[Batches]:
    return [list(function(iter(part), *more)) for part in parts]


def near_labels(table: pa.Table, spec: Spec, shuffle: Shuffle, known: pa.Table | None = None) -> dict[Any, Any]:
    """Of each new document its id and the id that represents it at level near, where that is another, and whether that is
    known. The steps of `dedup.spark._plan.Plan`."""
    specs = [(table, spec)] + ([] if known is None else [(known, spec._replace(is_new=False))])
    rows = [
        row for data, spec in specs
        for part in run(sketch.sketch, shuffle.scatter(data), spec) for batch in part for row in batch.to_pylist()
    ]  # fmt: skip
    sketched = [
        part for data, spec in specs for part in run(sketch.sketch, shuffle.scatter(data), spec)
    ]
    packed = run(bands.pack, sketched, 3 * shuffle.partitions)
    edges = run(bands.link, shuffle.by("part", packed))
    found = bands.components(*bands.unpacked_edges(
        row for part in edges for batch in part for row in batch.column(1).to_pylist()))  # fmt: skip
    met = [part for data, spec in specs for part in run(sketch.texts, shuffle.scatter(data), spec, found)]
    labelled = run(stage.near, shuffle.by("component", met), spec)
    near = {
        (row["high"], row["low"]): (row["near_is_known"], row["near"])
        for part in labelled for batch in part for row in batch.to_pylist()
    }  # fmt: skip
    return _joined(rows, near)


def _joined(rows: Iterable[dict[str, Any]], near: dict[Any, Any]) -> dict[Any, Any]:
    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row[name] for name in sketch.ORDER)

    rows = list(rows)
    exact: dict[Any, dict[str, Any]] = {}
    for row in sorted(rows, key=order):
        if row["length"]:
            exact.setdefault((row["high"], row["low"]), row)
    labels = {}
    for row in rows:
        if row["is_new"]:
            text = (row["high"], row["low"])
            first = exact.get(text, row) if row["length"] else row
            own = (not first["is_new"], first["id"])
            labels[row["id"]] = (first["id"], near.get(text, own) if row["length"] else (False, row["id"]))
    return labels


def rows_of(texts: list[str | None], ids: list[Any], places: list[int] | None = None, **dates: list[Any]) -> pa.Table:
    """Documents as the first step of the plan reads them."""
    return pa.table({ID: ids, PLACE: places or [0] * len(ids), "text": pa.array(texts, pa.string()), **dates})
