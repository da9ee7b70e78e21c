"""Parquet, Feather and JSON Lines files, written batch by batch."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from typing import Any

from ._foreign import CANNOT_WRITE, Failure, library
from .command import ARROW

#: Rows and bytes of a row group, about: what comes first.
ROWS, BYTES = 1 << 16, 1 << 25


def write(path: str, schema: Any, batches: Iterator[Any], compression: str) -> None:
    """A file that appears complete or not at all."""
    handle, part = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".dedup-")
    os.close(handle)
    try:
        if path.lower().endswith((".parquet", ".pq")):
            write_parquet(part, schema, batches, compression)
        elif path.lower().endswith(ARROW):
            ipc = library("pyarrow.ipc", "parquet")
            with ipc.new_file(part, schema, options=ipc.IpcWriteOptions(compression="zstd")) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        else:
            with open(part, "w", encoding="utf-8") as file:
                for batch in batches:
                    file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in batch.to_pylist())
        os.chmod(part, 0o644)
        os.replace(part, path)
    except OSError as error:
        raise Failure(CANNOT_WRITE, f"{path}: {error}") from None
    finally:
        if os.path.exists(part):
            os.unlink(part)


def write_parquet(path: str, schema: Any, batches: Iterator[Any], compression: str) -> None:
    pa, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    with parquet.ParquetWriter(path, schema, compression=compression) as writer:
        held: list[Any] = []
        rows = size = 0
        for batch in batches:
            held.append(batch)
            rows, size = rows + batch.num_rows, size + batch.nbytes
            if rows >= ROWS or size >= BYTES:
                writer.write_table(pa.Table.from_batches(held, schema))
                held, rows, size = [], 0, 0
        if held:
            writer.write_table(pa.Table.from_batches(held, schema))
