"""Dumps as `fit` tells them, and what the tool does with them, for many models in a minute: see Sources/Event."""
from __future__ import annotations

import collections
import heapq
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

FEATURES = 18
DATED = slice(6, 9)
WINDOW = 30
LOOSEST = 0.5


@dataclass
class Dump:
    """Pairs are of voices, scores of all documents."""
    count: int
    days: np.ndarray
    forms: np.ndarray
    first: np.ndarray
    second: np.ndarray
    features: np.ndarray
    events: np.ndarray
    voice_of: np.ndarray
    event_of: np.ndarray
    ids: list[str]

    @staticmethod
    def read(path: Path) -> "Dump":
        voices = [line.split("\t") for line in Path(f"{path}.voices").read_text().splitlines()]
        places = {row[0]: place for place, row in enumerate(voices)}
        copies = dict(line.split("\t") for line in Path(f"{path}.copies").read_text().splitlines())
        labels = {str(row["id"]): str(row.get("label", row["id"])) for row in map(json.loads, path.open())}
        numbers = {label: number for number, label in enumerate(dict.fromkeys(labels.values()))}
        values = np.fromfile(f"{path}.pairs", np.float32).reshape(-1, FEATURES + 2)
        return Dump(
            len(voices), np.array([float(row[1] or "nan") for row in voices]),
            np.array([row[2] == "1" for row in voices]), values[:, 0].astype(int), values[:, 1].astype(int),
            values[:, 2:].astype(float), np.array([numbers[labels[row[0]]] for row in voices]),
            np.array([places[copies[one]] for one in labels]), np.array([numbers[one] for one in labels.values()]),
            [row[0] for row in voices])

    @property
    def is_one(self) -> np.ndarray:
        return self.events[self.first] == self.events[self.second]

    def dated(self, days: np.ndarray) -> "Dump":
        """The same on other days."""
        gap = np.abs(days[self.first] - days[self.second])
        known = ~np.isnan(gap)
        gap = np.where(known, gap, 0)
        features = self.features.copy()
        features[:, DATED] = np.stack([known, np.log1p(gap), known & (gap <= 1)], 1)
        return Dump(self.count, days, self.forms, self.first, self.second, features, self.events, self.voice_of,
                    self.event_of, self.ids)

    def weights(self) -> np.ndarray:
        """A pair of one event counts less the larger the event: between that pairs count alike and that documents do."""
        others = np.bincount(self.events)[self.events[self.first]] - 1
        return np.where(self.is_one, 1 / np.sqrt(np.maximum(others, 1)), 1) / self.count


def candidate_recall(found: Dump, every: Dump, cosines: tuple[float, ...]) -> list[float]:
    """What the index finds of the pairs of one event and window: of all, and of those with so high a cosine."""
    def keys(dump: Dump, cosine: float = 0) -> set[tuple[int, int]]:
        meant = dump.is_one & (dump.features[:, 0] >= cosine)
        return set(zip(dump.first[meant].tolist(), dump.second[meant].tolist()))

    def far(one: int, other: int) -> bool:
        return abs(found.days[one] - found.days[other]) > WINDOW

    members = collections.defaultdict(list)
    for voice in np.flatnonzero(~found.forms).tolist():
        members[found.events[voice]].append(voice)
    pairs = {pair for event in members.values() for pair in itertools.combinations(event, 2) if not far(*pair)}
    met = keys(found)
    return [len(wanted & met) / len(wanted) for wanted in [pairs, *(keys(every, cosine) & pairs for cosine in cosines)]]


def noisy(dump: Dump, seed: int) -> np.ndarray:
    """One date in fifty moved, most of them later: crawl dates and late follow-ups."""
    rng = np.random.RandomState(seed)
    moved = rng.rand(dump.count) < 0.02
    later = np.where(rng.rand(dump.count) < 0.75, 1, -1)
    return np.where(moved, dump.days + later * np.exp(rng.normal(3, 1.8, dump.count)), dump.days)


class Regression:
    """Logistic, weighted, with a ridge on standardised weights, by Newton's method."""
    def __init__(self, rows: np.ndarray, targets: np.ndarray, importance: np.ndarray):
        mean, deviation = rows.mean(0), np.maximum(rows.std(0), 1e-9)
        rows = np.concatenate([(rows - mean) / deviation, np.ones((len(rows), 1))], 1)
        importance = importance * len(importance) / importance.sum()
        ridge = np.r_[np.ones(rows.shape[1] - 1), 0]
        weights = np.zeros(rows.shape[1])
        for _ in range(25):
            chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
            slope = rows.T @ (importance * (targets - chance)) - ridge * weights
            curve = (rows * (importance * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge + 1e-9)
            step = np.linalg.solve(curve, slope)
            weights += step
            if np.abs(step).max() < 1e-5:
                break
        self.weights = np.round(weights[:-1] / deviation, 4)
        self.bias = round(float(weights[-1] - (weights[:-1] / deviation) @ mean), 4)

    def log_odds(self, rows: np.ndarray) -> np.ndarray:
        return rows @ self.weights + self.bias


def chance(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds))


