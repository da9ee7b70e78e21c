#!/usr/bin/env python3
"""The five seed stories hidden among 10,000 others, in several random orders: which stories share an event with each.

    seeds.py [--corpora ../../shared/corpora] [--binary FILE] [--orders 5] [--host news/allsides-en-a] [--stories 10000]

Prints for each order the events of the five, and how many of the ten pairs are as labelled; stories of the host that
joined one of them are named, to be looked at: they may well report the same. Ends with code 1 if a pair is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def seeds(folder: Path) -> tuple[list[dict], dict[str, str]]:
    gold = dict(line.split("\t") for line in (folder / "gold.tsv").read_text().splitlines())
    return [{"id": name, "text": (folder / f"{name}.txt").read_text()} for name in sorted(gold)], gold


def host(path: Path, count: int) -> list[dict]:
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, count)]
    return [{"title": "", **row, "id": f"host:{number}"} for number, row in enumerate(rows)]


def events(binary: Path, rows: list[dict]) -> dict[str, str]:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    run = subprocess.run([binary, "cluster", "-", "-q", "--format", "jsonl"], input=text, capture_output=True,
                         text=True, check=True)
    records = map(json.loads, run.stdout.splitlines())
    return {record["id"]: record["event"] for record in records if record["type"] == "document"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=HERE.parent.parent / "shared" / "corpora")
    parser.add_argument("--binary", type=Path, default=HERE.parent / ".build" / "release" / "dedup")
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--host", default="news/allsides-en-a")
    parser.add_argument("--stories", type=int, default=10_000)
    options = parser.parse_args()
    hidden, gold = seeds(options.corpora / "seeds")
    others = host(options.corpora / f"{options.host}.jsonl.gz", options.stories)
    titles = {row["id"]: row["title"] for row in others}

    wrong = 0
    for order in range(options.orders):
        rows = hidden + others
        random.Random(order).shuffle(rows)
        found = events(options.binary, rows)
        right = sum((found[a] == found[b]) == (gold[a] == gold[b]) for a, b in itertools.combinations(gold, 2))
        wrong += 10 - right
        print(f"order {order}: {right} of 10 pairs right")
        for name in sorted(gold):
            company = [other for other, event in found.items() if event == found[name] and other != name]
            print(f"  {name}: {', '.join(titles.get(other) or other for other in company) or 'alone'}")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
