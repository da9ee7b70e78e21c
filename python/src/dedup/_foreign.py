"""Files that the binary does not read, opened; and what is wrong with them."""

from __future__ import annotations

import os
from typing import Any

# Those of sysexits.h, as the binary has them.
USAGE, NO_INPUT, CANNOT_WRITE, UNAVAILABLE = 64, 66, 73, 69


class Failure(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def library(name: str, extra: str) -> Any:
    try:
        return __import__(name, fromlist=["_"])
    except ImportError as error:
        raise Failure(UNAVAILABLE, f"{name} is needed ({error}): pip install 'newsdedup[{extra}]'") from None


def open_dataset(files: list[str]) -> Any:
    """Files of one kind as one table; folders like `day=2024-05-01` are columns."""
    dataset = library("pyarrow.dataset", "parquet")
    formats = {"parquet" if file.lower().endswith((".parquet", ".pq")) else "feather" for file in files}
    if len(formats) > 1:
        raise Failure(USAGE, "Parquet and Feather files together: name those of one format")
    for file in files:
        if not os.path.exists(file):
            raise Failure(NO_INPUT, f"{file}: no such file")
    kind: Any = formats.pop()
    if kind == "parquet":
        # What is read ahead is what takes memory.
        kind = dataset.ParquetFileFormat(
            default_fragment_scan_options=dataset.ParquetFragmentScanOptions(pre_buffer=False, use_buffered_stream=True))
    try:
        return dataset.dataset(files, format=kind, partitioning="hive")
    except (OSError, ValueError) as error:
        raise Failure(NO_INPUT, f"{error}") from None
