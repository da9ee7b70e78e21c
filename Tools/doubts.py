#!/usr/bin/env python3
"""usage: Tools/doubts.py [--among DUMP.jsonl.gz] DEDUP DUMP.jsonl.gz...

What the doubts of events are worth. Of each dump, and of all labelled ones together: events with and without each doubt;
where stories have labels, also of the dump thinned (Tools/EventModel/dumps.py, seeds 1 to 3), and the share of events that are
pure, all of one label. With --among the labelled stories stand among the first 10,000 of another dump, and events of less than
two labelled ones are left out. Decision 021 has the tables.
"""
from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).parent / "EventModel"))
import dumps  # noqa: E402

DOUBTS = ["undated", "one_source", "weak", "chapters", "recurring", "form", "series"]
Event = tuple[list[str], bool]


def events(dedup: str, stories: list[dict]) -> Iterator[Event]:
    """Of each event of two versions or more its doubts, and whether its stories have one label. Of a dump with labels those
    of two labelled stories or more."""
    labels = {str(story["id"]): story["label"] for story in stories if "label" in story}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.jsonl"
        path.write_text("".join(json.dumps(story) + "\n" for story in stories))
        out = subprocess.run([dedup, "cluster", "-q", path], capture_output=True, text=True).stdout
    for record in map(json.loads, out.splitlines()):
        if record["type"] == "cluster" and record["level"] == "event" and "score" in record:
            found = [labels[id] for id in record["members"] if id in labels]
            if len(found) > 1 or not labels:
                yield record.get("doubt", []), len(set(found)) == 1


def silences(stories: list[dict]) -> list[int]:
    """Of each labelled event of two dated stories or more the longest time between two in a row, in days."""
    events = dumps.by_event(story for story in stories if story.get("published_at"))
    days = [sorted(date.fromisoformat(story["published_at"][:10]) for story in event) for event in events.values()]
    return [max((b - a).days for a, b in zip(event, event[1:])) for event in days if len(event) > 1]


def row(name: str, found: list[Event], labelled: bool) -> str:
    def cell(some: list[Event]) -> str:
        pure = f", {sum(pure for _, pure in some) / len(some):.3f} pure" if labelled and some else ""
        return f"{len(some)}{pure}"

    cells = [cell(found), cell([event for event in found if not event[0]])]
    cells += [cell([event for event in found if doubt in event[0]]) for doubt in DOUBTS]
    return f"| {name} | " + " | ".join(cells) + " |"


def main(among: list[dict], dedup: str, *paths: str) -> None:
    print("| dump | events of two versions | without doubt | " + " | ".join(DOUBTS) + " |\n|---" + "|---" * (2 + len(DOUBTS)) + "|")
    whole: list[Event] = []
    thinned: list[Event] = []
    longest: list[int] = []
    for path in map(Path, paths):
        stories, name = dumps.read(path), path.name.split(".")[0]
        labelled = "label" in stories[0]
        found = list(events(dedup, stories + among))
        print(row(name, found, labelled), flush=True)
        if labelled:
            thin = [event for seed in (1, 2, 3) for event in events(dedup, dumps.thinned(stories, 0.7, seed) + among)]
            print(row(f"{name}, thinned", thin, True), flush=True)
            whole, thinned = whole + found, thinned + thin
            longest += silences(stories)
    if whole:
        print(row("labelled, together", whole, True))
        print(row("thinned, together", thinned, True))
        print(f"\nOf {len(longest)} labelled events of two dated stories or more {sum(days > 3 for days in longest)} have more "
              "than three days of silence.")


if __name__ == "__main__":
    words, among = sys.argv[1:], []
    if words[:1] == ["--among"]:
        among = [{**story, "id": f"among {story['id']}"} for story in dumps.read(Path(words[1]))[:10_000]]
        words = words[2:]
    if len(words) < 2:
        sys.exit(__doc__)
    main(among, *words)
