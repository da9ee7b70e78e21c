"""Times the report page: CPU seconds of clustering and of drawing its result, size, and what a browser takes.

usage: make bench-page
"""

import gzip
import json
import random
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path += [str(ROOT / "Benchmarks"), str(ROOT / "Tests/browser")]

from bench.measure import run_once  # noqa: E402
from timing import timings  # noqa: E402

NEWS = ROOT.parent / "shared/corpora/news"
REPEATS = 5


def stories(rng, clusters, sizes, words):
    """Clusters of lightly edited copies in a made-up language, a day apart."""
    vocabulary = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 11))) for _ in range(30_000)]
    for cluster in range(clusters):
        text = rng.choices(vocabulary, k=words)
        for copy in range(rng.choice(sizes)):
            told = [rng.choice(vocabulary) if rng.random() < 0.01 else word for word in text]
            yield {"id": f"{cluster}-{copy}", "title": " ".join(text[:8]), "text": " ".join(told), "source": f"paper {copy}",
                   "published_at": f"2024-{1 + cluster % 12:02d}-{1 + copy:02d}"}


def dumps(folder):
    rng = random.Random(4)
    for name, clusters, sizes, words in [
            ("20,000 stories, all in clusters of 20", 1000, [20], 150), ("10,000 clusters of two or three", 10_000, [2, 3], 120)]:
        path = folder / "dump.jsonl"
        path.write_text("".join(json.dumps(story) + "\n" for story in stories(rng, clusters, sizes, words)))
        yield name, path
    for name, corpus in [("news of 6 KB on average, events", "allsides-en-a"), ("Reuters-21578, events", "reuters21578")]:
        packed = NEWS / f"{corpus}.jsonl.gz"
        if packed.exists():
            with gzip.open(packed) as source, (folder / "dump.jsonl").open("wb") as target:
                shutil.copyfileobj(source, target)
            yield name, folder / "dump.jsonl"


def main():
    tool = str(Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release/dedup").resolve())
    print("| dump | stories; clusters shown | cluster, CPU s | page, CPU s | ratio | MB | open, ms | filter, ms | show, ms |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        result, page = folder / "result.jsonl", folder / "page.html"
        for name, dump in dumps(folder):
            cluster = [tool, "cluster", str(dump), "-q", "-o", str(result)]
            draw = [tool, "report", str(result), "-q", "-o", str(page)]
            turns = [(run_once(cluster).cpu, run_once(draw).cpu) for _ in range(REPEATS)]
            with dump.open("rb") as lines:
                count = sum(1 for _ in lines)
            browser = timings(page)
            row = [name, f"{count:,}; {browser['clusters']:,}", *(f"{median(column):.2f}" for column in zip(*turns)),
                   f"{median(b / a for a, b in turns):.2f}", f"{page.stat().st_size / 1e6:.1f}",
                   *(f"{browser[action]:.0f}" for action in ("open", "filter", "show"))]
            print("| " + " | ".join(row) + " |", flush=True)


main()
