"""The first pass over a part of a dump: Arrow batches in, what follows from each document alone out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from .._arrow import stream_of
from .._native import Result, Watch, call, make_options
from .._table import Table

Array = np.ndarray[Any, np.dtype[Any]]

#: Columns of the input beside those that texts and dates are read from.
ID, PLACE = "__dedup_id", "__dedup_place"
#: By which documents are preferred, ascending; the fingerprint only tells apart what has one id.
ORDER = ("is_new", "date", "length_rank", "place", "id")

HANDLE_MASK = (1 << 40) - 1


class Spec(NamedTuple):
    """What is the same, and which columns it is read from: goes to every task."""

    #: Columns of texts, of which in each row the first with a value counts; column of the date, None for none.
    text: list[str]
    date: list[str]
    #: Options of `dedup.cluster`: level, threshold, linkage, keep, date_order.
    options: dict[str, Any]
    #: Whether these are not documents of an archive that all stay.
    is_new: bool = True

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(self.text + self.date))


def sketch(batches: Iterable[pa.RecordBatch], spec: Spec) -> Iterator[pa.RecordBatch]:
    """A row for each document: is_new, id, place, high and low (the fingerprint), length, date and length_rank, keys.

    `date_month_first` is the date where the whole dump says so; the first row of a batch has what its dates say of that.
    """
    for batch in batches:
        if batch.num_rows == 0:
            continue
        result = _read(batch, spec)
        rows, dates = Table(result, "sketches"), Table(result, "dates").to_pydict()
        counts = dict(zip(dates["what"], dates["count"], strict=True))
        columns: dict[str, Any] = {
            "is_new": pa.array(np.full(batch.num_rows, spec.is_new)),
            "id": batch.column(ID),
            "place": batch.column(PLACE),
            "high": rows.to_numpy("high"),
            "low": rows.to_numpy("low"),
            "length": rows.to_numpy("length").astype(np.int32),
            "too_short": rows.to_arrow()["too_short"].combine_chunks(),
            "date": rows.to_numpy("date_rank"),
            "date_month_first": rows.to_numpy("date_rank_month_first"),
            "length_rank": rows.to_numpy("length_rank"),
            "keys": _keys(rows) if "keys" in rows.column_names else pa.nulls(batch.num_rows, pa.binary()),
        }
        for name in ("day_first", "month_first", "ambiguous"):
            columns[name] = np.zeros(batch.num_rows, np.int32)
            columns[name][0] = counts[name]
        yield pa.RecordBatch.from_pydict(columns)


def placed(batches: Iterable[pa.RecordBatch], nodes: Array, components: Array) -> Iterator[pa.RecordBatch]:
    """Of rows with a fingerprint those whose handle is one of the nodes (ascending), with its component in front."""
    for batch in batches:
        handle = handles(batch.column(batch.schema.get_field_index("low")).to_numpy())
        place = np.minimum(np.searchsorted(nodes, handle), max(len(nodes) - 1, 0))
        is_node = nodes[place] == handle if len(nodes) else np.zeros(len(handle), bool)
        component = pa.array(components[place[is_node]].astype(np.int64))
        rows = batch.filter(pa.array(is_node))
        yield pa.RecordBatch.from_arrays([component, *rows.columns], ["component", *rows.schema.names])


def handles(low: Array) -> Array:
    """By which a text is known where it is to be found out what hangs together: 40 bits of its fingerprint.

    Two texts of one handle are taken for one there. What is compared with one is then brought together with the other,
    which changes no answer, since parts of a dump that nothing is compared across are clustered together as apart.
    """
    found: Array = low.view(np.uint64) & np.uint64(HANDLE_MASK)
    return found


def _read(batch: pa.RecordBatch, spec: Spec) -> Result:
    """What the library makes of a batch."""
    watch = Watch()
    names = dict.fromkeys(["id", "title", "source", "language", "url"], "")
    one = {role: columns[0] if len(columns) == 1 else None for role, columns in (("text", spec.text), ("date", spec.date))}
    if not spec.date:
        one["date"] = ""
    options = make_options(watch, **names, **one, **spec.options, threads=1)
    stream = stream_of(batch.select(spec.columns))
    result = Result(stream.keeps)
    call(
        "sketches", ctypes.c_void_p(stream.pointer), ctypes.byref(options), not spec.is_new, ctypes.byref(result.handle)
    )
    return result


def _keys(rows: Table) -> pa.Array:
    """The keys of each document as bytes; null where it has none."""
    lists = rows.to_arrow()["keys"].combine_chunks()
    has_keys = lists.is_valid().to_numpy(zero_copy_only=False)
    keys = lists.flatten()
    ends = np.concatenate([[0], np.cumsum(has_keys * 4 * lists.type.list_size)]).astype(np.int32)
    validity = pa.py_buffer(np.packbits(has_keys, bitorder="little"))
    return pa.Array.from_buffers(pa.binary(), len(lists), [validity, pa.py_buffer(ends), pa.py_buffer(keys.to_numpy())])
