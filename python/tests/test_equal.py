"""The same documents give the same clusters as the command: id for id."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from support import CORPORA, LEVELS, SAMPLE, documents, random_table, run_command

import dedup

TABLES = int(os.environ.get("DEDUP_TABLES", "100"))
FIELDS = ["jaccard", "relation", "share", "score", "event_score", "chapter"]


def same(mine: list[dict[str, Any]], theirs: list[dict[str, Any]], rows_as_ids: bool = False) -> None:
    assert len(mine) == len(theirs)

    def told(id: Any) -> str:
        return f"table:{id + 1}" if rows_as_ids else str(id)

    for one, other in zip(mine, theirs, strict=True):
        for name in ["id", *LEVELS]:
            assert told(one[name]) == other[name]
        for name in FIELDS:
            expected = other.get(name)
            assert one[name] == (pytest.approx(expected, abs=1e-4) if isinstance(expected, float) else expected)
        assert one["too_short"] == other.get("too_short", False)


@pytest.mark.parametrize("seed", range(TABLES))
def test_random_table(seed: int) -> None:
    table, rows = random_table(seed)
    options = [] if seed % 4 else ["--linkage", "single"]
    clusters = dedup.cluster(table, threads=1 + seed % 3, linkage="star" if seed % 4 else "single")
    # A title is there in every row, or the command would read nothing.
    theirs = run_command(rows, *options) if rows else []
    same(clusters.documents.to_pylist(), theirs, rows_as_ids="id" not in table.column_names)


def corpora() -> list[Path]:
    return [SAMPLE, *sorted(CORPORA.glob("*/*.jsonl.gz"))]


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        rows = [json.loads(line) for line in file]
    # A row of neither text nor title is a document here, and none to the command.
    told = dedup.USUAL["text"] + dedup.USUAL["title"]
    rows = [row for row in rows if any(row.get(name) is not None for name in told)]
    names = {name for row in rows for name in row}
    table = pa.table({name: [as_string(row.get(name)) for row in rows] for name in names if name in read_names()})
    mine = dedup.cluster(table, text=None).documents.to_pylist()
    theirs = documents(["cluster", str(path)])
    if "id" in table.column_names:
        same(mine, theirs)
    else:
        assert [[row[level] for level in LEVELS] for row in mine] == [
            [int(row[level].rsplit(":", 1)[1]) - 1 for level in LEVELS] for row in theirs
        ]


def test_doubts_and_grounds_are_those_of_the_command() -> None:
    """One story of an event is four days late, so that there are chapters."""
    stories = SAMPLE.read_text().replace("2024-04-11T06:25:00Z", "2024-04-15T06:25:00Z")
    rows = [json.loads(line) for line in stories.splitlines()]
    clusters = dedup.cluster(pa.Table.from_pylist(rows), explain=True)
    told = run_command(rows, "--explain", type="cluster")
    theirs = {one["representative"]: one for one in told if one["level"] == "event"}
    mine = {one["representative"]: one for one in clusters.events.to_pylist()}
    assert mine.keys() == theirs.keys()
    for id, event in mine.items():
        assert event["doubt"] == theirs[id].get("doubt", [])
        assert event["chapters"] == theirs[id].get("chapters", 1)
    assert any(event["chapters"] > 1 for event in mine.values())
    grounds = {one["representative"]: one for one in clusters.grounds.to_pylist()}
    assert grounds.keys() == {id for id, one in theirs.items() if "grounds" in one} != set()
    for id, mine_of in grounds.items():
        for name, value in theirs[id]["grounds"].items():
            assert mine_of[name] == (pytest.approx(value, abs=1e-4) if isinstance(value, float) else value)


def as_string(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def read_names() -> set[str]:
    return {name for names in dedup.USUAL.values() for name in names}


def test_names_are_those_of_the_command() -> None:
    """The package repeats them, since it takes columns of a frame of pandas before Arrow sees it."""
    for role, names in dedup.USUAL.items():
        for name in names:
            columns = {"text": ["a"], name: ["2024-03-04"]}
            assert name in dedup.cluster(columns, text=None).columns[role]
