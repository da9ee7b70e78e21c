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
    sketched = [part for data, spec in specs for part in run(sketch.sketch, shuffle.scatter(data), spec)]
    rows = [row for part in sketched for batch in part for row in batch.to_pylist()]
    text = {(spec.is_new, row[ID]): row["text"] for data, spec in specs for row in data.to_pylist()}
    edges = run(bands.link, shuffle.by("part", run(bands.pack, sketched, 3 * shuffle.partitions)))
    merged = [list(bands.merge(batch for part in edges for batch in part))]
    found = bands.components(*bands.unpacked_edges(
        row for part in merged for batch in part for row in batch.column(1).to_pylist()))  # fmt: skip
    distinct = preferred(rows)
    texts = pa.table({name: pa.array([row[name] for row in distinct.values()], kind) for name, kind in (
        ("high", pa.int64()), ("low", pa.int64()), ("is_new", pa.bool_()), ("date", pa.int64()),
        ("length_rank", pa.int64()), ("place", pa.int64()), ("id", table.schema.field(ID).type),
    )})  # fmt: skip
    chosen = pa.Table.from_batches(list(sketch.placed(texts.to_batches(), *found))) if len(texts) else None
    if chosen is None or not len(chosen):
        return _joined(rows, distinct, {})
    keys = zip(chosen["is_new"].to_pylist(), chosen["id"].to_pylist(), strict=True)
    compared = chosen.append_column("text", pa.array([text[key] for key in keys]))
    labelled = run(stage.near, shuffle.by("component", shuffle.scatter(compared)), spec)
    near = {
        (row["high"], row["low"]): (row["near_is_known"], row["near"])
        for part in labelled for batch in part for row in batch.to_pylist()
    }  # fmt: skip
    return _joined(rows, distinct, near)


def preferred(rows: Iterable[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """Of each distinct text of some words the preferred document."""
    found: dict[Any, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: tuple(row[name] for name in sketch.ORDER)):
        if row["length"]:
            found.setdefault((row["high"], row["low"]), row)
    return found


def _joined(rows: Iterable[dict[str, Any]], distinct: dict[Any, dict[str, Any]], near: dict[Any, Any]) -> dict[Any, Any]:
    labels = {}
    for row in rows:
        if row["is_new"]:
            text = (row["high"], row["low"])
            first = distinct[text] if row["length"] else row
            own = (not first["is_new"], first["id"])
            labels[row["id"]] = (first["id"], near.get(text, own) if row["length"] else (False, row["id"]))
    return labels


def rows_of(texts: list[str | None], ids: list[Any], places: list[int] | None = None, **dates: list[Any]) -> pa.Table:
    """Documents as the first step of the plan reads them."""
    return pa.table({ID: ids, PLACE: places or [0] * len(ids), "text": pa.array(texts, pa.string()), **dates})
