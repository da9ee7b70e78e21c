"""How well a clustering agrees with labels."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from ._cluster import Clusters, Level
from ._native import Scores as _Scores
from ._native import library


class Scores(NamedTuple):
    """Agreement of a clustering with labels, each from 0 to 1 but the adjusted Rand index, which may be negative.

    Attributes:
        bcubed_precision, bcubed_recall: averages over documents (Bagga & Baldwin 1998).
        pairwise_precision, pairwise_recall: over pairs of documents.
        adjusted_rand: 1 for equal partitions, 0 on average for a random one (Hubert & Arabie 1985).
    """

    documents: int
    predicted_clusters: int
    gold_clusters: int
    bcubed_precision: float
    bcubed_recall: float
    pairwise_precision: float
    pairwise_recall: float
    adjusted_rand: float

    @property
    def bcubed_f1(self) -> float:
        return _f1(self.bcubed_precision, self.bcubed_recall)

    @property
    def pairwise_f1(self) -> float:
        return _f1(self.pairwise_precision, self.pairwise_recall)


def _f1(precision: float, recall: float) -> float:
    return 0.0 if precision + recall == 0 else 2 * precision * recall / (precision + recall)


def evaluate(
    clusters: Clusters | Iterable[Hashable],
    labels: Mapping[Any, Hashable] | Iterable[Hashable],
    *,
    level: Level | None = None,
) -> Scores:
    """How well clusters agree with labels, over the documents that have one.

    Args:
        clusters: a result, or the cluster of each document as anything hashable.
        labels: the label of each document in the same order, None for none; or of a result, by id.
        level: of a result; None: its outermost.

    Raises:
        ValueError: where the two are not of the same documents.
    """
    if isinstance(clusters, Clusters):
        predicted: list[Hashable] = clusters.documents[f"{level or clusters.level}_number"]
        if isinstance(labels, Mapping):
            ids = clusters.documents["id"]
            missing = labels.keys() - set(ids)
            if missing:
                raise ValueError(f"no cluster for {len(missing)} of {len(labels)} labelled ids, such as {min(missing)!r}")
            gold: list[Hashable] = [labels.get(id) for id in ids]
        else:
            gold = list(labels)
    elif isinstance(labels, Mapping):
        raise ValueError("labels by id need a result of dedup.cluster; give the labels in the order of the clusters")
    else:
        predicted, gold = list(clusters), list(labels)
    if len(predicted) != len(gold):
        raise ValueError(f"{len(predicted)} clusters and {len(gold)} labels: give one for each document")
    labelled = [(one, other) for one, other in zip(predicted, gold, strict=True) if not _is_missing(other)]
    scores = _Scores()
    one, other = _numbers(pair[0] for pair in labelled), _numbers(pair[1] for pair in labelled)
    library.dedup_evaluate(one.buffer_info()[0], other.buffer_info()[0], len(labelled), ctypes.byref(scores))
    return Scores(**{name: getattr(scores, name) for name in Scores._fields})


def _is_missing(label: Hashable) -> bool:
    return label is None or (isinstance(label, float) and label != label)


def _numbers(values: Iterable[Hashable]) -> array[int]:
    numbers: dict[Hashable, int] = {}
    return array("q", (numbers.setdefault(value, len(numbers)) for value in values))
