"""`dedup.spark` on a small Spark: the clusters of one machine, whatever happens to partitions, tasks and workers."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from spark_support import dying, of_frame, on_one_machine, scattered, session
from support import CORPORA, SAMPLE, texts

import dedup

pyspark = pytest.importorskip("pyspark")
import dedup.spark  # noqa: E402
from dedup.spark import _components, _labels, _plan  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

#: Dumps that go through Spark itself; many more go through test_parts.
DUMPS = int(os.environ.get("DEDUP_SPARK_DUMPS", "3"))
SCHEMA = "id string, place int, text string, date string"


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    started = session()
    yield started
    started.stop()


def dump(seed: int, count: int) -> list[dict[str, Any]]:
    """Documents as a table has them, and their places in it."""
    r = random.Random(seed)
    frame = " ".join(r.choices("harbour vote flood river quake relief court ruling".split(), k=40))
    days = [None, "2024-03-01", "2024-03-02T10:00:00Z", "05.03.2024", "04/03/2024", "2024-03"]
    stories = [f"{frame} {text}" if text and r.random() < 0.2 else text for text in texts(r, min(count, 300))]
    stories = [r.choice(stories) if row >= 300 and r.random() < 0.5 else stories[row % 300] for row in range(count)]
    # What comes again is another story now and then.
    stories = [f"{text} {row}" if text and row >= 300 and r.random() < 0.5 else text for row, text in enumerate(stories)]
    places = r.sample(range(3 * count), count)
    return [
        {"id": f"s{place}é" if place % 7 == 0 else f"s{place}", "place": place, "text": text, "date": r.choice(days)}
        for place, text in zip(places, stories, strict=True)
    ]  # fmt: skip


def test_two_thousand_documents_and_killed_workers(spark: SparkSession, tmp_path: Path) -> None:
    rows = dump(0, 2000)
    frame = dying(scattered(spark, rows, SCHEMA, 3), tmp_path, 1, 4)
    clusters = dedup.spark.cluster(frame, id="id", order="place")
    assert len(list(tmp_path.iterdir())) > 7
    assert clusters.columns == ["id", "exact", "near", "is_representative", "jaccard", "too_short"]
    found = of_frame(clusters)
    assert found == on_one_machine(rows, lambda row: row["place"])
    assert len({near for _, near, *_ in found.values()}) < len(rows)


@pytest.mark.parametrize("seed", range(DUMPS))
def test_random_dump(spark: SparkSession, seed: int) -> None:
    r = random.Random(seed)
    rows = dump(seed + 1, r.choice([1, 40, 400]))
    options = {
        "keep": r.choice(["earliest", "newest", "longest", "first"]), "linkage": r.choice(["star", "single"]),
        "date_order": r.choice([None, "mdy"]), "threshold": r.choice([0.5, 0.7, 0.9]),
    }  # fmt: skip
    for partitions in (1, 3, 17):
        frame = scattered(spark, rows, SCHEMA, partitions, seed)
        found = of_frame(dedup.spark.cluster(frame, id="id", partitions=partitions, **options))
        assert found == on_one_machine(rows, lambda row: row["id"].encode(), **options)


def test_integers_stay_integers_and_order_rows(spark: SparkSession) -> None:
    rows = [{"id": id, "text": text} for id, text in ((10, "a b c d e f"), (9, "a b c d e f"), (2**40, "other words"))]
    found = of_frame(dedup.spark.cluster(scattered(spark, rows, "id long, text string", 2)))
    assert {id: near for id, (_, near, *_) in found.items()} == {9: 9, 10: 9, 2**40: 2**40}


def test_exact(spark: SparkSession) -> None:
    rows = dump(7, 300)
    clusters = dedup.spark.cluster(scattered(spark, rows, SCHEMA, 3), id="id", order="place", level="exact")
    assert clusters.columns == ["id", "exact", "is_representative", "too_short"]
    one = on_one_machine(rows, lambda row: row["place"])
    assert of_frame(clusters, ["exact", "too_short"]) == {id: (exact, short) for id, (exact, *_, short) in one.items()}


def test_rounds_need_a_checkpoint(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_plan, "EDGES_AT_ONCE", -1)
    with pytest.raises(dedup.DedupError, match="setCheckpointDir"):
        dedup.spark.cluster(scattered(spark, dump(8, 20), SCHEMA, 2))


def test_components_by_stars_and_texts_by_a_join(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a dump of billions takes: nothing is gathered on the driver, nothing sent to all. And texts that are there
    often stay where they are, and what is computed goes to a checkpoint."""
    monkeypatch.setattr(_plan, "EDGES_AT_ONCE", -1)
    monkeypatch.setattr(_labels, "HOT", 2)
    spark.sparkContext.setCheckpointDir(str(tmp_path))
    rows = dump(8, 300)
    clusters = dedup.spark.cluster(scattered(spark, rows, SCHEMA, 3), id="id", order="place", checkpoint=True)
    assert of_frame(clusters) == on_one_machine(rows, lambda row: row["place"])


