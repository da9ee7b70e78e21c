"""Tables as random as users have them, and the command to hold answers against."""

from __future__ import annotations

import datetime
import json
import os
import random
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("DEDUP_BINARY", str(ROOT / ".build/release/dedup"))
SAMPLE = ROOT / "corpora/sample/stories.jsonl"
CORPORA = ROOT.parent / "shared/corpora"
LEVELS = ["exact", "near", "copy", "event"]

WORDS = (
    "port strike minister harbour council vote flood river dam quake valley relief convoy bridge court ruling appeal "
    "satellite orbit launch film award jury festival budget tax bank rate inflation market grain wheat harvest fire "
    "forest crew rescue coast guard vessel treaty summit border talks envoy cease truce Zürich Überfall 北京 地震 дождь"
).split()


def story(random: random.Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(0, 60)))


def texts(random: random.Random, count: int) -> list[str | None]:
    """Stories, and others made of them: the same, shouted, cut, edited, without a text."""
    made: list[str | None] = []
    for _ in range(count):
        earlier = [text for text in made if text]
        kind = random.randrange(8) if earlier else 0
        words = random.choice(earlier).split() if earlier else []
        if kind == 1:
            made.append(" ".join(words))
        elif kind == 2:
            made.append(" – ".join(words).upper())
        elif kind == 3:
            made.append(" ".join(words[: len(words) * 2 // 3]))
        elif kind == 4:
            made.append(" ".join(word if random.random() > 0.03 else "edited" for word in words))
        elif kind == 5:
            made.append(random.choice([None, "", "  "]))
        else:
            made.append(story(random))
    return made


def string_type(random: random.Random) -> pa.DataType:
    return random.choice([pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])


def sliced(random: random.Random, values: list[Any], kind: pa.DataType) -> pa.ChunkedArray:
    """The values in chunks, each cut out of something longer."""
    chunks, at = [], 0
    while at < len(values):
        size = random.randint(0, max(1, len(values) - at))
        before, after = random.randint(0, 9), random.randint(0, 3)
        part = values[at : at + size]
        # What stands around a slice must count for nothing; null where it must be distinct.
        padded = [None] * before + part + [None] * after
        dictionary = pa.types.is_dictionary(kind)
        array = pa.array(padded, kind.value_type if dictionary else kind)
        if dictionary:
            array = array.dictionary_encode().cast(pa.dictionary(pa.int32(), kind.value_type))
        chunks.append(array.slice(before, size))
        at += size
    return pa.chunked_array(chunks, chunks[0].type if chunks else kind)


def random_table(seed: int) -> tuple[pa.Table, list[dict[str, Any]]]:
    """A table, and its rows as JSON has them."""
    r = random.Random(seed)
    count = r.choice([0, 1, 2, 5, 20, 60])
    columns: dict[str, pa.ChunkedArray] = {}
    rows: list[dict[str, Any]] = [{} for _ in range(count)]

    def add(name: str, values: list[Any], kind: pa.DataType, told: list[Any] | None = None) -> None:
        columns[name] = sliced(r, values, kind)
        for row, value in zip(rows, values if told is None else told, strict=True):
            row[name] = value

    # A row of neither text nor title is a document here, and none to the command.
    titles = [story(r)[:30] or "title" for _ in range(count)]
    add("title", titles, string_type(r))
    add("text", texts(r, count), string_type(r))
    kind = r.randrange(5)
    if kind == 0:
        add("id", r.sample(range(-5, 10 * count + 5), count), r.choice([pa.int64(), pa.int32(), pa.int16()]))
    elif kind == 1:
        add("id", [f"story-{r.randrange(3 * count + 1)}" for _ in range(count)], string_type(r))
    elif kind == 2:
        add("id", [r.choice([None, "", f"s{row}"]) for row in range(count)], string_type(r))
    elif kind == 3:
        add("id", [r.choice([None, row]) for row in range(count)], pa.uint32())
    add_dates(r, count, add)
    if r.random() < 0.7:
        add("source", [r.choice([None, "herald", "wire", "Tagblatt"]) for _ in range(count)], string_type(r))
    if r.random() < 0.5:
        add("language", [r.choice([None, "en", "de", "ru"]) for _ in range(count)], string_type(r))
    # Batches where all columns are cut at the same places are rare; a table re-chunks when it is read.
    return pa.table(columns), rows


def add_dates(r: random.Random, count: int, add: Any) -> None:
    seconds = [r.choice([None, 1_700_000_000 + 3600 * r.randrange(200)]) for _ in range(count)]

    def moment(value: int | None) -> datetime.datetime | None:
        zone = datetime.timezone.utc
        return None if value is None else datetime.datetime.fromtimestamp(value, zone)

    moments = [moment(value) for value in seconds]
    iso = [None if one is None else one.isoformat() for one in moments]
    days = [None if one is None else one.date() for one in moments]
    kind = r.randrange(6)
    if kind == 0:
        unit = r.choice(["s", "ms", "us", "ns"])
        add("date", moments, pa.timestamp(unit, r.choice(["UTC", "Europe/Berlin"])), iso)
    elif kind == 1:
        naive = [None if one is None else one.replace(tzinfo=None) for one in moments]
        add("date", naive, pa.timestamp(r.choice(["s", "us"])), iso)
    elif kind == 2:
        add("date", days, r.choice([pa.date32(), pa.date64()]), [day and day.isoformat() for day in days])
    elif kind == 3:
        add("date", seconds, r.choice([pa.int64(), pa.uint64(), pa.float64()]), seconds)
    elif kind == 4:
        add("date", iso, string_type(r))


def run_command(rows: list[dict[str, Any]], *options: str, type: str = "document") -> list[dict[str, Any]]:
    """The records of a type of the command, of rows in a file that is called as a table is."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "table").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return documents(["cluster", "table", *options], type, cwd=folder)


def documents(arguments: list[str], type: str = "document", **more: Any) -> list[dict[str, Any]]:
    done = subprocess.run([COMMAND, *arguments, "-q", "--format", "jsonl"], capture_output=True, text=True, **more)
    assert done.returncode in (0, 2), done.stderr
    return [record for line in done.stdout.splitlines() if (record := json.loads(line))["type"] == type]
