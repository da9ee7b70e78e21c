"""What goes in comes back in its kind."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import dedup

STORY = "The port of Marrowick reopened on Monday after a strike of nine days"
TEXTS = [STORY, STORY.upper(), "It rained all night long over the valley, and the river rose.", None]
KEPT = [True, False, True, True]
ROWS = {"text": TEXTS, "weight": [1, 2, 3, 4], "other": [{"a": 1}, None, {"a": 2}, {"a": 3}]}


def frames() -> list[Any]:
    duckdb = pytest.importorskip("duckdb")
    table = pa.table(ROWS)
    return [
        pd.DataFrame(ROWS, index=[9, 8, 7, 6]), pl.DataFrame(ROWS), table, table.to_batches()[0],
        [dict(zip(ROWS, row, strict=True)) for row in zip(*ROWS.values(), strict=True)], ROWS, TEXTS,
        pd.Series(TEXTS, index=list("abcd")), pl.Series("text", TEXTS), pa.array(TEXTS),
        pa.chunked_array([TEXTS[:1], TEXTS[1:]]), np.array(TEXTS, dtype=object), duckdb.from_arrow(table),
    ]  # fmt: skip


def listed(data: Any) -> list[Any]:
    if hasattr(data, "fetchall"):
        return [row[0] for row in data.fetchall()]
    if isinstance(data, dict):
        return list(data["text"])
    if isinstance(data, list):
        return [row["text"] if isinstance(row, dict) else row for row in data]
    if hasattr(data, "columns") or hasattr(data, "schema"):
        data = data["text"]
    values = data.to_pylist() if hasattr(data, "to_pylist") else data.to_list() if hasattr(data, "to_list") else list(data)
    return [None if value is None or value != value else value for value in values]


@pytest.mark.parametrize("at", range(13))
def test_comes_back_in_its_kind(at: int) -> None:
    data = frames()[at]
    kept = dedup.drop_duplicates(data)
    assert type(kept) is type(data)
    assert listed(kept) == [text for text, is_kept in zip(TEXTS, KEPT, strict=True) if is_kept]
    assert [bool(getattr(one, "as_py", lambda one=one: one)()) for one in dedup.keep(data)] == KEPT
    assert dedup.cluster(data).documents["near"] == [0, 0, 2, 3]


def test_pandas_keeps_its_index_and_columns() -> None:
    frame = pd.DataFrame(ROWS, index=[9, 8, 7, 6])
    frame["event"] = dedup.cluster(frame)["event"]
    assert frame.event.to_dict() == {9: 0, 8: 0, 7: 2, 6: 3}
    pd.testing.assert_frame_equal(dedup.drop_duplicates(frame), frame.loc[[9, 7, 6]])
    assert dedup.keep(frame).to_dict() == dict(zip([9, 8, 7, 6], KEPT, strict=True))


def test_polars_and_arrow_columns() -> None:
    assert isinstance(dedup.cluster(pl.DataFrame(ROWS))["near"], pl.Series)
    assert isinstance(dedup.cluster(pa.table(ROWS))["near"], pa.Array)
    assert dedup.cluster(TEXTS)["near"] == [0, 0, 2, 3]


def test_results_are_arrow_objects() -> None:
    duckdb = pytest.importorskip("duckdb")
    clusters = dedup.cluster(TEXTS)
    assert pl.DataFrame(clusters)["near"].to_list() == [0, 0, 2, 3]
    assert pa.table(clusters)["near"].to_pylist() == [0, 0, 2, 3]
    near = clusters.to_arrow()
    assert duckdb.sql("SELECT count(DISTINCT near) FROM near").fetchall() == [(3,)]
    assert clusters.to_pandas()["near"].tolist() == [0, 0, 2, 3]
    assert clusters.clusters("near").to_pylist()[0]["rows"] == [0, 1]


def test_dataset_of_hugging_face() -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({"text": TEXTS, "weight": [1, 2, 3, 4]})
    assert dedup.drop_duplicates(data)["weight"] == [1, 3, 4]
    assert dedup.drop_duplicates(data.select([3, 1, 0]))["weight"] == [4, 2]


def test_dates_of_python() -> None:
    rows = [
        {"text": STORY, "date": datetime.datetime(2024, 5, 2, 12)},
        {"text": STORY, "date": datetime.date(2024, 5, 1)},
        {"text": STORY, "date": "2024-05-03"},
    ]
    assert dedup.cluster(rows).documents["exact"] == [1, 1, 1]


@pytest.mark.parametrize("ids", [[3, 1, 2, 7], [2**63 - 1, -(2**63), 0, 5]])
def test_integers_stay_integers(ids: list[int]) -> None:
    clusters = dedup.cluster({"text": TEXTS, "id": ids})
    assert clusters.documents["id"] == ids
    assert clusters.documents["near"] == [ids[0], ids[0], ids[2], ids[3]]


def test_ids_that_are_there_twice_become_strings() -> None:
    clusters = dedup.cluster({"text": TEXTS, "id": [3, 3, 2, None]})
    assert clusters.documents["id"] == ["3", "3#2", "2", "table:4"]
    assert clusters.counts["duplicate_ids"] == 1


def test_large_unsigned_ids() -> None:
    table = pa.table({"text": TEXTS, "id": pa.array([2**64 - 1, 1, 2, 3], pa.uint64())})
    clusters = dedup.cluster(table)
    assert clusters.documents["near"] == [2**64 - 1, 2**64 - 1, 2, 3]
    assert clusters.to_arrow()["near"].type == pa.uint64()


def test_nothing() -> None:
    for empty in ([], {"text": []}, pa.table({"text": pa.array([], pa.string())}), pd.DataFrame({"text": []}), {}):
        clusters = dedup.cluster(empty)
        assert len(clusters) == 0 and clusters.documents["event"] == []
        assert len(dedup.drop_duplicates(empty)) == len(empty)


def test_against() -> None:
    test_set = [STORY, "Something else that nobody has written anywhere in this training set before."]
    kept = dedup.drop_duplicates([*TEXTS, TEXTS[2]], against=test_set)
    assert kept == [TEXTS[2], None]
    dated = [{"text": STORY, "date": "2001-01-01"}, {"text": TEXTS[2], "date": "2001-01-01"}]
    assert dedup.keep(dated, against=[{"text": STORY, "date": "2024-01-01"}]) == [False, True]


@pytest.mark.parametrize("level", ["exact", "near", "copy", "event"])
def test_against_itself_keeps_nothing(level: Any) -> None:
    texts = [text for text in TEXTS if text]
    assert dedup.keep(texts, against=texts, level=level) == [False] * 3
    assert dedup.keep(texts, against=[], level=level) == dedup.keep(texts, level=level)
