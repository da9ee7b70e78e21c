#!/usr/bin/env python3
"""dedup filter against the filters of others on a generated corpus: CPU, memory, and the documents kept.

    filter.py DEDUP CORPUS.jsonl [--python PYTHON]

CORPUS.pairs.tsv holds the true pairs (generate.py). A document removed in error has no kept one that it reaches
.7 with; a pair left has two kept ones that do. PYTHON has requirements.txt and requirements-filter.txt; what does not run
there is said. One run each, on one core.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.measure import run_once

RIVALS = Path(__file__).resolve().parent / "rivals"
THRESHOLD = 0.7


def reaching(pairs: Path) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in open(pairs))
    return [(row[0], row[1]) for row in rows if float(row[2]) >= THRESHOLD]


def identifiers(lines: Path) -> list[str]:
    return [line.split('"', 4)[3] for line in open(lines)]


def first_of_each(clusters: Path) -> set[str]:
    labels: dict[str, str] = {}
    for line in open(clusters):
        name, label = line.rstrip("\n").split("\t")[:2]
        labels.setdefault(label, name)
    return set(labels.values())


def errors(kept: set[str], pairs: list[tuple[str, str]], everyone: list[str]) -> tuple[int, int]:
    covered = {a for a, b in pairs if b in kept} | {b for a, b in pairs if a in kept}
    lost = sum(name not in kept and name not in covered for name in everyone)
    return lost, sum(a in kept and b in kept for a, b in pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dedup")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    corpus = options.corpus
    pairs, everyone = reaching(corpus.with_suffix(".pairs.tsv")), identifiers(corpus)
    folder = tempfile.TemporaryDirectory()
    result = Path(folder.name) / "kept"
    ours = [options.dedup, "filter", str(corpus), "-o", str(result), "--threads", "1", "-q"]
    cluster = [options.dedup, "cluster", str(corpus), "--level", "near", "-o", str(result), "--threads", "1"]

    def rival(script: str) -> list[str]:
        return [options.python, str(RIVALS / script), str(corpus), str(result)]
    rows = [
        ("**dedup filter**", ours, lambda: set(identifiers(result))), ("dedup cluster --level near", cluster, None),
        ("rensa, script", rival("run_rensa.py"), lambda: first_of_each(result)),
        ("Daft, script", rival("run_daft.py"), lambda: first_of_each(result)),
        ("text-dedup", rival("filter_text_dedup.py"), lambda: set(result.read_text().split())),
        ("datatrove", rival("filter_datatrove.py"), lambda: set(result.read_text().split())),
    ]
    megabytes = corpus.stat().st_size / 1e6
    print(f"{len(everyone)} documents, {megabytes:.0f} MB, {len(pairs)} pairs at {THRESHOLD} or above\n")
    print("| filter | CPU s | MB a CPU second | peak MB | kept | removed in error | pairs left |\n|---|---|---|---|---|---|---|")
    run_once(["cat", str(corpus)])
    for name, command, read in rows:
        try:
            cost = run_once(command)
        except RuntimeError as failure:
            print(f"| {name} | does not run: {str(failure).splitlines()[-1][:80]} |", flush=True)
            continue
        figures = f"{cost.cpu:.2f} | {megabytes / cost.cpu:.0f} | {cost.peak_mb:.0f}"
        scores = "| |"
        if read:
            kept = read()
            lost, left = errors(kept, pairs, everyone)
            scores = f"{len(kept)} | {lost} | {left}"
        print(f"| {name} | {figures} | {scores} |", flush=True)


if __name__ == "__main__":
    main()