def test_many_documents_that_hang_together_are_not_sent_to_all(
    spark: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_plan, "SENT_TO_ALL", 5)
    rows = dump(9, 100)
    clusters = dedup.spark.cluster(scattered(spark, rows, SCHEMA, 3), id="id", order="place")
    assert of_frame(clusters) == on_one_machine(rows, lambda row: row["place"])


@pytest.mark.parametrize("kind", ["random", "chain", "star"])
def test_alternating_stars(spark: SparkSession, kind: str, tmp_path: Path) -> None:
    r = random.Random(3)
    pairs = {
        "random": [(r.randrange(60), r.randrange(60)) for _ in range(40)], "chain": [(at, at + 1) for at in range(40)],
        "star": [(50, at) for at in range(40)],
    }[kind]  # fmt: skip
    least = list(range(61))
    for _ in least:
        for u, v in pairs:
            least[u] = least[v] = min(least[u], least[v])
    spark.sparkContext.setCheckpointDir(str(tmp_path))
    found = _components.alternating_stars(
        spark.createDataFrame(pairs, "u long, v long"), lambda frame: frame.checkpoint()
    )
    expected = {node: component for node, component in enumerate(least) if node != component}
    assert {row["node"]: row["component"] for row in found.collect()} == expected


@pytest.mark.parametrize("level", ["exact", "near"])
@pytest.mark.parametrize("has_known", [False, True])
def test_filter(spark: SparkSession, level: str, has_known: bool) -> None:
    rows, known = dump(11, 300), dump(11, 150)[:70] + dump(12, 50) if has_known else None
    if known:
        # Ids of one may be ids of the other.
        known = [row | {"id": f"{number}", "place": number} for number, row in enumerate(known)]
        for row in rows[:20]:
            row["id"] = f"{row['place'] % 70}#{row['place']}"
        rows[0]["id"] = "0"
    order = sorted(rows, key=lambda row: row["place"])

    def table(rows: list[dict[str, Any]]) -> pa.Table:
        return pa.table({name: [row[name] for row in rows] for name in ("id", "text", "date")})

    mask = dedup.keep(table(order), level=level, against=None if known is None else table(known))  # type: ignore[arg-type]
    expected = sorted(row["id"] for row, kept in zip(order, mask.to_pylist(), strict=True) if kept)
    against = None if known is None else scattered(spark, known, SCHEMA, 2)
    kept = dedup.spark.filter(scattered(spark, rows, SCHEMA, 3), against=against, id="id", order="place", level=level)  # type: ignore[arg-type]
    assert kept.columns == ["id", "place", "text", "date"]
    assert sorted(row["id"] for row in kept.collect()) == expected
    assert 0 < len(expected) < len(rows)


