#!/usr/bin/env python3
"""usage: Tools/among.py DUMP.jsonl.gz DEDUP LABELLED.jsonl.gz...

What a labelled set scores where it is a part of a dump: its stories among the first 10,000 of another, as it is and thinned
(Tools/EventModel/dumps.py, seed 1). Prints B-cubed precision, recall and F1 of the labelled stories at level event; the
others are not counted. Decision 019 has the table.
"""
from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "EventModel"))
import dumps  # noqa: E402


def b_cubed(labels: dict[str, str], clusters: dict[str, str]) -> tuple[float, float, float]:
    gold, found = defaultdict(set), defaultdict(set)
    for id, label in labels.items():
        gold[label].add(id)
        found[clusters[id]].add(id)
    shared = {id: len(gold[labels[id]] & found[clusters[id]]) for id in labels}
    precision = sum(shared[id] / len(found[clusters[id]]) for id in labels) / len(labels)
    recall = sum(shared[id] / len(gold[labels[id]]) for id in labels) / len(labels)
    return precision, recall, 2 * precision * recall / (precision + recall)


def clusters(dedup: str, stories: list[dict]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.jsonl"
        path.write_text("".join(json.dumps(story) + "\n" for story in stories))
        out = subprocess.run([dedup, "cluster", "-q", path], capture_output=True, text=True, check=True).stdout
    records = map(json.loads, out.splitlines())
    return {record["id"]: record["event"] for record in records if record["type"] == "document"}


def main(host: str, dedup: str, *paths: str) -> None:
    others = [{**story, "id": f"other {story['id']}"} for story in dumps.read(Path(host))[:10_000]]
    print("| set | precision | recall | F1 |\n|---|---|---|---|")
    for path in map(Path, paths):
        whole = dumps.read(path)
        for name, stories in ((path.name.split(".")[0], whole), ("the same, thinned", dumps.thinned(whole, 0.7, 1))):
            found = clusters(dedup, stories + others)
            labels = {str(story["id"]): story["label"] for story in stories}
            print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in b_cubed(labels, found)) + " |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
