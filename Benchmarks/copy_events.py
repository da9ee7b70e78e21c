#!/usr/bin/env python3
"""Copy clusters of the labelled sets whose documents have different gold events: a list to look at.

    copy_events.py [--events ../../shared/corpora/events] [--binary FILE]

Either the copy level is wrong or the labels are: some sets label two printings of one text as two events.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent


def copies(binary: Path, rows: list[dict]) -> dict[str, list[dict]]:
    """Document records by copy cluster, of those of more than one document."""
    text = "".join(json.dumps({key: value for key, value in row.items() if key != "label"}) + "\n" for row in rows)
    run = subprocess.run([binary, "cluster", "-", "-q", "--level", "copy", "--format", "jsonl"], input=text,
                         capture_output=True, text=True, check=True)
    clusters = defaultdict(list)
    for record in map(json.loads, run.stdout.splitlines()):
        if record["type"] == "document":
            clusters[record["copy"]].append(record)
    return {name: members for name, members in clusters.items() if len(members) > 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=Path, default=HERE.parent.parent / "shared" / "corpora" / "events")
    parser.add_argument("--binary", type=Path, default=HERE.parent / ".build" / "release" / "dedup")
    options = parser.parse_args()
    for path in sorted(options.events.glob("*.jsonl.gz")):
        with gzip.open(path, "rt") as lines:
            rows = {row["id"]: row for row in map(json.loads, lines)}
        clusters = copies(options.binary, list(rows.values()))
        mixed = [members for members in clusters.values()
                 if len({rows[member["id"]]["label"] for member in members}) > 1]
        print(f"{path.name.removesuffix('.jsonl.gz')}: {len(mixed)} of {len(clusters)} copy clusters have several events")
        for members in mixed:
            for member in members:
                row = rows[member["id"]]
                relation = f"{member['relation']} {member['share']:.2f}" if "relation" in member else ""
                title = " ".join((row.get("title") or row["text"]).split())[:70]
                print(f"  {row['label']:24.24}  {relation:14}  {title}")
            print()


if __name__ == "__main__":
    main()
