"""The one-machine stage on what has come to a task: whole components, as many as there are."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import _kinds
from .._cluster import start
from .._table import Table
from .sketch import ORDER, Array, Spec

#: A moment for each document, so that the earliest is the preferred one: 2³² seconds in years that are taken for dates.
_FIRST_MOMENT = -16_000_000_000
_NAMES = {"text": "text", "date": "date"} | dict.fromkeys(["id", "title", "source", "language", "url"], "")


def near(batches: Iterable[pa.RecordBatch], spec: Spec) -> Iterator[pa.RecordBatch]:
    """Of distinct texts those that another represents: high, low, near and near_is_known (the id of that, and whether it
    is known), jaccard.

    Texts lie in a file that is mapped, not in memory, so that a component need not fit there.
    """
    with tempfile.TemporaryDirectory(prefix="dedup-") as folder:
        known, new = _spool(batches, folder)
        if new is None:
            return
        options = {name: value for name, value in spec.options.items() if name not in ("date_order", "keep")}
        options |= {"keep": "earliest", "threads": 1}
        ranks = _ranks([table for table in (known, new) if table is not None])
        rows: list[_kinds.Data | None] = [_documents(table, ranks.pop(0)) for table in (known, new) if table is not None]
        if known is None:
            yield from _clusters(new, Table(start("cluster", rows, _NAMES, options, None), "documents"))
        else:
            options.pop("linkage")
            removed = Table(start("filter", rows[::-1], _NAMES, options, None), "removals")
            yield from _removals(known, new, removed)


def _spool(batches: Iterable[pa.RecordBatch], folder: str) -> tuple[pa.Table | None, pa.Table | None]:
    """Known and new documents, each in a file; None where there are none."""
    files: dict[bool, Any] = {}
    for batch in batches:
        is_new = batch.column(batch.schema.get_field_index("is_new"))
        for which in (False, True):
            some = batch.filter(pc.equal(is_new, which))
            if some.num_rows:
                if which not in files:
                    files[which] = pa.ipc.new_file(os.path.join(folder, str(which)), some.schema)
                files[which].write_batch(some)
    for file in files.values():
        file.close()
    known, new = (
        pa.ipc.open_file(pa.memory_map(os.path.join(folder, str(which)))).read_all() if which in files else None
        for which in (False, True)
    )
    return known, new


def _ranks(tables: list[pa.Table]) -> list[Array]:
    """The place of each row of each table in the order of preference of all."""
    keys = pa.concat_tables([table.select([*ORDER]) for table in tables])
    ranks = np.empty(len(keys), np.int64)
    ranks[pc.sort_indices(keys, [(name, "ascending") for name in ORDER]).to_numpy()] = np.arange(len(keys))
    return np.split(ranks, np.cumsum([len(table) for table in tables])[:-1])


def _documents(table: pa.Table, ranks: Array) -> _kinds.Data:
    moments = pa.array(ranks + _FIRST_MOMENT).cast(pa.timestamp("s"))
    return _kinds.read(pa.table({"text": table["text"], "date": moments}), _NAMES)


def _clusters(new: pa.Table, found: Table) -> Iterator[pa.RecordBatch]:
    clusters = found.to_arrow()
    near = clusters["near"].to_numpy()
    rows = np.flatnonzero(near != np.arange(len(new)))
    is_known = np.zeros(len(rows), bool)
    yield from _labels(new, rows, new["id"].take(near[rows]), is_known, clusters["jaccard"].take(rows))


def _removals(known: pa.Table, new: pa.Table, removed: Table) -> Iterator[pa.RecordBatch]:
    near = removed.to_arrow()
    of, is_known = near["of_row"].to_numpy(), near["of_against"].to_numpy()
    ids = pa.chunked_array([*known["id"].chunks, *new["id"].chunks])
    of_ids = ids.take(np.where(is_known, of, of + len(known)))
    yield from _labels(new, near["row"].to_numpy(), of_ids, is_known, near["score"])


def _labels(table: pa.Table, rows: Array, near: Any, is_known: Array, jaccard: Any) -> Iterator[pa.RecordBatch]:
    made = pa.table({
        "high": table["high"].take(rows), "low": table["low"].take(rows), "near": near, "near_is_known": is_known,
        "jaccard": jaccard,
    })  # fmt: skip
    yield from made.combine_chunks().to_batches()