def reach(dump: Dump, alone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As Reach.swift: of each document how many are within reach and how many of them have company."""
    best = np.full(dump.count, -np.inf)
    np.maximum.at(best, dump.first, alone)
    np.maximum.at(best, dump.second, alone)
    company, usable = chance(np.clip(best, -99, 99)), ~dump.forms
    dated = usable & ~np.isnan(dump.days)
    order = np.flatnonzero(dated)[np.argsort(dump.days[dated], kind="stable")]
    days, sums = dump.days[order], np.r_[0, np.cumsum(company[order])]
    undated = usable & np.isnan(dump.days)
    counts = np.full(dump.count, max(1.0, usable.sum()))
    shares = np.full(dump.count, company[usable].sum() / max(1, usable.sum()))
    start, end = np.searchsorted(days, days - WINDOW, "left"), np.searchsorted(days, days + WINDOW, "right")
    counts[order] = end - start + undated.sum()
    shares[order] = (sums[end] - sums[start] + company[undated].sum()) / counts[order]
    return counts, shares


def company(dump: Dump, alone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As Company.swift: its features, and of each pair the documents within reach."""
    known = alone > -4
    first, second, odds = dump.first[known], dump.second[known], chance(alone[known])
    graph = csr_matrix((np.r_[odds, odds], (np.r_[first, second], np.r_[second, first])), (dump.count, dump.count))
    totals = np.asarray(graph.sum(1)).ravel()
    common, likely = np.zeros(len(alone)), alone > -6
    rows = graph[dump.first[likely]].multiply(graph[dump.second[likely]])
    common[likely] = np.asarray(rows.sum(1)).ravel()
    own = np.where(known, chance(np.clip(alone, -99, 99)), 0)
    one, other = (np.maximum(totals[end] - own, 0) for end in (dump.first, dump.second))
    counts, shares = reach(dump, alone)
    share = np.clip((shares[dump.first] + shares[dump.second]) / 2, 0.02, 0.98)
    features = np.stack([
        np.log1p(common), common / np.maximum(one + other - common, 0.05),
        np.minimum(common / np.maximum(np.minimum(one, other), 0.05), 2),
        np.log1p(np.maximum(one + other - 2 * common, 0)), np.log(share / (1 - share))], 1)
    return features, np.minimum(counts[dump.first], counts[dump.second])


def recurrence(dump: Dump, alone: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """As Recurrence.swift."""
    likeness = alone - dump.features[:, DATED] @ weights[DATED]
    gap = np.abs(dump.days[dump.first] - dump.days[dump.second])
    other = (gap > 2.5) & (gap <= WINDOW) & (alone > -4)

    def key(document: np.ndarray, likeness: np.ndarray) -> np.ndarray:
        return document.astype(np.int64) << 32 | np.round((np.clip(likeness, -99, 99) + 100) * 1e6).astype(np.int64)

    keys = np.sort(key(np.r_[dump.first[other], dump.second[other]], np.r_[likeness[other], likeness[other]]))
    counts = [np.searchsorted(keys, (end + 1).astype(np.int64) << 32) - np.searchsorted(keys, key(end, likeness - 1))
              for end in (dump.first, dump.second)]
    return np.log1p(np.minimum(*counts) - other)


def clusters(dump: Dump, log_odds: np.ndarray) -> np.ndarray:
    """As AverageLinkage.swift: of each voice the number of its cluster."""
    labels = np.arange(dump.count)
    score, join = (np.clip(log_odds, -6, 6) / 6 + 1) / 2, log_odds >= 0
    graph = csr_matrix((np.ones(join.sum()), (dump.first[join], dump.second[join])), (dump.count, dump.count))
    component = connected_components(graph, directed=False)[1]
    inside = (component[dump.first] == component[dump.second]) & (score > 0)
    near: dict[int, dict[int, float]] = collections.defaultdict(dict)
    heap, sizes, parent = [], collections.Counter(range(0)), {}
    for a, b, value in zip(dump.first[inside].tolist(), dump.second[inside].tolist(), score[inside].tolist()):
        near[a][b] = near[b][a] = value
        if value >= 0.5:
            heap.append((-value, a, b))
    heapq.heapify(heap)
    size, within = collections.defaultdict(lambda: 1), collections.defaultdict(float)

    def cohesion(cluster: int) -> float:
        return within[cluster] / (size[cluster] * (size[cluster] - 1) / 2) if size[cluster] > 1 else 0.5

    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in near or b not in near or b not in near[a]:
            continue
        average = near[a][b] / (size[a] * size[b])
        if abs(average + value) > 1e-12:
            continue
        if average - 0.5 < LOOSEST * (min(cohesion(a), cohesion(b)) - 0.5):
            del near[a][b], near[b][a]
            continue
        if len(near[a]) < len(near[b]):
            a, b = b, a
        gone = near.pop(b)
        parent[b] = a
        within[a] += within[b] + near[a][b]
        del near[a][b], gone[a]
        size[a] += size[b]
        for other, sum_ in gone.items():
            del near[other][b]
            near[a][other] = near[other][a] = near[a].get(other, 0) + sum_
        for other, sum_ in near[a].items():
            average = sum_ / (size[a] * size[other])
            if average >= 0.5:
                heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    for one in list(parent):
        root = one
        while root in parent:
            root = parent[root]
        labels[one] = root
    return labels


def b_cubed(dump: Dump, labels: np.ndarray) -> float:
    found, gold, n = labels[dump.voice_of].tolist(), dump.event_of.tolist(), len(dump.event_of)
    sizes, events, both = collections.Counter(found), collections.Counter(gold), collections.Counter(zip(found, gold))
    precision = sum(c * c / sizes[a] for (a, _), c in both.items()) / n
    recall = sum(c * c / events[b] for (_, b), c in both.items()) / n
    return 2 * precision * recall / (precision + recall)
