"""The command that pip installs: Parquet and Feather in and out, and the binary behind it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from support import COMMAND, texts

import dedup

STORY = "The port of Marrowick reopened on Monday after a strike of nine days"


def run(*arguments: Any, folder: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "dedup.command", *map(str, arguments)], cwd=folder, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, stdin=subprocess.DEVNULL)  # fmt: skip
    assert done.returncode == code, done.stderr
    return done


def table(seed: int = 1, count: int = 500) -> pa.Table:
    r = random.Random(seed)
    columns = {
        "id": [f"s{row}" for row in range(count)], "text": texts(r, count),
        "title": [f"title {row}" for row in range(count)],
        "tags": [[row, row + 1] for row in range(count)], "weight": [row / 7 for row in range(count)],
    }  # fmt: skip
    schema = pa.schema(
        {"id": pa.string(), "text": pa.large_string(), "title": pa.string(), "tags": pa.list_(pa.int32()),
         "weight": pa.float32()}, metadata={"made": "here"})  # fmt: skip
    return pa.table(columns, schema=schema)


@pytest.mark.parametrize("level", ["exact", "near", "copy", "event"])
def test_filter_parquet(tmp_path: Path, level: str) -> None:
    pq.write_table(table(), tmp_path / "in.parquet", row_group_size=70, compression="gzip")
    # As it says that it is: Parquet has names of its own for what lists hold.
    whole = pq.read_table(tmp_path / "in.parquet")
    done = run("filter", "in.parquet", "-o", "out.parquet", "--level", level, "--dupes", "gone.jsonl", folder=tmp_path)
    kept = pq.read_table(tmp_path / "out.parquet")
    assert kept.schema.equals(whole.schema, check_metadata=True)
    assert kept.equals(dedup.drop_duplicates(whole, level=level))
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert file.metadata.row_group(0).column(0).compression == "GZIP"
    gone = [json.loads(line) for line in (tmp_path / "gone.jsonl").read_text().splitlines()]
    assert len(gone) + len(kept) == len(whole)
    assert {row["id"] for row in gone} | set(kept["id"].to_pylist()) == set(whole["id"].to_pylist())
    assert all(row["of"] in set(kept["id"].to_pylist()) for row in gone)
    assert done.stderr == f"500 documents, {len(kept)} kept, {len(gone)} removed\n"
    # Only its names are left.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gone.jsonl", "in.parquet", "out.parquet"]


def test_filter_is_that_of_the_binary(tmp_path: Path) -> None:
    whole = table(2)
    pq.write_table(whole, tmp_path / "in.parquet")
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in whole.to_pylist()))
    run("filter", "in.parquet", "-o", "out.parquet", "-q", folder=tmp_path)
    lines = run("filter", "in.jsonl", "-q", folder=tmp_path).stdout.splitlines()
    assert pq.read_table(tmp_path / "out.parquet")["id"].to_pylist() == [json.loads(line)["id"] for line in lines]


def test_feather_folders_and_patterns(tmp_path: Path) -> None:
    whole = table(3, 90)
    pyarrow.feather.write_feather(whole, tmp_path / "in.feather")
    run("filter", "in.feather", "-o", "out.feather", folder=tmp_path)
    assert pyarrow.feather.read_table(tmp_path / "out.feather").equals(dedup.drop_duplicates(whole))
    for at in range(3):
        (tmp_path / f"hive/day={at}").mkdir(parents=True)
        pq.write_table(whole.slice(at * 30, 30), tmp_path / f"hive/day={at}/part.parquet")
    (tmp_path / "hive/_SUCCESS.parquet").write_text("no data")
    run("filter", "hive", "-o", "out.parquet", folder=tmp_path)
    kept = pq.read_table(tmp_path / "out.parquet")
    assert kept.drop(["day"]).equals(dedup.drop_duplicates(whole).cast(kept.drop(["day"]).schema))
    assert set(kept["day"].to_pylist()) == {0, 1, 2}
    run("filter", "hive/*/*.parquet", "--out-dir", "clean", folder=tmp_path)
    copies = [pq.read_table(tmp_path / f"clean/hive/day={at}/part.parquet", partitioning=None) for at in range(3)]
    assert pa.concat_tables(copies).equals(dedup.drop_duplicates(whole))


def test_cluster(tmp_path: Path) -> None:
    whole = table(4)
    pq.write_table(whole, tmp_path / "in.parquet")
    run("cluster", "in.parquet", "-o", "out.parquet", folder=tmp_path)
    assert pq.read_table(tmp_path / "out.parquet").equals(dedup.cluster(whole).to_arrow())
    records = [json.loads(line) for line in run("cluster", "in.parquet", "-q", "--format", "jsonl", folder=tmp_path).stdout.splitlines()]
    told = [record["event"] for record in records if record["type"] == "document"]
    assert told == dedup.cluster(whole).documents["event"]
    flags = run("flag", "in.parquet", "-q", "--format", "tsv", folder=tmp_path).stdout.splitlines()
    assert len(flags) == 501


def test_rows_without_ids_are_called_by_their_place(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [STORY, STORY]}), tmp_path / "in.parquet")
    out = run("cluster", "in.parquet", "-q", "--format", "tsv", folder=tmp_path).stdout
    assert "in.parquet:2\tin.parquet:1" in out


def test_memory_is_not_that_of_the_texts(tmp_path: Path) -> None:
    """Texts of 200 MB: the process takes far less than they do."""
    r = random.Random(1)
    words = ["".join(r.choices("abcdefghij", k=7)) for _ in range(5000)]
    with pq.ParquetWriter(tmp_path / "in.parquet", pa.schema({"text": pa.string(), "n": pa.int64()})) as writer:
        for part in range(40):
            stories = [" ".join(r.choices(words, k=640)) for _ in range(1000)]
            writer.write_table(pa.table({"text": stories, "n": range(part * 1000, part * 1000 + 1000)}), row_group_size=500)
    code = (
        "from dedup import _files;"
        "code = _files.main(['filter', 'in.parquet', '-o', 'out.parquet', '-q', '--memory', '100M']);"
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'));"
        "print(code, status['RssAnon'].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    code, anonymous = done.stdout.split()
    assert code == "0", done.stderr
    assert int(anonymous) < 200_000
    assert pq.ParquetFile(tmp_path / "out.parquet").metadata.num_rows == 40_000


@pytest.mark.parametrize(
    "arguments, code, told",
    [
        (["filter", "gone.parquet", "-o", "out.parquet"], 66, "gone.parquet: no such file"),
        (["filter", "bad.parquet", "-o", "out.parquet"], 66, "bad.parquet"),
        (["filter", "in.parquet"], 64, "-o FILE or --out-dir FOLDER"),
        (["filter", "in.parquet", "-o", "in.parquet"], 64, "in.parquet is an input"),
        (["filter", "in.parquet", "-o", "out.xml"], 64, "a name that ends in .parquet"),
        (["filter", "in.parquet", "in.jsonl", "-o", "out.parquet"], 64, "another format"),
        (["filter", "in.parquet", "-o", "nowhere/out.parquet"], 73, "nowhere/out.parquet: no such folder"),
        (["filter", "in.parquet", "-o", "out.parquet", "--sample", "3"], 64, "--sample"),
        (["filter", "in.parquet", "-o", "out.parquet", "--text-field", "body"], 66, "no column body; there is"),
        (["filter", "in.parquet", "-o", "out.parquet", "--threshold", "2"], 66, "threshold is 2.0"),
        (["cluster", "in.jsonl", "-o", "out.parquet"], 64, "out.parquet"),
    ],
)  # fmt: skip
def test_errors(tmp_path: Path, arguments: list[str], code: int, told: str) -> None:
    pq.write_table(table(count=20), tmp_path / "in.parquet")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "in.jsonl").write_text('{"text": "a"}\n')
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = run(*arguments, folder=tmp_path, code=code)
    assert told in done.stderr and done.stderr.startswith("dedup: "), done.stderr
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_binary_takes_over(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY}) + "\n")
    assert run("filter", "in.jsonl", "-q", folder=tmp_path).stdout.count("\n") == 1
    assert run("--version", folder=tmp_path).stdout.strip() == dedup.__version__
    assert run("filter", "gone.jsonl", folder=tmp_path, code=66).stderr.startswith("dedup: gone.jsonl: no such file")


def page(title: str, *paragraphs: str) -> bytes:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<html><head><title>{title}</title></head><body><nav>Home</nav><article>{text}</article></body></html>".encode()


def warc_record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:{url}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_warc_and_html(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    pytest.importorskip("fastwarc")
    long = STORY + ", its operator said, and seven hundred dockers went back to forty cranes in the outer harbour."
    first = page("Port", long, "Ministers welcomed the agreement, under which wages rise by four per cent this year.")
    other = page("Flood", "It rained all night long over the valley, and the river rose by two metres before dawn.")
    (tmp_path / "c.warc").write_bytes(
        warc_record("https://a.example/1", first) + warc_record("https://b.example/2", first)
        + warc_record("https://c.example/3", other) + warc_record("https://d.example/4", b""))  # fmt: skip
    (tmp_path / "p.html").write_bytes(first)
    done = run("cluster", "c.warc", "p.html", "--level", "exact", "--format", "tsv", folder=tmp_path)
    rows = [line.split("\t")[:2] for line in done.stdout.splitlines()[1:]]
    assert rows == [
        ["https://a.example/1", "https://a.example/1"], ["https://b.example/2", "https://a.example/1"],
        ["https://c.example/3", "https://c.example/3"], ["p.html:1", "https://a.example/1"],
    ]  # fmt: skip
    assert "c.warc: 1 of 4 responses hold no text" in done.stderr


def test_has_the_kernels_of_the_command() -> None:
    def told(command: str) -> str:
        return subprocess.run([command, "filter", "-"], input="", capture_output=True, text=True, env={"DEDUP_KERNEL": "all"}).stderr

    assert told(str(Path(dedup.__file__).parent / "bin/dedup")) == told(COMMAND) != ""