def test_ambiguous_dates_follow_those_of_the_whole_dump(spark: SparkSession) -> None:
    text = "the port reopened on monday after a strike of six weeks"
    rows = [
        {"id": "b", "text": text, "date": "02/03/2024"}, {"id": "a", "text": text, "date": "10/02/2024"},
        {"id": "c", "text": "nothing of the kind", "date": "12/31/2023"},
    ]  # fmt: skip
    schema = "id string, text string, date string"
    for told, first in ((rows, "b"), (rows[:2], "a")):
        assert of_frame(dedup.spark.cluster(scattered(spark, told, schema, 3)))["a"][1] == first
        assert on_one_machine(told, lambda row: row["id"])["a"][1] == first


@pytest.mark.parametrize("rows, options, error, said", [
    ([("a", "x")], {"level": "copy"}, dedup.OptionError, "on one machine"),
    ([("a", "x")], {"level": "event"}, dedup.OptionError, "on one machine"),
    ([("a", "x")], {"level": "nearly"}, dedup.OptionError, 'not one of "exact", "near"'),
    ([("a", "x")], {"threshold": 7}, dedup.OptionError, "from 0 to 1"),
    ([("a", "x")], {"id": "name"}, dedup.ColumnError, "no column name; there is id, text"),
    ([("a", "x")], {"order": "name"}, dedup.ColumnError, "no column name"),
    ([(None, "x"), ("", "y"), ("a", "z")], {}, dedup.ColumnError, "2 documents have no id"),
    ([("a", "x"), ("b", "y"), ("a", "z")], {}, dedup.ColumnError, '"a" is that of 2 documents'),
])  # fmt: skip
def test_errors(
    spark: SparkSession, rows: list[tuple[str, str]], options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        dedup.spark.cluster(spark.createDataFrame(rows, "id string, text string"), **options)


def test_columns_of_other_types(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1.5, "x", 3)], "id double, text string, n int")
    with pytest.raises(dedup.ColumnTypeError, match='"id" is double, and id is read from strings or integers'):
        dedup.spark.cluster(frame)
    with pytest.raises(dedup.ColumnTypeError, match='"n" is int, and text is read from strings'):
        dedup.spark.cluster(frame, id="n", text="n")
    with pytest.raises(dedup.ColumnError, match="documents need ids"):
        dedup.spark.cluster(frame.drop("id"))


def test_frames_of_other_types(spark: SparkSession) -> None:
    one = spark.createDataFrame([("a", "x")], "id string, text string")
    other = spark.createDataFrame([(1, "x")], "id long, text string")
    with pytest.raises(dedup.ColumnTypeError, match="id is string in one frame and bigint in the other"):
        dedup.spark.filter(one, against=other)


def test_an_empty_frame(spark: SparkSession) -> None:
    assert dedup.spark.cluster(spark.createDataFrame([], SCHEMA)).collect() == []


def corpora() -> list[Path]:
    if "DEDUP_SPARK_CORPORA" not in os.environ:
        return [SAMPLE]
    return [SAMPLE, *sorted(CORPORA.glob("news/*.jsonl.gz"))]


@pytest.mark.parametrize("path", corpora(), ids=lambda path: path.name)
def test_corpus(spark: SparkSession, path: Path) -> None:
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        told = [json.loads(line) for line in file]
    dates = next(name for name in [*dedup.USUAL["date"], "date"] if name in told[0] or name == "date")
    rows = [
        {"id": f"{number:07}", "text": next((row[n] for n in dedup.USUAL["text"] if row.get(n) is not None), None),
         "date": None if row.get(dates) is None else str(row[dates])}
        for number, row in enumerate(told)
    ]  # fmt: skip
    expected = on_one_machine(rows, lambda row: row["id"])
    for partitions in (1, 3, 17) if "DEDUP_SPARK_CORPORA" in os.environ else (3,):
        frame = scattered(spark, rows, "id string, text string, date string", partitions, partitions)
        assert of_frame(dedup.spark.cluster(frame, partitions=partitions)) == expected
