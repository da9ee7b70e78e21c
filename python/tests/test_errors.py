"""Bad input gets a clear error: what, where, the way out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dedup

TEXTS = ["a few words that make up a text", "and a few others"]


@pytest.mark.parametrize(
    "options, subject",
    [
        ({"threshold": 1.5}, "threshold"), ({"threshold": float("nan")}, "threshold"), ({"level": "nearly"}, "level"),
        ({"keep": "best"}, "keep"), ({"linkage": "double"}, "linkage"), ({"threads": -1}, "threads"),
        ({"event_threshold": -0.1}, "event_threshold"), ({"event_window": -1}, "event_window"),
        ({"date_order": "ymd"}, "date_order"), ({"memory": 5}, "memory"), ({"level": "near", "explain": True}, "explain"),
        ({"level": "exact", "pairs": True}, "pairs"),
    ],
)  # fmt: skip
def test_options(options: dict[str, Any], subject: str) -> None:
    with pytest.raises(dedup.OptionError, match=subject) as failure:
        dedup.cluster(TEXTS, **options)
    assert failure.value.subject == subject
    assert isinstance(failure.value, ValueError)


def test_missing_column() -> None:
    with pytest.raises(dedup.ColumnError, match="no column text; there is body, n") as failure:
        dedup.cluster({"body": TEXTS, "n": [1, 2]} | {}, text="text")
    assert isinstance(failure.value, LookupError)
    assert dedup.cluster({"body": TEXTS}, text=None).columns == {"text": ["body"]}
    with pytest.raises(dedup.ColumnError, match="no column when"):
        dedup.cluster(pa.table({"text": TEXTS}), date="when")


def test_column_that_is_there_twice() -> None:
    table = pa.Table.from_arrays([pa.array(TEXTS), pa.array(TEXTS)], names=["text", "text"])
    with pytest.raises(dedup.ColumnError, match='2 columns are called "text"'):
        dedup.cluster(table)
    with pytest.raises(ValueError, match='several columns are called "text"'):
        dedup.cluster(pd.DataFrame([TEXTS], columns=["text", "text"]))


@pytest.mark.parametrize(
    "name, values",
    [
        ("text", pa.array([1, 2])), ("text", pa.array([["a"], ["b"]])), ("text", pa.array([b"a", b"b"])),
        ("id", pa.array([1.5, 2.0])), ("id", pa.array([True, False])), ("date", pa.array([True, False])),
        ("title", pa.array([1, 2])), ("source", pa.array([{"id": 1}, None])),
        ("text", pa.RunEndEncodedArray.from_arrays([1, 2], TEXTS)),
        ("id", pa.array([1, 2]).cast(pa.decimal128(25, 1))),
    ],
)  # fmt: skip
def test_types(name: str, values: pa.Array) -> None:
    columns = {"text": pa.array(TEXTS)} | {name: values}
    with pytest.raises(dedup.ColumnTypeError, match=f'column "{name}" is .* cast it') as failure:
        dedup.cluster(pa.table(columns))
    assert failure.value.subject == name and isinstance(failure.value, TypeError)


def test_value_of_python() -> None:
    with pytest.raises(dedup.ColumnTypeError, match='row 1: "text" is list') as failure:
        dedup.cluster(["a", ["b"]])
    assert failure.value.row == 1


@pytest.mark.parametrize("data", ["a text", b"a text", 5, None, object(), pl.LazyFrame({"text": TEXTS})])
def test_no_collection(data: Any) -> None:
    with pytest.raises(TypeError):
        dedup.cluster(data)


def test_stream_that_fails() -> None:
    def batches() -> Any:
        yield pa.record_batch({"text": TEXTS})
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())

    class Source:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return reader.__arrow_c_stream__(requested_schema)

    from dedup import _kinds
    from dedup._arrow import stream_of
    from dedup._cluster import start

    names = {role: None for role in _kinds.ROLES}
    data = _kinds.Data(lambda: stream_of(Source()), 2, lambda mask: None, lambda mask: None, list)
    with pytest.raises(dedup.ArrowError, match="the stream failed: .*the disk is gone"):
        start("cluster", [data], names, {"level": "near"}, None)


def test_stream_that_was_read_before() -> None:
    from dedup import _kinds
    from dedup._arrow import stream_of
    from dedup._cluster import start

    stream = stream_of(pa.table({"text": TEXTS}))
    data = _kinds.Data(lambda: stream, 2, lambda mask: None, lambda mask: None, list)
    names = {role: None for role in _kinds.ROLES}
    start("cluster", [data], names, {"level": "near"}, None)
    with pytest.raises(dedup.ArrowError, match="read before"):
        start("cluster", [data], names, {"level": "near"}, None)


def test_tables_that_were_not_asked_for() -> None:
    clusters = dedup.cluster(TEXTS, level="near")
    for table in (clusters.pairs, clusters.facts, clusters.events):
        with pytest.raises(dedup.TableError, match="no table"):
            len(table)
    with pytest.raises(KeyError, match="no column event"):
        clusters["event"]


def test_columns_of_different_lengths() -> None:
    with pytest.raises(ValueError, match="text: 2, id: 1"):
        dedup.cluster({"text": TEXTS, "id": [1]})


def test_damaged_array() -> None:
    """Offsets that go backwards, as no library makes them."""
    for offsets in ([0, 9, 3], [0, -1, 3]):
        buffers = [None, pa.py_buffer(np.array(offsets, dtype=np.int32)), pa.py_buffer(b"abcdefghi")]
        array = pa.StringArray.from_buffers(2, buffers[1], buffers[2])
        with pytest.raises(dedup.ArrowError, match="text: a string outside its buffer"):
            dedup.cluster(pa.table({"text": array}))


def test_temporary_folder_that_is_not_there() -> None:
    with pytest.raises(dedup.RoomError, match="/nowhere"):
        dedup.cluster(TEXTS * 10000, memory=1 << 20, temporary_folder="/nowhere", level="near")


def test_problems_are_told() -> None:
    clusters = dedup.cluster(["\ufffd" * 40 + " ab", *TEXTS], level="near")
    assert clusters.problems.to_pylist()[0]["row"] == 0
    assert "letters of this text are lost" in clusters.problems["message"][0]
    assert clusters.counts["illegible"] == 1
