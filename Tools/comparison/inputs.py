"""The folder in which both binaries run: both of them, the corpora, and inputs made of the sample dump."""

import csv
import gzip
import io
import json
import random
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path


def lay_out(folder: Path, binaries: dict[str, Path], sample: Path, shared: Path) -> None:
    """Afterwards `folder` has `before/dedup` and `after/dedup`, `corpora` and `cases` where there are any, and
    `made`."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, binary in binaries.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "dedup").symlink_to(binary.resolve())
    for name in ("corpora", "cases"):
        if (shared / name).is_dir():
            (folder / name).symlink_to((shared / name).resolve())
    made = folder / "made"
    made.mkdir()
    rows = [json.loads(line) for line in sample.read_text().splitlines()]
    family = list(families(rows))
    write_clean(made, rows, family, sample)
    write_dirty(made / "dirty", sample.read_bytes(), table(family[:200], ","))


def families(rows: list[dict], versions: int = 30) -> Iterator[dict]:
    """Every story many times – cut, framed by another, words changed, another day and outlet – so that clusters are
    large and representatives compete."""
    chance = random.Random(1)
    words = [word for row in rows for word in row["text"].split(" ")]
    for version in range(versions):
        for row in rows:
            text = row["text"].split(" ")
            start = chance.choice((0, 0, len(text) // 3))
            rate = chance.choice((0, 0, .01, .04))
            kept = [chance.choice(words) if chance.random() < rate else word for word in text[start:]]
            frame = chance.choice(rows)["text"].split(" ")[:chance.choice((0, 0, 20, 60))]
            dates = {} if chance.random() < .1 else {"published_at": f"2024-0{chance.randint(1, 6)}-1{version % 9}"}
            yield {"id": f"{row['id']}-{version}", "title": row["title"], "text": " ".join(frame + kept),
                   "source": chance.choice(rows)["source"], "lang": row["lang"], **dates}


def table(rows: list[dict], separator: str) -> str:
    fields = ["id", "title", "text", "published_at", "source", "lang"]
    text = io.StringIO()
    writer = csv.DictWriter(text, fields, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def lines(rows: list[dict]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_clean(made: Path, rows: list[dict], family: list[dict], sample: Path) -> None:
    shutil.copy(sample, made / "stories.jsonl")
    (made / "families.jsonl").write_text(lines(family))
    (made / "renamed.jsonl").write_text(lines([{"key": row["id"], "words": row["text"]} for row in family[:300]]))
    for name, separator in (("table.csv", ","), ("table.tsv", "\t"), ("semicolons.csv", ";")):
        (made / name).write_text(table(family[:600], separator))
    (made / "texts").mkdir()
    for row in rows + family[:200]:
        (made / "texts" / f"{row['id']}.txt").write_text(row["text"])
    with zipfile.ZipFile(made / "archive.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("stories.jsonl", "table.csv", "texts/lp-1080.txt"):
            archive.write(made / name, name)
    with tarfile.open(made / "archive.tar.xz", "w:xz") as archive:
        archive.add(made / "families.jsonl", "dump/families.jsonl")
        archive.add(made / "texts", "dump/texts")


RECORDS = [
    b"no JSON", b"[]", b"", b"  ", b"[" * 2000, b'{"id":"a title","title":"x"}', b'{"id":"number","text":7}',
    b'{"text":null}', b'{"id":"latin","text":"a caf\xe9 and a r\xf4le in other bytes"}',
    b'{"id":"half","text":"a lone \\ud800 surrogate among the words"}',
    b'{"id":"nul","text":"a \\u0000 and \0 among the words"}', b'{"id":"' + b"x" * 40_000 + b'","text":"a long id"}',
    b'{"id":"half","text":"an id that was there before is used again"}',
    b'{"text":"no id at all, and a date that is none","published_at":"yesterday"}',
]


def write_dirty(dirty: Path, sample: bytes, rows: str) -> None:
    dirty.mkdir()
    start = b"\xef\xbb\xbf" + sample[:9000]
    (dirty / "records.jsonl").write_bytes(b"\r\n".join([start, *RECORDS, sample[:400]]))
    (dirty / "flipped.jsonl").write_bytes(flipped(sample))
    (dirty / "flipped.csv").write_bytes(flipped(rows.encode()))
    (dirty / "wide.jsonl").write_bytes(sample.decode().encode("utf-16"))
    (dirty / "half.jsonl.gz").write_bytes(gzip.compress(sample, mtime=0)[:9000])
    (dirty / "noise.jsonl").write_bytes(random.Random(2).randbytes(20_000))
    (dirty / "empty.jsonl").write_bytes(b"")


def flipped(clean: bytes) -> bytes:
    chance, dirt = random.Random(3), bytearray(clean)
    for _ in range(len(clean) // 2000):
        dirt[chance.randrange(len(dirt))] = chance.randrange(256)
    return bytes(dirt)
