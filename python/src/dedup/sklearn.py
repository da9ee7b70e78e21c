"""An estimator for scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy
from sklearn.base import BaseEstimator, ClusterMixin

from ._cluster import Clusters, Level, cluster


class NewsClusterer(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Clusters texts or rows: `NewsClusterer("near").fit_predict(texts)`.

    Args:
        level, threshold, event_threshold: as for `dedup.cluster`.

    Attributes:
        labels_: (n,) int64, the number of each document's cluster.
        clusters_: the result.
    """

    labels_: numpy.ndarray[Any, Any]
    clusters_: Clusters

    def __init__(self, level: Level = "event", threshold: float = 0.7, event_threshold: float = 0.5) -> None:
        self.level, self.threshold, self.event_threshold = level, threshold, event_threshold

    def fit(self, X: Any, y: object = None) -> NewsClusterer:  # noqa: N803 - as scikit-learn calls it
        self.clusters_ = cluster(X, level=self.level, threshold=self.threshold, event_threshold=self.event_threshold)
        self.labels_ = self.clusters_.documents.to_numpy(f"{self.level}_number")
        return self
