"""The plan of `dedup.spark` without Spark: the clusters of one machine, however rows are scattered."""

from __future__ import annotations

import os
import random
from typing import Any

import pyarrow as pa
import pytest
from parts_support import Shuffle, near_labels, rows_of
from support import texts

import dedup
from dedup._parts import bands
from dedup._parts.sketch import Spec

DUMPS = int(os.environ.get("DEDUP_TABLES", "100"))


def options(**more: Any) -> dict[str, Any]:
    return {"level": "near", "threshold": 0.7, "linkage": "star", "keep": "earliest", "date_order": None} | more


def dump(r: random.Random, count: int) -> pa.Table:
    frame = " ".join(r.choices("harbour vote flood river quake relief court ruling".split(), k=40))
    stories = [
        f"{frame} {text}" if text and r.random() < 0.3 else text for text in texts(r, count)
    ]  # fmt: skip
    dates = [r.choice([None, "2024-03-01", "2024-03-02T10:00:00Z", "05.03.2024"]) for _ in range(count)]
    places = r.sample(range(-count, 3 * count), count)
    return rows_of(stories, [f"s{place}" for place in r.sample(range(9 * count), count)], places, date=pa.array(dates, pa.string()))


def on_one_machine(table: pa.Table, **more: Any) -> dict[Any, Any]:
    rows = table.sort_by([("__dedup_place", "ascending")]).rename_columns(["id", "place", "text", "date"])
    clusters = dedup.cluster(rows, id="id", text="text", date="date", level="near", **more).to_arrow()
    return dict(zip(
        clusters["id"].to_pylist(),
        zip(clusters["exact"].to_pylist(), ((False, id) for id in clusters["near"].to_pylist()), strict=True), strict=True))  # fmt: skip


@pytest.mark.parametrize("seed", range(DUMPS))
def test_random_dump(seed: int) -> None:
    r = random.Random(seed)
    table = dump(r, r.choice([1, 2, 30, 200]))
    more = {
        "keep": r.choice(["earliest", "newest", "longest", "first"]), "linkage": r.choice(["star", "star", "single"]),
        "threshold": r.choice([0.7, 0.7, 0.5, 0.9]),
    }  # fmt: skip
    expected = on_one_machine(table, **more)
    found = near_labels(table, Spec(["text"], ["date"], options(**more)), Shuffle(seed, r.choice([1, 3, 17])))
    assert found == expected


def test_components_of_a_chain() -> None:
    import numpy

    nodes = numpy.arange(10, 110, dtype=numpy.uint64)
    found, least = bands.components(nodes[1:], nodes[:-1])
    assert found.tolist() == nodes.tolist() and set(least.tolist()) == {10}


@pytest.mark.parametrize("seed", range(DUMPS // 2))
def test_random_dump_against_an_archive(seed: int) -> None:
    r = random.Random(seed)
    table, known = dump(r, r.choice([3, 60])), dump(random.Random(seed // 2), 40)
    # Ids of one may be ids of the other.
    places = list(range(len(known)))
    known = rows_of(known["text"].to_pylist(), [f"s{place}" for place in places], places, date=known["date"])
    found = near_labels(table, Spec(["text"], ["date"], options()), Shuffle(seed, r.choice([1, 3, 17])), known)
    kept = [id for id, (_, (is_known, near)) in found.items() if not is_known and near == id]

    def in_order(table: pa.Table) -> pa.Table:
        return table.sort_by([("__dedup_place", "ascending")]).rename_columns(["id", "place", "text", "date"])

    mask = dedup.keep(in_order(table), against=in_order(known), id="id")
    assert sorted(kept) == sorted(in_order(table).filter(mask)["id"].to_pylist())
