"""Clusters against gold pairs. Documents are numbered in input order; a gold is the list of all pairs
with a Jaccard high enough to matter, so a pair that it lacks is below every threshold asked here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from bench.inputs import Corpus

THRESHOLD = .7


@dataclass(frozen=True)
class Gold:
    number: dict[str, int]     # document number by id
    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray

    def __len__(self) -> int:
        return len(self.number)

    def reaching(self, threshold: float) -> tuple[np.ndarray, np.ndarray]:
        keep = self.jaccard >= threshold
        return self.a[keep], self.b[keep]

    def lookup(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Jaccard of each pair, 0 where the gold lacks it, 1 for a document with itself."""
        keys, scores = self._by_key
        wanted = pair_keys(a, b, len(self))
        place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        known = (keys[place] == wanted) if len(keys) else np.zeros(len(wanted), bool)
        return np.where(a == b, 1.0, np.where(known, scores[place] if len(keys) else 0, 0.0))

    @cached_property
    def _by_key(self) -> tuple[np.ndarray, np.ndarray]:
        keys = pair_keys(self.a, self.b, len(self))
        order = np.argsort(keys)
        return keys[order], self.jaccard[order]


def pair_keys(a: np.ndarray, b: np.ndarray, documents: int) -> np.ndarray:
    return np.minimum(a, b) * documents + np.maximum(a, b)


def load_gold(corpus: Corpus) -> Gold:
    with corpus.path.open("rb") as lines:
        number = {str(json.loads(line)["id"]): i for i, line in enumerate(lines)}
    with corpus.pairs.open() as rows:
        fields = [row.split("\t") for row in rows]
    return Gold(number, np.array([number[f[0]] for f in fields], np.int64),
                np.array([number[f[1]] for f in fields], np.int64), np.array([float(f[2]) for f in fields]))


@dataclass(frozen=True)
class Result:
    """`near[i]` and `exact[i]`: for our output the representative's number, else an arbitrary label."""

    near: np.ndarray
    exact: np.ndarray
    pairs: np.ndarray       # k x 2, verified pairs that were listed
    pair_jaccard: np.ndarray


def read_ours(path: Path, gold: Gold) -> Result:
    # A record without a text is skipped and counted by the tool: alone here.
    near, exact = np.arange(len(gold)), np.arange(len(gold))
    pairs: list[tuple[int, int]] = []
    scores: list[float] = []
    for record in _records(path):
        if record["type"] == "document":
            document = gold.number[record["id"]]
            near[document] = gold.number[record["near"]]
            exact[document] = gold.number[record["exact"]]
        elif record["type"] == "pair":
            pairs.append((gold.number[record["a"]], gold.number[record["b"]]))
            scores.append(record["jaccard"])
    return Result(near, exact, np.array(pairs, np.int64).reshape(-1, 2), np.array(scores))


def _records(path: Path) -> Iterator[dict]:
    with path.open("rb") as lines:
        yield from map(json.loads, lines)


def read_rival(path: Path, gold: Gold) -> Result:
    label = dict(row.rstrip("\n").split("\t") for row in path.open())
    near = np.unique(np.array([label[name] for name in gold.number]), return_inverse=True)[1]
    return Result(near, near, np.zeros((0, 2), np.int64), np.zeros(0))


def pairs_inside(labels: np.ndarray) -> int:
    sizes = np.unique(labels, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def pair_scores(labels: np.ndarray, gold: Gold) -> dict[str, float]:
    """Of the pairs put together, the share that reaches the threshold, and the reverse."""
    a, b = gold.reaching(THRESHOLD)
    together = int((labels[a] == labels[b]).sum())
    return {"precision": together / max(1, pairs_inside(labels)), "recall": together / max(1, len(a))}


def component_scores(labels: np.ndarray, gold: Gold) -> dict[str, float]:
    """The same against the connected components of the gold pairs."""
    a, b = gold.reaching(THRESHOLD)
    graph = coo_matrix((np.ones(len(a), np.int8), (a, b)), shape=(len(gold), len(gold)))
    truth = connected_components(graph, directed=False)[1]
    shared = pairs_inside(labels.astype(np.int64) * len(gold) + truth)
    return {"precision": shared / max(1, pairs_inside(labels)), "recall": shared / max(1, pairs_inside(truth))}


def star_promises(result: Result, gold: Gold) -> dict[str, float]:
    """Documents below the threshold against their representative; pairs of representatives that reach it."""
    a, b = gold.reaching(THRESHOLD)
    represents = result.near == np.arange(len(gold))
    both = int((represents[a] & represents[b]).sum())
    below = gold.lookup(np.arange(len(gold)), result.near) < THRESHOLD
    return {"below": int(below.sum()), "reaching": both, "reaching_share": both / max(1, len(a))}


def verified_pairs(result: Result, gold: Gold, floor: float = THRESHOLD) -> dict[str, float]:
    """Recall over all pairs with Jaccard >= .7: as listed, and with exact copies standing for each other."""
    a, b = gold.reaching(THRESHOLD)
    listed = pair_keys(result.pairs[:, 0], result.pairs[:, 1], len(gold))
    by_copy = pair_keys(result.exact[result.pairs[:, 0]], result.exact[result.pairs[:, 1]], len(gold))
    implied = (result.exact[a] == result.exact[b]) | np.isin(
        pair_keys(result.exact[a], result.exact[b], len(gold)), by_copy)
    truth = gold.lookup(result.pairs[:, 0], result.pairs[:, 1])
    known = truth > 0
    return {"listed": len(listed), "listed_recall": float(np.isin(pair_keys(a, b, len(gold)), listed).mean()),
            "recall": float(implied.mean()), "below": int((truth < floor).sum()),
            "largest_error": float(np.abs(truth - result.pair_jaccard)[known].max(initial=0))}


def missed(result: Result, gold: Gold, threshold: float) -> int:
    """Pairs at or above the threshold that are not in one cluster."""
    a, b = gold.reaching(threshold)
    return int((result.near[a] != result.near[b]).sum())


def b_cubed(output: Path, gold: Path) -> float:
    """B³ F1 of the event clusters of our output over the documents that the gold (id, event) has."""
    truth = dict(line.rstrip("\n").split("\t") for line in gold.open())
    with output.open("rb") as lines:
        rows = (json.loads(line) for line in lines)
        found = {row["id"]: row["event"] for row in rows if row["type"] == "document" and row["id"] in truth}
    return b_cubed_f1([found[name] for name in truth], list(truth.values()))


def b_cubed_f1(found: Sequence, truth: Sequence) -> float:
    both, a, b = Counter(zip(found, truth)), Counter(found), Counter(truth)
    precision = sum(n * n / a[cluster] for (cluster, _), n in both.items()) / len(truth)
    recall = sum(n * n / b[event] for (_, event), n in both.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)
