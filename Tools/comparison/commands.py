"""The command lines that are run with both binaries."""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from shlex import quote
from typing import NamedTuple

LEVELS = ("exact", "near", "copy", "event")
FORMATS = ("jsonl", "tsv", "text")
# Bytes, as they are stored. What takes longest is not asked of larger files.
LARGE = 5_000_000


class Command(NamedTuple):
    """What the shell is given for either binary: the same, but where a setting is to change nothing. `$OUT` is a folder
    for what the line writes."""
    before: str
    after: str


def commands(folder: Path) -> Iterator[Command]:
    def found(pattern: str) -> list[str]:
        return [str(path.relative_to(folder)) for path in sorted(folder.glob(pattern))]
    dumps = ["made/stories.jsonl", "made/families.jsonl", *found("corpora/*/*.jsonl.gz")]
    small = [path for path in dumps if (folder / path).stat().st_size < LARGE]
    tables = ["made/table.csv", "made/table.tsv", "made/semicolons.csv"]
    texts = ["made/texts", "made/archive.zip", "made/archive.tar.xz", "made/texts made/table.csv made/stories.jsonl",
             *found("corpora/seeds")]
    folders = found("corpora/news") + found("corpora/events")
    dirty = ["made/dirty", *found("made/dirty/*"), *found("cases/*")]
    for paths, lines in ((dumps + tables + texts + folders, clusters), (dumps + tables + texts, flags),
                         (dumps + tables, filters), (small + tables, annotations), (small + tables + texts, trees),
                         (dumps, pairs), (small, pages), (dirty, dirt)):
        yield from (alike(f"dedup {line}") for path in paths for line in lines(path))
    yield from (alike(f"dedup {line}") for path in dumps for line in side_by_side(path, *mates(folder / path)))
    yield from (alike(f"dedup {line}") for line in OPTIONS + MISTAKES)
    yield from (command for path in dumps for command in ways(path))


def alike(line: str) -> Command:
    return Command(line, line)


def clusters(path: str) -> Iterator[str]:
    for level in LEVELS:
        for format in FORMATS:
            yield f"cluster {path} --level {level} --format {format}"
    yield f"cluster {path} --level near --linkage single"


def flags(path: str) -> Iterator[str]:
    for format in FORMATS:
        yield f"flag {path} --format {format}"


def filters(path: str) -> Iterator[str]:
    for level in LEVELS:
        yield f"filter {path} --level {level} -o $OUT/kept --dupes $OUT/removed.jsonl"


def annotations(path: str) -> Iterator[str]:
    for level in LEVELS:
        yield f"filter {path} --level {level} --annotate"


def trees(path: str) -> Iterator[str]:
    for level in LEVELS:
        yield f"filter {path} --level {level} --dry-run --sample 5"
    yield f"filter {path} --keep longest --out-dir $OUT/kept --dupes $OUT/removed.jsonl"


def pairs(path: str) -> Iterator[str]:
    yield f"cluster {path} --explain"
    yield f"cluster {path} --level near --pairs"
    yield f"cluster {path} --level copy --pairs"
    yield f"cluster {path} --pairs --linkage single"
    yield f"flag {path} --pairs"


def pages(path: str) -> Iterator[str]:
    saved = "-q --format jsonl -o $OUT/result.jsonl"
    yield f"cluster {path} --explain --format text"
    yield f"cluster {path} {saved} --html $OUT/page.html; dedup report $OUT/result.jsonl"
    yield f"cluster {path} {saved} --level copy; dedup report $OUT/result.jsonl -o $OUT/page.html"


def side_by_side(path: str, a: str, b: str) -> Iterator[str]:
    for format in ("text --full", "jsonl", "html"):
        yield f"compare {quote(a)} {quote(b)} --in {path} --format {format}"


def mates(path: Path) -> tuple[str, str]:
    """Ids of the first two stories that share a label, else of the first two."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as lines:
        rows = [json.loads(line) for line in islice(lines, 3000)]
    seen: dict[str, str] = {}
    for row in rows:
        label = row.get("label")
        if label in seen:
            return seen[label], row["id"]
        if label:
            seen[label] = row["id"]
    return rows[0]["id"], rows[1]["id"]


def dirt(path: str) -> Iterator[str]:
    yield f"cluster {path} --format jsonl"
    yield f"cluster {path} --strict"
    yield f"cluster {path} --format text --level copy"
    yield f"flag {path}"
    yield f"filter {path} --annotate"
    yield f"filter {path} -o $OUT/kept --dupes $OUT/removed.jsonl"


def ways(path: str) -> Iterator[Command]:
    """Threads, memory and processor change no answer."""
    for line in (f"dedup cluster {path} -q", f"dedup flag {path} -q --pairs"):
        yield Command(f"{line} --threads 1", f"{line} --threads 2 --memory 1M")
        yield Command(line, f"DEDUP_KERNEL=scalar {line}")


FAMILIES, STORIES = "made/families.jsonl", "made/stories.jsonl"
OPTIONS = [
    "--experimental-dump-help", "cluster --help", "compare --help",
    f"cluster {FAMILIES} --level near --threshold .5", f"cluster {FAMILIES} --level near --threshold .9 --format tsv",
    f"cluster {FAMILIES} --event-threshold .3", f"cluster {FAMILIES} --event-threshold .9 --window 2",
    f"cluster {FAMILIES} --format text --color always", f"flag {FAMILIES} --format text --color always",
    f"filter {FAMILIES} --threshold .5 --keep first", f"filter {FAMILIES} -o $OUT/kept.jsonl.gz --dupes $OUT/gone.zst",
    "cluster made/renamed.jsonl --text-field words --id-field key", "cluster made/renamed.jsonl --text-field words",
    "filter made/renamed.jsonl --text-field words --annotate", "cluster 'made/*.jsonl'",
    "cluster - < made/stories.jsonl", "filter < made/table.csv", "filter --annotate < made/families.jsonl",
    "cluster made/archive.zip made/families.jsonl --html $OUT/page.html",
    f"cluster {STORIES} -o $OUT/a; dedup cluster {FAMILIES} -o $OUT/b; dedup report $OUT/a $OUT/b",
    f"cluster {STORIES} -o $OUT/a; dedup report $OUT/a --input {FAMILIES}",
    "compare made/texts/lp-1080.txt made/texts/lp-1080-1.txt", f"compare lp-1080-1 lp-1080-2 --in {FAMILIES} --full",
    "compare made/texts/nw-0792.txt - < made/texts/nw-0792-3.txt",
    f"compare nw-0792 cm-1177 --in {STORIES} --format text --color always",
]
MISTAKES = [
    "", "cluster", "cluster nowhere.jsonl", "cluster made/nothing*", f"cluster {STORIES} --level far",
    f"cluster {STORIES} -o made", f"cluster {STORIES} -o {STORIES}", f"cluster {STORIES} --threshold 2",
    f"cluster {STORIES} --text-field none", f"cluster {STORIES} --memory much", f"flag {STORIES} --threads 0",
    f"filter {STORIES} --out-dir .", f"filter {STORIES} made/table.csv", "filter made/texts",
    f"compare a b --in {STORIES}", f"report {STORIES}", "report nowhere.jsonl",
]
