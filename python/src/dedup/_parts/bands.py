"""Which texts share a band: keys sent to where they meet, ten bytes each, and what hangs together there."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from .._native import call
from .sketch import Array, handles

#: Bits of the number of a band, and of a document's number among those that are packed together.
_BAND, _ROW = 7, 24
_PACKED_AT_ONCE = 1 << 16


def pack(batches: Iterable[pa.RecordBatch], parts: int) -> Iterator[pa.RecordBatch]:
    """The keys of all bands, sorted, for each part that a range of keys is: part, entries.

    Args:
        batches: low, keys.
        parts: at most 2¹⁶.
    """
    held: list[tuple[Array, Array]] = []
    count = 0
    for batch in batches:
        low, keys = _keys(batch)
        held.append((low, keys))
        count += len(low)
        if count >= _PACKED_AT_ONCE:
            yield from _packed(held, parts)
            held, count = [], 0
    if count:
        yield from _packed(held, parts)


def _keys(batch: pa.RecordBatch) -> tuple[Array, Array]:
    """Handles and keys of the documents that have any."""
    column = batch.column(batch.schema.get_field_index("keys")).drop_null()
    low = batch.column(batch.schema.get_field_index("low")).filter(
        batch.column(batch.schema.get_field_index("keys")).is_valid()
    )
    if len(column) == 0:
        return np.empty(0, np.uint64), np.empty((0, 0), np.uint32)
    ends = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]
    data = np.frombuffer(column.buffers()[2], np.uint8)[ends[0] : ends[-1]]
    return handles(low.to_numpy()), data.view(np.uint32).reshape(len(column), -1)


def _packed(held: list[tuple[Array, Array]], parts: int) -> Iterator[pa.RecordBatch]:
    held = [(handle, keys) for handle, keys in held if len(handle)]
    if not held:
        return
    # Equal texts have equal keys: one of them tells.
    handle, first = np.unique(np.concatenate([handle for handle, _ in held]), return_index=True)
    keys = np.concatenate([keys for _, keys in held])[first].astype(np.uint64)
    bands = np.arange(keys.shape[1], dtype=np.uint64)
    rows = np.arange(len(handle), dtype=np.uint64)
    packed = ((keys << np.uint64(_BAND)) | bands) << np.uint64(_ROW) | rows[:, None]
    packed = np.sort(packed, axis=None)
    bucket, row = packed >> np.uint64(_ROW), packed & np.uint64((1 << _ROW) - 1)
    planes = np.concatenate([_planes(bucket), _planes(handle[row])])
    bounds = np.array([-(-part * (1 << 32) // parts) << _BAND for part in range(parts)], dtype=np.uint64)
    starts = np.append(np.searchsorted(bucket, bounds), len(bucket))
    filled = [part for part in range(parts) if starts[part] < starts[part + 1]]
    entries = [planes[:, starts[part] : starts[part + 1]].tobytes() for part in filled]
    yield pa.RecordBatch.from_pydict({"part": pa.array(filled, pa.int32()), "entries": pa.array(entries, pa.binary())})


def _planes(values: Array) -> Array:
    """Five bytes of each number, those of a place together: sorted numbers are nearly equal in the first of them."""
    planes: Array = values.view(np.uint8).reshape(-1, 8)[:, :5].T
    return planes


def _numbers(planes: Array) -> Array:
    numbers = np.zeros((planes.shape[1], 8), np.uint8)
    numbers[:, :5] = planes.T
    return numbers.view(np.uint64).reshape(-1)


def link(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What hangs together by the keys that have come here: count, edges (pairs of a handle and the least of those)."""
    buckets, found = [], []
    for batch in batches:
        for entries in batch.column(batch.schema.get_field_index("entries")).to_pylist():
            planes = np.frombuffer(entries, np.uint8).reshape(10, -1)
            buckets.append(_numbers(planes[:5]))
            found.append(_numbers(planes[5:]))
    if not buckets:
        return
    bucket, handle = np.concatenate(buckets), np.concatenate(found)
    del buckets, found
    order = np.argsort(bucket, kind="stable")
    bucket, handle = bucket[order], handle[order]
    starts = np.flatnonzero(np.concatenate([[True], bucket[1:] != bucket[:-1]]))
    sizes = np.diff(np.append(starts, len(bucket)))
    first = np.repeat(handle[starts], sizes)
    differs = handle != first
    yield from packed_edges(*components(handle[differs], first[differs]))


def components(a: Array, b: Array) -> tuple[Array, Array]:
    """Of all handles in pairs, ascending, the least handle that each is connected with."""
    nodes, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    if len(nodes) == 0:
        return nodes, nodes
    ends = places.astype(np.uint32).reshape(2, -1)
    one, other = np.ascontiguousarray(ends[0]), np.ascontiguousarray(ends[1])
    least = np.empty(len(nodes), np.uint32)
    call("components", _start(one), _start(other), len(one), len(nodes), _start(least))
    return nodes, nodes[least]


def _start(values: Array) -> Any:
    return ctypes.c_void_p(values.ctypes.data)


_EDGES_A_ROW = 1 << 20


def packed_edges(nodes: Array, least: Array) -> Iterator[pa.RecordBatch]:
    """Pairs in rows of a million at most; those of a node with itself aside."""
    differs = nodes != least
    pairs = np.stack([nodes[differs], least[differs]], axis=1)
    for start in range(0, len(pairs), _EDGES_A_ROW):
        some = pairs[start : start + _EDGES_A_ROW]
        yield pa.RecordBatch.from_pydict({
            "count": pa.array([len(some)], pa.int64()), "edges": pa.array([some.tobytes()], pa.binary())
        })  # fmt: skip


def unpacked_edges(rows: Iterable[bytes]) -> tuple[Array, Array]:
    """Both ends of all pairs."""
    pairs = np.concatenate([np.empty(0, np.uint64), *(np.frombuffer(row, np.uint64) for row in rows)]).reshape(-1, 2)
    return np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1])


def merge(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What hangs together by the edges of several parts: many have the same."""
    rows = [row for batch in batches for row in batch.column(batch.schema.get_field_index("edges")).to_pylist()]
    yield from packed_edges(*components(*unpacked_edges(rows)))


def edge_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """A row for each pair: u, v."""
    for batch in batches:
        for row in batch.column(batch.schema.get_field_index("edges")).to_pylist():
            u, v = unpacked_edges([row])
            yield pa.RecordBatch.from_pydict({"u": u.astype(np.int64), "v": v.astype(np.int64)})
