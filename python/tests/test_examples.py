"""What the documentation shows runs, and says what it says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from support import ROOT, SAMPLE

import dedup

EXAMPLES = ROOT / "python/examples"


def run(example: str, *arguments: object, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, EXAMPLES / example, *map(str, arguments)], cwd=folder, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "HF_HOME": str(folder / "hub")})  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_events(tmp_path: Path) -> None:
    told = run("events.py", SAMPLE, "page.html", folder=tmp_path)
    assert "<Clusters of 61 documents: 55 exact, 48 near, 42 copy, 24 event>" in told
    assert "quake" in told and (tmp_path / "page.html").stat().st_size > 10_000


def test_contamination(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    lines = SAMPLE.read_text().splitlines(keepends=True)
    (tmp_path / "train.jsonl").write_text("".join(lines[:50]))
    (tmp_path / "test.jsonl").write_text("".join(lines[50:] + lines[:5]))
    told = run("contamination.py", "train.jsonl", "test.jsonl", "clean.parquet", folder=tmp_path)
    kept = int(re.search(r"50 rows, (\d+) kept", told)[1])  # type: ignore[index]
    assert 0 < kept <= 40 and len(pd.read_parquet(tmp_path / "clean.parquet")) == kept


def test_copies(tmp_path: Path) -> None:
    told = run("copies.py", SAMPLE, folder=tmp_path)
    assert "earlier" in told and "abridged" in told and "…”" in told


def test_lines_of_the_documentation() -> None:
    """Those of docs/python.md and of the README, on frames by these names."""
    for page in ("docs/python.md", "README.md"):
        blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
        assert blocks
        for block in blocks:
            rows = [json.loads(line) for line in SAMPLE.read_text().splitlines()]
            names = {"frame": pd.DataFrame(rows), "train": rows[:40], "test": rows[40:]}
            exec(block, names)
            assert names["frame"]["event"].nunique() == 24


def test_scikit_learn() -> None:
    pytest.importorskip("sklearn")
    from dedup.sklearn import NewsClusterer

    labels = NewsClusterer("exact").fit_predict(["a b", "c", "A B"])
    assert labels.dtype == np.int64 and labels.tolist() == [0, 1, 0]
    assert NewsClusterer(threshold=0.5).get_params()["threshold"] == 0.5


def test_polars_namespace() -> None:
    import dedup.polars  # noqa: F401

    frame = pl.DataFrame({"text": ["a b", "c", "A B"], "weight": [1, 2, 3]})
    assert frame.with_columns(group=pl.col("text").dedup.cluster("exact"))["group"].to_list() == [0, 1, 0]  # type: ignore[attr-defined]
    assert frame.filter(pl.col("text").dedup.keep("exact"))["weight"].to_list() == [1, 2]  # type: ignore[attr-defined]


def test_everything_public_is_documented() -> None:
    page = (ROOT / "docs/python.md").read_text()
    for name in dedup.__all__:
        thing = getattr(dedup, name)
        if callable(thing) and not name.endswith("Error"):
            assert thing.__doc__, name
    for name in ("cluster", "keep", "drop_duplicates", "compare", "evaluate", "shingles", "signatures", "bands", "jaccard"):
        assert name in page
