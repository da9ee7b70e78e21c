"""The binary behind a pipe: what it does not read, it gets as JSON Lines."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ._foreign import USAGE, Failure, library, open_dataset
from ._kinds import USUAL
from .command import WEB, binary, value_of


def through_pipe(arguments: list[str], inputs: list[str], files: list[str]) -> int:
    """The binary reads JSON Lines from standard input in the place of the files."""
    places = [place for place, argument in enumerate(arguments) if argument in inputs]
    if places != list(range(places[0], places[-1] + 1)) or "-" in arguments:
        raise Failure(USAGE, "files of several formats: name those of one format side by side, and no standard input")
    command = arguments[: places[0]] + ["-"] + arguments[places[-1] + 1 :]
    if arguments[0] == "filter" and value_of(arguments, "--out-dir"):
        raise Failure(USAGE, "--out-dir takes files of one format; filter these by themselves")
    with subprocess.Popen([binary(), *command], stdin=subprocess.PIPE) as process:
        assert process.stdin
        try:
            for file in files:
                for record in records(file):
                    process.stdin.write(json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n")
            process.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            process.kill()
            raise
    return process.returncode


def records(file: str) -> Iterator[dict[str, Any]]:
    """Each with an id: its own, or its place."""
    found = web_records(file) if file.lower().endswith(WEB) else arrow_records(file)
    for number, record in enumerate(found, 1):
        if not any(record.get(name) not in (None, "") for name in USUAL["id"]):
            record["id"] = f"{file}:{number}"
        yield record


def arrow_records(file: str) -> Iterator[dict[str, Any]]:
    for batch in open_dataset([file]).to_batches():
        yield from batch.to_pylist()


def web_records(file: str) -> Iterator[dict[str, Any]]:
    trafilatura = library("trafilatura", "web")

    def read(page: bytes, url: str | None) -> dict[str, Any] | None:
        found = trafilatura.bare_extraction(page, url=url, with_metadata=True)
        if found is None:
            return None
        record = {name: getattr(found, name, None) for name in ("text", "title", "date", "language")}
        source = getattr(found, "sitename", None) or getattr(found, "hostname", None)
        return record | {"url": url or getattr(found, "url", None), "source": source}

    if not file.lower().endswith((".warc", ".warc.gz")):
        record = read(Path(file).read_bytes(), None)
        yield record or {"text": None, "title": Path(file).name}
        return
    fastwarc = library("fastwarc.warc", "web")
    responses = without = 0
    with open(file, "rb") as stream:
        for entry in fastwarc.ArchiveIterator(stream, record_types=fastwarc.WarcRecordType.response):
            record = read(entry.reader.read(), entry.headers.get("WARC-Target-URI"))
            responses += 1
            if record:
                yield record
            else:
                without += 1
    if without:
        print(f"dedup: {file}: {without:,} of {responses:,} responses hold no text", file=sys.stderr)
