"""The copy level: reprints labelled by hand, side by side with what people use, and what it costs as dumps grow."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from bench import inputs
from bench.inputs import Corpus
from bench.tools import RIVALS, Tool, ours

THRESHOLDS = (.5, .7, .8)
CONTAINED, NOT_NEAR = .95, .7      # least containment and greatest Jaccard of the pairs that a near level cannot find


def tools(binary: Path) -> list[Tool]:
    def script(name: str, file: str, *options: str) -> Tool:
        return Tool(name, [sys.executable, str(RIVALS / file)], options=list(options))
    return [ours(binary, "--level", "copy", name="**dedup** copy"),
            ours(binary, name="**dedup** near"),
            *(script(f"datasketch LSH Ensemble, containment ≥ {t}", "run_containment.py", str(t), "--containment")
              for t in THRESHOLDS),
            *(script(f"datasketch MinHash LSH, Jaccard ≥ {t}", "run_containment.py", str(t)) for t in THRESHOLDS),
            script("rensa, 16 × 8 bands (.7)", "run_rensa.py")]


def labelled(folder: Path) -> Corpus | None:
    return inputs.unpacked(folder.parent / "copies", "wirecopy-dev")


def gold(corpus: Corpus) -> dict[str, str]:
    return {row["id"]: row["label"] for row in corpus.rows()}


def clusters_of_ours(path: Path, level: str) -> dict[str, str]:
    with path.open("rb") as lines:
        records = map(json.loads, lines)
        return {record["id"]: record[level] for record in records if record["type"] == "document"}


def clusters_of_rival(path: Path) -> dict[str, str]:
    return dict(row.rstrip("\n").split("\t") for row in path.open())


def contained(output: Path, corpus: Corpus) -> dict[str, int]:
    """Contained pairs of a generated corpus, those in one copy cluster, and clusters of more than one family."""
    cluster = clusters_of_ours(output, "copy")
    wanted = found = 0
    with corpus.pairs.open() as rows:
        for row in rows:
            a, b, jaccard, containment = row.split("\t")
            if float(containment) >= CONTAINED and float(jaccard) < NOT_NEAR:
                wanted += 1
                found += cluster[a] == cluster[b]
    families: dict[str, str] = {}
    mixed = set()
    with corpus.path.with_suffix(".docs.tsv").open() as rows:
        for row in rows:
            name, family = row.split("\t")[:2]
            if families.setdefault(cluster[name], family) != family:
                mixed.add(cluster[name])
    return {"wanted": wanted, "found": found, "mixed": len(mixed), "clusters": len(families)}


def scores(found: dict[str, str], gold: dict[str, str]) -> dict[str, float]:
    """Adjusted Rand index and B-cubed F1."""
    sizes, truth = Counter(found.values()), Counter(gold.values())
    shared = Counter((found[name], label) for name, label in gold.items())
    documents = len(gold)
    precision = sum(n * n / sizes[cluster] for (cluster, _), n in shared.items()) / documents
    recall = sum(n * n / truth[label] for (_, label), n in shared.items()) / documents

    def pairs(counts: Counter) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())
    expected = pairs(sizes) * pairs(truth) / max(1, documents * (documents - 1) / 2)
    rand = (pairs(shared) - expected) / max(1e-9, (pairs(sizes) + pairs(truth)) / 2 - expected)
    return {"ari": rand, "b3": 2 * precision * recall / max(1e-9, precision + recall)}
